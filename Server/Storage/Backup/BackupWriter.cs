using System.IO.Compression;
using KaiChat.Server.Hosting;
using KaiChat.Server.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace KaiChat.Server.Storage.Backup;

/// <summary>Makes backups of a data directory, also while a server works on it. Memory use does not depend on its size.</summary>
internal sealed class BackupWriter(TimeProvider clock, int pagesAtATime = DatabaseCopy.PagesAtATime)
{
    private const string Copying = "copying", Counting = "counting", Packing = "packing", Sealing = "sealing";

    /// <summary>Regular file, read and written by its owner: for tools that unpack with modes.</summary>
    private const int OwnersFile = unchecked((int)0x8180_0000);

    /// <summary>Makes a backup: whole and on the disk under its name, or not there at all.</summary>
    /// <param name="directory">The data directory.</param>
    /// <param name="target">The file to make. Beside it there must be room for the database and the backup.</param>
    /// <param name="withSecrets">Whether admin key, session keys and the server's own certificate go in.</param>
    /// <returns>What is in it.</returns>
    /// <exception cref="WorkRefusedException">There is no database, the target exists or cannot be written.</exception>
    /// <exception cref="StorageStartException">The system has no SQLite.</exception>
    public BackupManifest Write(string directory, string target, bool withSecrets, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        SqliteLibrary.Use();
        target = Path.GetFullPath(target);
        var database = Path.Combine(Path.GetFullPath(directory), BackupFormat.Database);
        if (!File.Exists(database) || new FileInfo(database).Length == 0) throw new WorkRefusedException($"{StorageOptions.DirectoryKey}: there is no database {database}.");
        if (Path.Exists(target)) throw new WorkRefusedException($"{target} exists. Name another file, or move it away.");
        var (copy, draft) = (Beside(target, "db"), Beside(target, "zip"));
        try
        {
            DurableFile.Create(copy).Dispose();
            var createdAt = default(DateTimeOffset);
            var stages = new Stages(progress, Copying, Counting, Packing, Sealing);
            DatabaseCopy.Run(database, copy, pagesAtATime, () => createdAt = clock.GetUtcNow(), stages.Of(Copying), cancellation);
            var facts = ReadFacts(copy);
            var sources = Sources(Path.GetFullPath(directory), copy, withSecrets);
            var manifest = new BackupManifest(
                BackupFormat.Name, BackupFormat.Version, ServerVersion.Text, facts.Schema, createdAt, withSecrets, facts.Counts, facts.Tables,
                Describe(sources, stages.Of(Counting), cancellation));
            Pack(draft, manifest, sources, stages, cancellation);
            File.Move(draft, target, overwrite: false);
            DurableFile.FlushDirectory(Path.GetDirectoryName(target)!);
            return manifest;
        }
        catch (SqliteException error)
        {
            throw new WorkRefusedException($"{database} cannot be copied to {copy}: {error.Message}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new WorkRefusedException($"{target} cannot be made: {error.Message}", error);
        }
        finally
        {
            DatabaseCopy.Discard(copy);
            DurableFile.Discard(draft);
        }
    }

    /// <summary>A name beside a file, for what becomes of it: hidden, and nobody else's.</summary>
    private static string Beside(string target, string kind) =>
        Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}.{kind}.partial");

    private static DatabaseFacts ReadFacts(string copy)
    {
        using var connection = SqliteConnections.OpenReader(copy);
        return DatabaseFacts.Read(connection);
    }

    private static List<(string Name, string Path)> Sources(string directory, string copy, bool withSecrets)
    {
        var sources = new List<(string, string)> { (BackupFormat.Database, copy) };
        if (!withSecrets) return sources;
        var secrets = BackupFormat.SecretFiles.Select(name => (name, Path.Combine(directory, name)));
        var keys = Path.Combine(directory, BackupFormat.Keys);
        if (Directory.Exists(keys)) secrets = secrets.Concat(Directory.EnumerateFiles(keys).Order(StringComparer.Ordinal).Select(key => ($"{BackupFormat.Keys}/{Path.GetFileName(key)}", key)));
        sources.AddRange(secrets.Where(secret => BackupFormat.IsKnown(secret.Item1) && File.Exists(secret.Item2)));
        return sources;
    }

    private static List<BackupEntry> Describe(List<(string Name, string Path)> sources, Action<long, long> report, CancellationToken cancellation)
    {
        var entries = new List<BackupEntry>();
        foreach (var (name, path) in sources)
        {
            using var file = OpenRead(path);
            var (size, sha256) = HashedCopy.Run(file, target: null, long.MaxValue, Told(name, report, file.Length), cancellation);
            entries.Add(new BackupEntry(name, size, sha256));
        }
        return entries;
    }

    private static void Pack(string draft, BackupManifest manifest, List<(string Name, string Path)> sources, Stages stages, CancellationToken cancellation)
    {
        using var file = DurableFile.Create(draft);
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.Comment = BackupSeal.Comment;
            using (var entry = Add(zip, BackupFormat.Manifest, manifest.CreatedAt)) entry.Write(manifest.ToJson());
            var report = stages.Of(Packing);
            foreach (var ((name, path), described) in sources.Zip(manifest.Entries))
            {
                using var source = OpenRead(path);
                using var entry = Add(zip, name, manifest.CreatedAt);
                var (_, sha256) = HashedCopy.Run(source, entry, long.MaxValue, Told(name, report, described.Size), cancellation);
                // A key file that changes at that very moment: rare, and another try is all it takes.
                if (sha256 != described.Sha256) throw new WorkRefusedException($"{name} changed while it was read. Try again.");
            }
        }
        BackupSeal.Write(file, stages.Of(Sealing), cancellation);
        file.Flush(flushToDisk: true);
    }

    private static Stream Add(ZipArchive zip, string name, DateTimeOffset time)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.ExternalAttributes = OwnersFile;
        entry.LastWriteTime = time;
        return entry.Open();
    }

    /// <summary>The database is what takes time; the secrets are some kilobytes.</summary>
    private static Action<long>? Told(string name, Action<long, long> report, long total) => name == BackupFormat.Database ? done => report(done, total) : null;

    private static FileStream OpenRead(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1);
}
