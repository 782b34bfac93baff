using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KaiChat.Server.Storage.Sqlite;

namespace KaiChat.TestKit;

/// <summary>What a disk does wrong. A fault that hits a write lets the first half of its bytes through, as a real one may.</summary>
public enum DiskFault
{
    None,

    /// <summary>Reads fail with an I/O error.</summary>
    Read,

    /// <summary>Writes and truncations fail with an I/O error.</summary>
    Write,

    /// <summary>Flushing to the disk fails with an I/O error, after everything has been written.</summary>
    Sync,

    /// <summary>Writes find no room.</summary>
    Full,
}

/// <summary>
/// A disk that fails when a test says so, below SQLite: the library's own file layer (its VFS, https://sqlite.org/c3ref/vfs.html) with a few
/// functions in front of it. Only files under the given directory that are opened while this lives are concerned; those of other tests are
/// opened as ever. 64 bits only.
/// </summary>
public sealed unsafe class FaultyDisk : IDisposable
{
    // sqlite3.h: the structs as arrays of words. Two ints share the first word of a VFS.
    private const int VfsWords = 21, VfsName = 3, VfsOpen = 5;
    private const int MethodClose = 1, MethodRead = 2, MethodWrite = 3, MethodTruncate = 4, MethodSync = 5;

    private const int Ok = 0, NoRoom = 13, ReadError = 266, WriteError = 778, SyncError = 1034, TruncateError = 1546;

    private static readonly ConcurrentDictionary<FaultyDisk, bool> Disks = [];

    /// <summary>The open files of all disks, by SQLite's handle.</summary>
    private static readonly ConcurrentDictionary<nint, OpenFile> Files = [];

    /// <summary>Their tables of functions, by the table each stands in front of. Never freed: there are two or three.</summary>
    private static readonly ConcurrentDictionary<nint, nint> Tables = [];

    /// <summary>The file layer that does the work; registering happens once in a process and stays.</summary>
    private static readonly Lazy<nint> Original = new(Register);

    private readonly string _directory;
    private int _struck;

    /// <summary>Concerns what is opened under this directory from now on.</summary>
    public FaultyDisk(string directory)
    {
        _directory = Path.GetFullPath(directory) + Path.DirectorySeparatorChar;
        _ = Original.Value;
        Disks[this] = true;
    }

    /// <summary>What it does wrong now; any thread may set it at any time.</summary>
    public DiskFault Fault { get; set; }

    /// <summary>How many calls a fault has hit so far: a test that never met its fault has shown nothing.</summary>
    public int Struck => Volatile.Read(ref _struck);

    /// <summary>What is opened from now on is as ever; open files work again.</summary>
    public void Dispose()
    {
        Fault = DiskFault.None;
        Disks.TryRemove(this, out _);
    }

    private bool Strikes(DiskFault fault)
    {
        if (Fault != fault) return false;
        Interlocked.Increment(ref _struck);
        return true;
    }

    private static nint Register()
    {
        SqliteLibrary.Use();
        var library = SqliteLibrary.Find(["libsqlite3.so.0", "libsqlite3.so", "libsqlite3.dylib", "/usr/lib/libsqlite3.dylib"]);
        var find = (delegate* unmanaged[Cdecl]<byte*, nint*>)NativeLibrary.GetExport(library, "sqlite3_vfs_find");
        var register = (delegate* unmanaged[Cdecl]<nint*, int, int>)NativeLibrary.GetExport(library, "sqlite3_vfs_register");
        var original = find(null);
        var ours = Copy(original, VfsWords);
        ours[VfsName] = Marshal.StringToCoTaskMemUTF8("faulty");
        ours[VfsOpen] = (nint)(delegate* unmanaged[Cdecl]<nint, byte*, nint*, int, int*, int>)&Open;
        if (register(ours, 1) != Ok) throw new InvalidOperationException("SQLite does not take the file layer.");
        return (nint)original;
    }

    private static nint* Copy(nint* from, int words)
    {
        var copy = (nint*)NativeMemory.Alloc((nuint)words, (nuint)sizeof(nint));
        new ReadOnlySpan<nint>(from, words).CopyTo(new Span<nint>(copy, words));
        return copy;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(nint vfs, byte* name, nint* file, int flags, int* outFlags)
    {
        var original = (nint*)Original.Value;
        var result = ((delegate* unmanaged[Cdecl]<nint*, byte*, nint*, int, int*, int>)original[VfsOpen])(original, name, file, flags, outFlags);
        var path = Marshal.PtrToStringUTF8((nint)name);      // null: a temporary file
        if (result != Ok || path is null) return result;
        foreach (var (disk, _) in Disks)
        {
            if (!path.StartsWith(disk._directory, StringComparison.Ordinal)) continue;
            Files[(nint)file] = new OpenFile(disk, file[0]);
            file[0] = Tables.GetOrAdd(file[0], Intercept);
            break;
        }
        return result;
    }

    /// <summary>A table of functions with ours in front.</summary>
    private static nint Intercept(nint original)
    {
        // Its version says how long it is.
        var table = Copy((nint*)original, *(int*)original switch { 1 => 13, 2 => 17, _ => 19 });
        table[MethodClose] = (nint)(delegate* unmanaged[Cdecl]<nint, int>)&Close;
        table[MethodRead] = (nint)(delegate* unmanaged[Cdecl]<nint, byte*, int, long, int>)&Read;
        table[MethodWrite] = (nint)(delegate* unmanaged[Cdecl]<nint, byte*, int, long, int>)&Write;
        table[MethodTruncate] = (nint)(delegate* unmanaged[Cdecl]<nint, long, int>)&Truncate;
        table[MethodSync] = (nint)(delegate* unmanaged[Cdecl]<nint, int, int>)&Sync;
        return (nint)table;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(nint file)
    {
        Files.Remove(file, out var closing);
        return ((delegate* unmanaged[Cdecl]<nint, int>)closing.Method(MethodClose))(file);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Read(nint file, byte* bytes, int count, long offset)
    {
        var open = Files[file];
        if (open.Disk.Strikes(DiskFault.Read)) return ReadError;
        return ((delegate* unmanaged[Cdecl]<nint, byte*, int, long, int>)open.Method(MethodRead))(file, bytes, count, offset);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(nint file, byte* bytes, int count, long offset)
    {
        var open = Files[file];
        var write = (delegate* unmanaged[Cdecl]<nint, byte*, int, long, int>)open.Method(MethodWrite);
        var error = open.Disk.Strikes(DiskFault.Write) ? WriteError : open.Disk.Strikes(DiskFault.Full) ? NoRoom : Ok;
        var written = write(file, bytes, error == Ok ? count : count / 2, offset);
        return error == Ok ? written : error;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Truncate(nint file, long size)
    {
        var open = Files[file];
        if (open.Disk.Strikes(DiskFault.Write)) return TruncateError;
        return ((delegate* unmanaged[Cdecl]<nint, long, int>)open.Method(MethodTruncate))(file, size);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(nint file, int flags)
    {
        var open = Files[file];
        if (open.Disk.Strikes(DiskFault.Sync)) return SyncError;
        return ((delegate* unmanaged[Cdecl]<nint, int, int>)open.Method(MethodSync))(file, flags);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct OpenFile(FaultyDisk Disk, nint Table)
    {
        /// <summary>The function that does the work.</summary>
        public nint Method(int word) => ((nint*)Table)[word];
    }
}
