using System.CommandLine;
using KaiChat.Server.Storage.Backup;

namespace KaiChat.Server.Hosting.Commands;

/// <summary><c>backup FILE</c></summary>
internal static class BackupCommand
{
    private const string Description = """
        Make a backup of the data directory, also while the server works on it.

        The directory is the server's: --Storage:Directory=PATH, Storage__Directory in the environment, appsettings.json of the current directory, or "data".
        The file is whole under its name, or not there at all. Nobody but its owner can read it.

        Exit codes: 0 done, 2 wrong command line, 3 a setting is wrong, 5 no SQLite, 7 it cannot be made, 130 interrupted.
        """;

    private static readonly Argument<string> File = new("FILE") { Description = "The backup to make; it must not exist." };
    private static readonly Option<bool> WithSecrets = new("--with-secrets")
    {
        Description = "Put the admin key, the keys of the browsers' sessions and the server's own certificate in, too. Whoever has the file has them.",
    };

    private static readonly Option<bool> Quiet = new("--quiet") { Description = "Say nothing unless it fails." };

    public static Command Create(CommandHost host)
    {
        var command = new Command("backup", Description) { File, WithSecrets, Quiet };
        command.SetWork(async (parsed, stop) =>
        {
            var (directory, file, quiet) = (host.DataDirectory(), parsed.GetRequiredValue(File), parsed.GetValue(Quiet));
            var made = await host.WorkAsync(quiet, progress => new BackupWriter(host.Clock).Write(directory, file, parsed.GetValue(WithSecrets), progress, stop));
            if (!quiet) await host.Output.WriteLineAsync($"{file}: {ByteSize.Text(new FileInfo(file).Length)}. {BackupText.Describe(made)}");
        });
        return command;
    }
}
