using System.CommandLine;
using KaiChat.Server.Storage.Backup;

namespace KaiChat.Server.Hosting.Commands;

/// <summary><c>verify-backup FILE</c></summary>
internal static class VerifyBackupCommand
{
    private const string Description = """
        Check a backup by doing all that a restore does, but for the last step: hashes, sizes, the database's own integrity, counts, and that no message is missing.
        What is wrong is told by name, a line each.

        Exit codes: 0 it is good, 2 wrong command line, 5 no SQLite, 6 it is damaged or no backup, 7 it cannot be read or unpacked, 130 interrupted.
        """;

    private static readonly Argument<string> File = new("FILE") { Description = "The backup." };
    private static readonly Option<string?> Temp = new("--temp")
    {
        HelpName = "DIRECTORY",
        Description = "Where it is unpacked for the time being. Default: the directory it lies in.",
    };

    private static readonly Option<bool> Quiet = new("--quiet") { Description = "Say nothing unless it is not good." };

    public static Command Create(CommandHost host)
    {
        var command = new Command("verify-backup", Description) { File, Temp, Quiet };
        command.SetWork(async (parsed, stop) =>
        {
            var (file, quiet) = (parsed.GetRequiredValue(File), parsed.GetValue(Quiet));
            var good = await host.WorkAsync(quiet, progress => BackupVerifier.Verify(file, parsed.GetValue(Temp), progress, stop));
            if (!quiet) await host.Output.WriteLineAsync($"{file} is good. {BackupText.Describe(good)}");
        });
        return command;
    }
}
