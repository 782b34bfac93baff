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
    public static DataDirectory Take(string directory)
    {
        var path = System.IO.Path.GetFullPath(directory);
        FileStream? held = null;
        try
        {
            Create(path);
            held = Open(System.IO.Path.Combine(path, "messages.lock"));
            var taken = new DataDirectory(path, held);
            Provide(taken.DatabaseFile);
            return taken;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            held?.Dispose();
            throw new StorageStartException(Describe(path, error), error);
        }
    }

    public void Dispose() => _lock.Dispose();

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
