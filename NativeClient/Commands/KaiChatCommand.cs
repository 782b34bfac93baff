using System.CommandLine;
using System.CommandLine.Invocation;

namespace KaiChat.NativeClient.Commands;

/// <summary>The command line: parse, act, answer with an <see cref="ExitCode"/>.</summary>
internal static class KaiChatCommand
{
    /// <param name="stop">Ends the program politely, as Ctrl+C does.</param>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, ClientHost host, CancellationToken stop)
    {
        var root = new RootCommand("A terminal client for KaiChat servers.");
        var doctor = new DoctorCommand(host).Command;
        root.Subcommands.Add(new ConnectCommand(host).Command);
        root.Subcommands.Add(doctor);
        var parsed = root.Parse(arguments, new ParserConfiguration
        {
            // Or "--channel @general" would read the arguments in a file called "general".
            ResponseFileTokenReplacer = null,
        });
        if (parsed.Action is ParseErrorAction)
        {
            foreach (var fault in parsed.Errors) await host.Error.WriteLineAsync($"kaichat: {fault.Message}");
            await host.Error.WriteLineAsync($"kaichat: try: kaichat {(parsed.CommandResult.Command == doctor ? doctor.Name : "connect")} --help");
            return (int)ExitCode.Usage;
        }

        var configuration = new InvocationConfiguration
        {
            Output = host.Output,
            Error = host.Error,
            EnableDefaultExceptionHandler = false, // what is not a KaiClientException is a bug, and shows its stack
            ProcessTerminationTimeout = TimeSpan.FromSeconds(5), // more than a goodbye takes
        };
        return await parsed.InvokeAsync(configuration, stop);
    }
}
