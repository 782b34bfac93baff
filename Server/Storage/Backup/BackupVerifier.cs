using KaiChat.Server.Storage.Sqlite;

namespace KaiChat.Server.Storage.Backup;

/// <summary>Says whether a file is a good backup: by doing all that a restore does, but for the last step.</summary>
internal static class BackupVerifier
{
    /// <param name="temporary">Where the backup is unpacked for the time being; null: beside it.</param>
    /// <returns>What is in it.</returns>
    /// <exception cref="BackupDamagedException">It is none, or a damaged one.</exception>
    /// <exception cref="WorkRefusedException">It cannot be read, or there is no place to unpack it.</exception>
    /// <exception cref="StorageStartException">The system has no SQLite.</exception>
    public static BackupManifest Verify(string file, string? temporary, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        SqliteLibrary.Use();
        file = Path.GetFullPath(file);
        using var backup = BackupReader.Open(file);
        var place = Path.Combine(temporary is null ? Path.GetDirectoryName(file)! : Path.GetFullPath(temporary), $".{Path.GetFileName(file)}.{Path.GetRandomFileName()}.verifying");
        if (!Directory.Exists(Path.GetDirectoryName(place))) throw new WorkRefusedException($"There is no directory {Path.GetDirectoryName(place)}.");
        try
        {
            DurableFile.CreateDirectory(place);
            backup.Unpack(name => Path.Combine(place, name), progress, cancellation);
            return backup.Manifest;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new WorkRefusedException($"{file} cannot be unpacked in {place}: {error.Message}", error);
        }
        finally
        {
            if (Directory.Exists(place)) Directory.Delete(place, recursive: true);
        }
    }
}
