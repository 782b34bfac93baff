using KaiChat.Server.Storage;

namespace KaiChat.Server.Diagnostics.History;

/// <summary>How much more the server can store.</summary>
internal static class StorageRoom
{
    private const long Megabyte = 1024 * 1024;

    /// <summary>What is left and of how much, in bytes: of the disk, or of <c>Storage:MaxMegabytes</c> if that leaves less. Null if the disk cannot be asked.</summary>
    /// <param name="options">Where it stores, and how much it may.</param>
    /// <param name="database">The size of the database now, which the limit is about.</param>
    public static (long Free, long Capacity)? Measure(StorageOptions options, long database)
    {
        var disk = MeasureDisk(options.Directory);
        if (options.MaxMegabytes == 0) return disk;
        var capacity = options.MaxMegabytes * Megabyte;
        var left = Math.Max(0, capacity - database);
        return disk is { } room && room.Free < left ? room : (left, capacity);
    }

    private static (long Free, long Capacity)? MeasureDisk(string directory)
    {
        try
        {
            // Of any directory, not of a root alone: what is mounted there counts.
            var drive = new DriveInfo(Path.GetFullPath(directory));
            return (drive.AvailableFreeSpace, drive.TotalSize);
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A share that Windows gives no letter, a disk that is gone: the log tells of what that means.
            return null;
        }
    }
}
