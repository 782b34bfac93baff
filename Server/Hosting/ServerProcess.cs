using KaiChat.Server.Hosting.Commands;

namespace KaiChat.Server.Hosting;

/// <summary>The server as a process: what an operator sees when it starts, and why it does not.</summary>
internal static class ServerProcess
{
    private const string Help = """
        KaiChat.Server: native KaiChat clients and browsers in the same channels.

        Usage: KaiChat.Server [--Section:Key=value ...]             start the server
               KaiChat.Server COMMAND [--Section:Key=value ...]     work on its data directory or settings, also while it runs

          backup FILE          make a backup
          verify-backup FILE   check a backup
          restore FILE         put a backup into a data directory; the server must not run
          export CHANNEL FILE  write a channel's messages to a file
          check-config         check the settings and what they name
          show-config          show every setting, its value and its source
          healthcheck          ask the running server whether it is ready
          --help               this text; after a command, the command's
          --version            the version

        Settings come from appsettings.json in the current directory, then from the environment (Section__Key=value), then from the command line.
        They are described in appsettings.json and docs/operations.md.

        Exit codes: 0 stopped in order, 1 fault, 2 wrong command line, 3 configuration, 4 port in use, 5 database;
        of commands also 6 backup damaged, 7 refused, 130 interrupted.
        """;

    public static async Task<int> RunAsync(string[] args, Func<string[], Action<WebApplicationBuilder>?, WebApplication> build)
    {
        if (args is ["--help"] or ["-h"]) return Say(Help);
        if (args is ["--version"]) return Say(ServerVersion.Text);
        if (ServerCommands.IsCommand(args)) return await ServerCommands.RunAsync(args);
        if (args.FirstOrDefault(arg => !arg.StartsWith("--", StringComparison.Ordinal) || !arg.Contains('=', StringComparison.Ordinal)) is { } odd)
        {
            return NotUnderstood(odd);
        }
        try
        {
            await using var app = build(args, null);
            app.Lifetime.ApplicationStarted.Register(() => app.Services.GetRequiredService<StartupBanner>().Print(Console.Out));
            await app.RunAsync();
            return ExitCodes.Ok;
        }
#pragma warning disable CA1031 // The process's outermost place: every failure has its exit code and its line.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return Failures.Tell(failure);
        }
    }

    /// <summary>Says that a word of the command line is no setting.</summary>
    public static int NotUnderstood(string odd)
    {
        Console.Error.WriteLine($"KaiChat.Server: {odd} is not understood. Settings are written --Section:Key=value; see --help.");
        return ExitCodes.Usage;
    }

    private static int Say(string text)
    {
        Console.WriteLine(text);
        return ExitCodes.Ok;
    }
}
