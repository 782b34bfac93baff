using System.CommandLine;
using KaiChat.Server.Storage.Backup;

namespace KaiChat.Server.Hosting.Commands;

/// <summary><c>restore FILE</c></summary>
internal static class RestoreCommand
{
    private const string Description = """
        Put a backup into a data directory, after checking it as verify-backup does. The server must not run. Everything is restored or nothing.

        The directory is the server's: --Storage:Directory=PATH, Storage__Directory in the environment, appsettings.json of the current directory, or "data".

        Exit codes: 0 done, 2 wrong command line, 3 a setting is wrong, 5 a server uses the directory or it cannot be written, 6 the backup is damaged or none,
        7 there is a database already, or a file cannot be read or written, 130 interrupted.
        """;

    private static readonly Argument<string> File = new("FILE") { Description = "The backup." };
    private static readonly Option<bool> Force = new("--force")
    {
        Description = "If there is a database already, move it and what else the backup replaces aside, under names with '-before-' and the time.",
    };

    private static readonly Option<bool> Quiet = new("--quiet") { Description = "Say nothing unless it fails." };

    public static Command Create(CommandHost host)
    {
        var command = new Command("restore", Description) { File, Force, Quiet };
        command.SetWork(async (parsed, stop) =>
        {
            var (directory, file, quiet) = (host.DataDirectory(), parsed.GetRequiredValue(File), parsed.GetValue(Quiet));
            var (restored, aside) = await host.WorkAsync(quiet, progress => new BackupRestore(host.Clock).Restore(file, directory, parsed.GetValue(Force), progress, stop));
            if (quiet) return;
            await host.Output.WriteLineAsync($"Restored into {Path.GetFullPath(directory)}. {BackupText.Describe(restored)}");
            foreach (var path in aside) await host.Output.WriteLineAsync($"What was there before: {path}");
        });
        return command;
    }
}
