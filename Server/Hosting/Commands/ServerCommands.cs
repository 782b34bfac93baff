using System.CommandLine;
using System.CommandLine.Invocation;

namespace KaiChat.Server.Hosting.Commands;

/// <summary>The commands beside the server's own start, which has none: <c>backup</c>, <c>verify-backup</c>, <c>restore</c>, <c>export</c>, <c>check-config</c>,
/// <c>show-config</c>, <c>healthcheck</c>.</summary>
internal static class ServerCommands
{
    /// <summary>Their words.</summary>
    public static readonly string[] Words = ["backup", "verify-backup", "restore", "export", "check-config", "show-config", "healthcheck"];

    /// <summary>Whether a command line is one of a command: its first word that is no option is.</summary>
    public static bool IsCommand(string[] args) => args.FirstOrDefault(arg => !arg.StartsWith('-')) is { } word && Words.Contains(word);

    public static async Task<int> RunAsync(string[] args)
    {
        // Apart from the parser, which would take a setting for the first argument: no option of a command has a colon before its value, or a capital.
        var settings = args.Where(IsSetting).ToArray();
        if (settings.FirstOrDefault(setting => !setting.Contains('=', StringComparison.Ordinal)) is { } odd) return ServerProcess.NotUnderstood(odd);
        var host = new CommandHost(Console.Out, Console.Error, !Console.IsErrorRedirected, TimeProvider.System, settings);
        var parsed = Root(host).Parse([.. args.Where(arg => !IsSetting(arg))], new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            foreach (var fault in parsed.Errors) await host.Error.WriteLineAsync($"KaiChat.Server: {fault.Message}");
            await host.Error.WriteLineAsync($"KaiChat.Server: try: KaiChat.Server {args.First(Words.Contains)} --help");
            return ExitCodes.Usage;
        }
        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = host.Output,
            Error = host.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TimeSpan.FromSeconds(10), // more than it takes to delete what is half done
        });
    }

    /// <summary>A command's work as its exit code, whatever happens.</summary>
    public static void SetWork(this Command command, Func<ParseResult, CancellationToken, Task> work) =>
        command.SetAction(async (parsed, stop) =>
        {
            try
            {
                await work(parsed, stop);
                return ExitCodes.Ok;
            }
#pragma warning disable CA1031 // The command's outermost place: every failure has its exit code and its line.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                return Failures.Tell(failure);
            }
        });

    private static RootCommand Root(CommandHost host)
    {
        var root = new RootCommand("Commands that work on a server's data directory and settings, also while the server runs.");
        root.Subcommands.Add(BackupCommand.Create(host));
        root.Subcommands.Add(VerifyBackupCommand.Create(host));
        root.Subcommands.Add(RestoreCommand.Create(host));
        root.Subcommands.Add(ExportCommand.Create(host));
        root.Subcommands.Add(CheckConfigCommand.Create(host));
        root.Subcommands.Add(ShowConfigCommand.Create(host));
        root.Subcommands.Add(HealthCheckCommand.Create(host));
        return root;
    }

    private static bool IsSetting(string arg) =>
        arg.StartsWith("--", StringComparison.Ordinal) && arg.Split('=')[0] is var name && (name.Contains(':', StringComparison.Ordinal) || name.Any(char.IsAsciiLetterUpper));
}
