using System.Globalization;
using System.Runtime.InteropServices;

namespace KaiChat.Server.Storage.Sqlite;

/// <summary>
/// The directory named by <c>Storage:Directory</c>, held by one server at a time: two servers that number messages of the same channels would refuse
/// each other's. Disposing it lets the next one in; so does the death of the process.
/// </summary>
internal sealed class DataDirectory : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>There from the first move of a restore to its last: between the two the directory holds neither the old history nor the new.</summary>
    private const string RestoreMark = "restore.incomplete";

    private readonly FileStream _lock;

    private DataDirectory(string path, FileStream @lock)
    {
        Path = path;
        _lock = @lock;
    }

    /// <summary>Its full path.</summary>
    public string Path { get; }

    /// <summary>The database's path.</summary>
    public string DatabaseFile => System.IO.Path.Combine(Path, "messages.db");

    /// <summary>The search index's path.</summary>
    public string SearchFile => System.IO.Path.Combine(Path, "search.db");

    /// <summary>Makes an empty file, for the owner only, if it is missing: SQLite would make it readable for all; its side files take this file's mode.</summary>
    public static void Provide(string file) => Open(file).Dispose();

    /// <summary>
    /// Makes the directory and an empty database, with access for the owner only, if they are missing; existing ones keep their modes.
    /// </summary>
    /// <exception cref="StorageStartException">It cannot be made or written, or another server holds it.</exception>
    public static DataDirectory Take(string directory) => Take(directory, taken =>
    {
        if (File.Exists(taken.MarkFile))
        {
            throw new StorageStartException(
                $"{StorageOptions.DirectoryKey}: a restore into {taken.Path} was interrupted. Run it again with --force; what was there before is kept under names with '-before-'.");
        }
        Provide(taken.DatabaseFile);
    });

    /// <summary>Takes the directory without making a database in it.</summary>
    /// <inheritdoc cref="Take(string)"/>
    public static DataDirectory TakeForRestore(string directory) => Take(directory, _ => { });

    /// <summary>From now on no server starts here, even if this process dies, until <see cref="EndRestore"/>.</summary>
    public void BeginRestore()
    {
        using var mark = Open(MarkFile);
        mark.Flush(flushToDisk: true);
        Backup.DurableFile.FlushDirectory(Path);
    }

    /// <summary>The directory holds one whole history again.</summary>
    public void EndRestore() => File.Delete(MarkFile);

    private string MarkFile => System.IO.Path.Combine(Path, RestoreMark);

    public void Dispose() => _lock.Dispose();

    private static DataDirectory Take(string directory, Action<DataDirectory> prepare)
    {
        var path = System.IO.Path.GetFullPath(directory);
        FileStream? held = null;
        try
        {
            Create(path);
            held = Open(System.IO.Path.Combine(path, "messages.lock"));
            var taken = new DataDirectory(path, held);
            prepare(taken);
            return taken;
        }
        catch (Exception error)
        {
            held?.Dispose();
            if (error is IOException or UnauthorizedAccessException) throw new StorageStartException(Describe(path, error), error);
            throw;
        }
    }

    private static void Create(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
    }

    private static FileStream Open(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        return new FileStream(file, options);
    }

    private static string Describe(string path, Exception error)
    {
        if (File.Exists(path)) return $"{StorageOptions.DirectoryKey}: {path} is a file, not a directory. Name another one.";
        if (IsHeld(error)) return $"{StorageOptions.DirectoryKey}: another server uses {path}. Stop it, or name another directory.";
        if (OperatingSystem.IsWindows())
        {
            return $"{StorageOptions.DirectoryKey}: {path} cannot be written by {Environment.UserName}: {error.Message}";
        }

        var uid = EffectiveUserId().ToString(CultureInfo.InvariantCulture);
        return $"{StorageOptions.DirectoryKey}: {path} cannot be written by uid {uid} ({error.Message}) "
            + $"Give it to that user: mkdir -p '{path}' && chown -R {uid} '{path}'";
    }

    // EWOULDBLOCK of flock on Linux and macOS, ERROR_SHARING_VIOLATION on Windows.
    private static bool IsHeld(Exception error) => error is IOException && error.HResult is 11 or 35 or unchecked((int)0x80070020);

    [DllImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint EffectiveUserId();
}
