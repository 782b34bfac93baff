using System.IO.Compression;

namespace KaiChat.Server.Storage.Backup;

/// <summary>What can be wrong with a zip file that should be a backup, in words.</summary>
internal static class ZipFaults
{
    /// <summary>The end of a zip file holds its directory, without which nothing in it can be found.</summary>
    public const string OfEnd = "The file is cut off or damaged: the directory at the end of the zip file is missing or makes no sense.";

    /// <summary>How much deflate can make of a byte: one that claims more lies.</summary>
    private const long MostOfAByte = 1032;

    /// <summary>What is wrong with the first bytes; null if they are a zip file's.</summary>
    public static string? OfStart(FileStream file)
    {
        Span<byte> start = stackalloc byte[4];
        var read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        if (read == 0) return "The file is empty.";
        return read == 4 && start.SequenceEqual("PK\x3\x4"u8) ? null : "The file is no zip file, so no KaiChat backup.";
    }

    /// <summary>Whether an exception is what a damaged zip file comes to in the library.</summary>
    public static bool IsOfZip(Exception error) =>
        error is InvalidDataException or EndOfStreamException or NotSupportedException or ArgumentException or OverflowException or IndexOutOfRangeException;

    /// <summary>The entries by name.</summary>
    /// <exception cref="BackupDamagedException">They are too many, or of one name.</exception>
    public static Dictionary<string, ZipArchiveEntry> Index(ZipArchive zip)
    {
        var entries = new Dictionary<string, ZipArchiveEntry>(StringComparer.Ordinal);
        if (zip.Entries.Count > BackupFormat.MaxEntries) throw new BackupDamagedException($"It has {zip.Entries.Count} entries, a backup has at most {BackupFormat.MaxEntries}.");
        foreach (var entry in zip.Entries)
        {
            if (!entries.TryAdd(entry.FullName, entry)) throw new BackupDamagedException($"{BackupFormat.Shown(entry.FullName)}: there are two entries of this name.");
        }
        return entries;
    }

    /// <summary>How the entries differ from what the manifest says, a line each.</summary>
    public static List<string> OfEntries(Dictionary<string, ZipArchiveEntry> entries, BackupManifest manifest)
    {
        var faults = new List<string>();
        var listed = new HashSet<string>(StringComparer.Ordinal) { BackupFormat.Manifest };
        foreach (var said in manifest.Entries)
        {
            var name = BackupFormat.Shown(said.Name);
            if (!listed.Add(said.Name)) faults.Add($"{name}: the manifest lists it twice.");
            else if (BackupFormat.LeadsOut(said.Name)) faults.Add($"{name}: the path leads out of the backup.");
            else if (!BackupFormat.IsKnown(said.Name)) faults.Add($"{name}: the manifest lists it, but no backup has such a file.");
            else if (!entries.TryGetValue(said.Name, out var entry)) faults.Add($"{name} is missing.");
            else if (OfSize(entry, said) is { } fault) faults.Add($"{name}: {fault}");
        }
        foreach (var name in entries.Keys.Where(name => !listed.Contains(name)))
        {
            faults.Add($"{BackupFormat.Shown(name)}: {(BackupFormat.LeadsOut(name) ? "the path leads out of the backup." : "the manifest does not list it.")}");
        }
        if (!listed.Contains(BackupFormat.Database)) faults.Add($"{BackupFormat.Database} is missing.");
        return faults;
    }

    private static string? OfSize(ZipArchiveEntry entry, BackupEntry said)
    {
        if (entry.Length != said.Size) return $"it has {entry.Length} bytes where the manifest says {said.Size}.";
        if (said.Size < 0 || entry.Length / MostOfAByte > entry.CompressedLength) return $"it cannot hold {said.Size} bytes in {entry.CompressedLength} packed ones.";
        return said.Name != BackupFormat.Database && said.Size > BackupFormat.MaxSmallEntry ? $"it has {said.Size} bytes, at most {BackupFormat.MaxSmallEntry} make sense." : null;
    }
}
