using System.Globalization;
using Microsoft.Data.Sqlite;

namespace KaiChat.Server.Storage.Sqlite;

/// <summary>The size that the database may have (<see cref="StorageOptions.MaxMegabytes"/>), which SQLite counts in pages.</summary>
internal static class SizeLimit
{
    private const long Megabyte = 1_048_576;

    /// <summary>Room that is enough under any limit, in bytes: more than a commit of many long texts takes.</summary>
    private const long Enough = 16 * Megabyte;

    /// <summary>Under a small limit, this part of it is enough: there may never be more.</summary>
    private const int Part = 20;

    public static void Set(SqliteConnection connection, int megabytes) =>
        connection.Execute($"PRAGMA max_page_count = {megabytes * Megabyte / Ask(connection, "PRAGMA page_size")}");

    /// <summary>
    /// Whether the limit leaves a twentieth of itself, or 16 MiB if that is less. What removed messages have left counts. Always true without a limit, for SQLite's own is
    /// terabytes away, and while the database cannot be asked.
    /// </summary>
    public static bool HasRoom(SqliteConnection connection)
    {
        try
        {
            var most = Ask(connection, "PRAGMA max_page_count");
            var free = most - Ask(connection, "PRAGMA page_count") + Ask(connection, "PRAGMA freelist_count");
            return free >= Math.Min(most / Part, Enough / Ask(connection, "PRAGMA page_size"));
        }
        catch (SqliteException)
        {
            return true;
        }
    }

    private static long Ask(SqliteConnection connection, string pragma) => Convert.ToInt64(connection.Scalar(pragma), CultureInfo.InvariantCulture);
}
