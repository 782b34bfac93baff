using System.CommandLine;

namespace KaiChat.Server.Hosting.Commands;

/// <summary><c>check-config</c></summary>
internal static class CheckConfigCommand
{
    private const string Description = """
        Check the settings as the start does, and what they name: addresses, the data directory, certificates. Changes nothing, also while the server works.
        What is wrong is told with its full key, a line each. Whether a port is free is not looked at.

        Exit codes: 0 it is good, 2 wrong command line, 3 it is not.
        """;

    public static Command Create(CommandHost host)
    {
        var command = new Command("check-config", Description);
        command.SetWork(async (_, _) =>
        {
            var faults = ConfigurationCheck.FindFaults(host.Settings);
            if (faults.Count > 0) throw new ConfigurationFaultsException(faults);
            await host.Output.WriteLineAsync("The configuration is good.");
        });
        return command;
    }
}
