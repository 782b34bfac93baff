using System.Globalization;
using System.Text.RegularExpressions;
using KaiChat.Server.Storage;
using KaiChat.Server.Storage.Backup;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Admin.Archive;

/// <summary>The directory of <c>Backup:Directory</c>: what an operator may list, fetch and delete, and nothing beside it.</summary>
internal sealed partial class BackupShelf(IOptions<BackupOptions> options, IOptions<StorageOptions> storage, TimeProvider clock)
{
    /// <summary>How old the rest of a backup must be to be one of a server that was killed over it.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromDays(1);

    private readonly string _directory = options.Value.In(storage.Value);

    public IEnumerable<FileInfo> All =>
        Directory.Exists(_directory) ? new DirectoryInfo(_directory).EnumerateFiles().Where(file => Name().IsMatch(file.Name)) : [];

    /// <summary>A backup; null if there is none of this name, whatever else there may be.</summary>
    public FileInfo? Find(string name)
    {
        if (!Name().IsMatch(name)) return null;
        var file = new FileInfo(Path.Combine(_directory, name));
        return file.Exists ? file : null;
    }

    /// <summary>Makes a backup here under a new name.</summary>
    /// <returns>Its name.</returns>
    /// <exception cref="WorkRefusedException">It cannot be made.</exception>
    public string Add(bool withSecrets, IProgress<WorkProgress> progress, CancellationToken cancellation)
    {
        MakeReady();
        var name = FreeName();
        new BackupWriter(clock).Write(storage.Value.Directory, Path.Combine(_directory, name), withSecrets, progress, cancellation);
        return name;
    }

    private void MakeReady()
    {
        try
        {
            DurableFile.CreateDirectory(_directory);
            foreach (var rest in new DirectoryInfo(_directory).EnumerateFiles(".kaichat-*.partial"))
            {
                if (clock.GetUtcNow().UtcDateTime - rest.LastWriteTimeUtc > Stale) DurableFile.Discard(rest.FullName);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new WorkRefusedException($"{BackupOptions.DirectoryKey}: {_directory} cannot be used: {error.Message}", error);
        }
    }

    private string FreeName()
    {
        var stem = "kaichat-" + clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        for (var n = 1; ; n++)
        {
            var name = n == 1 ? stem + ".zip" : $"{stem}-{n}.zip";
            if (!Path.Exists(Path.Combine(_directory, name))) return name;
        }
    }

    // No path, no hidden file, nothing that is no backup.
    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,199}\.zip\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Name();
}
