using System.Globalization;
using KaiChat.Server.Storage.Sqlite;

namespace KaiChat.Server.Storage.Backup;

/// <summary>Puts a backup into a data directory: checked first, whole or not at all, and nothing that was there is deleted.</summary>
internal sealed class BackupRestore(TimeProvider clock)
{
    /// <summary>A database and what SQLite keeps beside it: left there, it would be taken for the restored one's.</summary>
    private static readonly string[] DatabaseFiles = [BackupFormat.Database, "messages.db-wal", "messages.db-shm", "messages.db-journal"];

    private const string DraftPrefix = ".restore-";

    /// <param name="directory">The data directory; it is made if it is missing.</param>
    /// <param name="force">Whether files that are there are moved aside, under names with the time; otherwise they are a reason to refuse.</param>
    /// <returns>What is restored, and what was moved aside, as full paths.</returns>
    /// <exception cref="BackupDamagedException">The file is no good backup. Nothing was changed.</exception>
    /// <exception cref="WorkRefusedException">There is a database already, or a file cannot be read or written. Nothing was changed.</exception>
    /// <exception cref="StorageStartException">A server uses the directory, or it cannot be written, or the system has no SQLite.</exception>
    public (BackupManifest Manifest, IReadOnlyList<string> MovedAside) Restore(
        string file, string directory, bool force, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        SqliteLibrary.Use();
        using var backup = BackupReader.Open(file);
        using var held = DataDirectory.TakeForRestore(directory);
        var draft = Path.Combine(held.Path, DraftPrefix + Path.GetRandomFileName());
        try
        {
            // Of restores that were killed: nobody else is here.
            foreach (var left in Directory.GetDirectories(held.Path, DraftPrefix + "*")) Directory.Delete(left, recursive: true);
            var inTheWay = InTheWay(held.Path, backup.Manifest);
            if (inTheWay.Count > 0 && !force)
            {
                throw new WorkRefusedException(
                    $"{inTheWay[0]} is there already. Name another directory with --{StorageOptions.DirectoryKey}, or move what is there aside with --force.");
            }
            DurableFile.CreateDirectory(draft);
            backup.Unpack(name => Path.Combine(draft, name), progress, cancellation);
            cancellation.ThrowIfCancellationRequested();      // the last time that it can be: what follows is done in a moment, or taken back
            foreach (var made in Directory.GetDirectories(draft).Append(draft)) DurableFile.FlushDirectory(made);
            return (backup.Manifest, Exchange(held, draft, backup.Manifest, inTheWay));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new WorkRefusedException($"{file} cannot be restored into {held.Path}: {error.Message}", error);
        }
        finally
        {
            if (Directory.Exists(draft)) Directory.Delete(draft, recursive: true);
        }
    }

    /// <summary>What the restore would replace.</summary>
    private static List<string> InTheWay(string directory, BackupManifest manifest)
    {
        // SQLite makes an empty file before it has anything to say.
        var history = DatabaseFiles.Where(name => new FileInfo(Path.Combine(directory, name)) is { Exists: true, Length: > 0 });
        var secrets = manifest.Entries.Select(entry => entry.Name).Where(BackupFormat.SecretFiles.Contains);
        if (HasKeys(manifest)) secrets = secrets.Append(BackupFormat.Keys);
        return [.. history.Concat(secrets).Select(name => Path.Combine(directory, name)).Where(Path.Exists)];
    }

    private List<string> Exchange(DataDirectory held, string draft, BackupManifest manifest, List<string> inTheWay)
    {
        var stamp = FreeStamp(inTheWay);
        var done = new Stack<(string From, string To)>();
        held.BeginRestore();
        try
        {
            foreach (var old in inTheWay) Move(old, Aside(old, stamp), done);
            foreach (var empty in DatabaseFiles) File.Delete(Path.Combine(held.Path, empty));
            foreach (var name in manifest.Entries.Select(entry => entry.Name).Where(BackupFormat.SecretFiles.Contains)) Move(Path.Combine(draft, name), Path.Combine(held.Path, name), done);
            if (HasKeys(manifest)) Move(Path.Combine(draft, BackupFormat.Keys), Path.Combine(held.Path, BackupFormat.Keys), done);
            Move(Path.Combine(draft, BackupFormat.Database), held.DatabaseFile, done);
            // The full text of what was here before; the next start makes one of what is here now.
            foreach (var derived in Directory.GetFiles(held.Path, "search.db*")) File.Delete(derived);
        }
        catch
        {
            while (done.TryPop(out var move)) MovePath(move.To, move.From);
            held.EndRestore();
            throw;
        }
        DurableFile.FlushDirectory(held.Path);
        held.EndRestore();
        return [.. done.Reverse().Take(inTheWay.Count).Select(move => move.To)];
    }

    private static bool HasKeys(BackupManifest manifest) => manifest.Entries.Any(entry => entry.Name.StartsWith(BackupFormat.Keys + "/", StringComparison.Ordinal));

    /// <summary>One for all: a database finds its write-ahead log by name.</summary>
    private string FreeStamp(List<string> inTheWay)
    {
        var time = clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        for (var n = 1; ; n++)
        {
            var stamp = n == 1 ? time : $"{time}-{n}";
            if (!inTheWay.Exists(path => Path.Exists(Aside(path, stamp)))) return stamp;
        }
    }

    /// <summary>
    /// <c>messages.db</c> becomes <c>messages-before-20260504T030201Z.db</c>, and its write-ahead log that one's: it can be opened as it is.
    /// </summary>
    private static string Aside(string path, string stamp)
    {
        var name = Path.GetFileName(path);
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var (stem, rest) = dot < 0 ? (name, "") : (name[..dot], name[dot..]);
        return Path.Combine(Path.GetDirectoryName(path)!, $"{stem}-before-{stamp}{rest}");
    }

    private static void Move(string from, string to, Stack<(string From, string To)> done)
    {
        MovePath(from, to);
        done.Push((from, to));
    }

    private static void MovePath(string from, string to)
    {
        if (Directory.Exists(from)) Directory.Move(from, to);
        else File.Move(from, to, overwrite: false);
    }
}
