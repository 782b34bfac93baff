using System.Runtime.InteropServices;
using SQLitePCL;

namespace KaiChat.Server.Storage.Sqlite;

/// <summary>
/// Binds the provider to the operating system's SQLite: its fixes come with the system's updates, and no native code is shipped.
/// </summary>
internal static class SqliteLibrary
{
    /// <summary>RETURNING needs 3.35 (https://sqlite.org/lang_returning.html), of March 2021.</summary>
    private const int OldestVersion = 3_035_000;

    private static readonly Lazy<string> Loaded = new(Load);

    /// <summary>Loads the library if this is the first call. Returns its version, like <c>3.40.1</c>.</summary>
    /// <exception cref="StorageStartException">The system has no SQLite, or too old a one.</exception>
    public static string Use() => Loaded.Value;

    /// <summary>Loads the first of the given libraries that the system has.</summary>
    internal static nint Find(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, out var library)) return library;
        }

        throw new StorageStartException(
            "The system's SQLite library is missing (tried " + string.Join(", ", names) + "). Install it: "
            + "apt-get install libsqlite3-0 (Debian, Ubuntu), dnf install sqlite-libs (Fedora, RHEL), apk add sqlite-libs (Alpine).");
    }

    private static string Load()
    {
        var library = Find(Names());
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, (_, _, _) => library);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        var version = raw.sqlite3_libversion().utf8_to_string();
        return raw.sqlite3_libversion_number() >= OldestVersion
            ? version
            : throw new StorageStartException($"The system's SQLite is {version}; 3.35 or newer is needed. Update the system.");
    }

    private static string[] Names() =>
        OperatingSystem.IsWindows() ? ["winsqlite3.dll"]
        : OperatingSystem.IsMacOS() ? ["libsqlite3.dylib", "/usr/lib/libsqlite3.dylib"]
        : ["libsqlite3.so.0", "libsqlite3.so"];
}
