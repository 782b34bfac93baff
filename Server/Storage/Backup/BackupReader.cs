using System.IO.Compression;

namespace KaiChat.Server.Storage.Backup;

/// <summary>
/// Reads a file that says it is a backup. Nothing in it is trusted: not its names, not its sizes, not its database. What is unpacked goes where the caller says, under
/// names of the caller, and never more of it than the manifest admits.
/// </summary>
internal sealed class BackupReader : IDisposable
{
    private const string Reading = "reading", Checking = "checking";

    private readonly FileStream _file;
    private readonly ZipArchive _zip;
    private readonly Dictionary<string, ZipArchiveEntry> _entries;

    private BackupReader(FileStream file, ZipArchive zip, Dictionary<string, ZipArchiveEntry> entries, BackupManifest manifest)
    {
        _file = file;
        _zip = zip;
        _entries = entries;
        Manifest = manifest;
    }

    /// <summary>What the backup says of itself.</summary>
    public BackupManifest Manifest { get; }

    /// <summary>Opens a backup and compares its entries with its manifest; their contents are not read yet.</summary>
    /// <exception cref="BackupDamagedException">It is none, or entries are missing, too many, or not of the size the manifest says.</exception>
    /// <exception cref="WorkRefusedException">The file cannot be read.</exception>
    public static BackupReader Open(string path)
    {
        FileStream? file = null;
        ZipArchive? zip = null;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (ZipFaults.OfStart(file) is { } fault) throw new BackupDamagedException(fault);
            zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            var entries = ZipFaults.Index(zip);
            var manifest = ReadManifest(entries);
            if (ZipFaults.OfEntries(entries, manifest) is { Count: > 0 } faults) throw new BackupDamagedException(faults);
            return new BackupReader(file, zip, entries, manifest);
        }
        catch (Exception error)
        {
            zip?.Dispose();
            file?.Dispose();
            if (ZipFaults.IsOfZip(error)) throw new BackupDamagedException(ZipFaults.OfEnd);
            if (error is IOException or UnauthorizedAccessException) throw new WorkRefusedException($"{path} cannot be read: {error.Message}", error);
            throw;
        }
    }

    /// <summary>Unpacks everything, on the disk and for the owner only, and checks all there is to check.</summary>
    /// <param name="placeOf">Where an entry goes; files that do not exist yet.</param>
    /// <exception cref="BackupDamagedException">It is no good backup. What was unpacked by then is for the caller to delete.</exception>
    public void Unpack(Func<string, string> placeOf, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var stages = new Stages(progress, Reading, Checking);
        RefuseWithoutRoom(placeOf(BackupFormat.Database));
        var faults = new List<string>();
        foreach (var entry in Manifest.Entries)
        {
            var report = stages.Of(Reading);
            var place = placeOf(entry.Name);
            DurableFile.CreateDirectory(Path.GetDirectoryName(place)!);
            if (Unpack(entry, place, entry.Name == BackupFormat.Database ? done => report(done, entry.Size) : null, cancellation) is { } fault) faults.Add(fault);
        }
        stages.Of(Checking)(0, 1);
        if (faults.Count == 0) faults.AddRange(DatabaseCheck.Run(placeOf(BackupFormat.Database), Manifest, cancellation));
        if (faults.Count == 0 && BackupSeal.Check(_file, cancellation) is { } broken) faults.Add(broken);
        if (faults.Count > 0) throw new BackupDamagedException(faults);
        stages.Of(Checking)(1, 1);
    }

    public void Dispose()
    {
        _zip.Dispose();
        _file.Dispose();
    }

    private string? Unpack(BackupEntry entry, string place, Action<long>? report, CancellationToken cancellation)
    {
        try
        {
            using var packed = _entries[entry.Name].Open();
            using var target = DurableFile.Create(place);
            var (size, sha256) = HashedCopy.Run(packed, target, entry.Size, report, cancellation);
            if (size < entry.Size) return $"{entry.Name}: it ends after {size} bytes where the manifest says {entry.Size}.";
            if (packed.ReadByte() >= 0) return $"{entry.Name}: it is larger than the {entry.Size} bytes that the manifest says.";
            target.Flush(flushToDisk: true);
            return sha256 == entry.Sha256 ? null : $"{entry.Name}: its SHA-256 is {sha256} where the manifest says {BackupFormat.Shown(entry.Sha256)}.";
        }
        catch (Exception error) when (ZipFaults.IsOfZip(error))
        {
            return $"{entry.Name}: it cannot be unpacked ({BackupFormat.Shown(error.Message)})";
        }
    }

    private static BackupManifest ReadManifest(Dictionary<string, ZipArchiveEntry> entries)
    {
        if (!entries.TryGetValue(BackupFormat.Manifest, out var entry))
        {
            throw new BackupDamagedException($"{BackupFormat.Manifest} is missing: this is a zip file, but no KaiChat backup.");
        }
        using var packed = entry.Open();
        using var json = new MemoryStream();
        var (size, _) = HashedCopy.Run(packed, json, BackupFormat.MaxSmallEntry + 1, report: null, CancellationToken.None);
        return size <= BackupFormat.MaxSmallEntry
            ? BackupManifest.Parse(json.ToArray())
            : throw new BackupDamagedException($"{BackupFormat.Manifest}: it is larger than {BackupFormat.MaxSmallEntry} bytes: this is no KaiChat backup.");
    }

    /// <summary>A file of some kilobytes can be said to hold terabytes: they must fit before the first is written.</summary>
    private void RefuseWithoutRoom(string place)
    {
        const long Reserve = 16 * 1024 * 1024;
        var needed = Manifest.Entries.Sum(entry => entry.Size);
        var directory = Path.GetDirectoryName(place)!;
        var free = new DriveInfo(directory).AvailableFreeSpace;
        if (needed > free - Reserve) throw new WorkRefusedException($"{directory} has {free} bytes free, the backup unpacked takes {needed}. Make room, or choose another place.");
    }
}
