using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KaiChat.Server.Storage.Sqlite;

/// <summary>Opens the log's connections: one that writes, several that read.</summary>
internal static class SqliteConnections
{
    /// <summary>
    /// How long to wait for a lock somebody else holds, in milliseconds: an operator's shell or backup, never a part of this server.
    /// </summary>
    private const int BusyMilliseconds = 5_000;

    /// <summary>
    /// The writer's settings. A commit is on the disk when it returns (FULL; on macOS that takes fullfsync). The others were measured
    /// (docs/performance.md): a message touches a page of the table and one of each index, far apart, so small pages (they count for a new
    /// database only), a cache that holds the indexes' busy pages (16 MiB) and a long write-ahead log (64 MiB before it is copied into the
    /// database, each page once however often it was written) make half as many rows a second again.
    /// </summary>
    private const string WriterSettings =
        """
        PRAGMA cache_size = -16384;
        PRAGMA synchronous = FULL;
        PRAGMA fullfsync = ON;
        PRAGMA checkpoint_fullfsync = ON;
        PRAGMA wal_autocheckpoint = 32000;
        PRAGMA journal_size_limit = 67108864;
        """;

    /// <summary>SQLite's number for an automatic vacuum that only runs when it is asked for.</summary>
    private const int IncrementalVacuum = 2;

    public static SqliteConnection OpenWriter(string file, int maxMegabytes)
    {
        var connection = Open(file, SqliteOpenMode.ReadWrite);
        try
        {
            connection.Execute("PRAGMA page_size = 2048");
            connection.Execute($"PRAGMA auto_vacuum = {IncrementalVacuum}");
            var mode = connection.Scalar("PRAGMA journal_mode = WAL") as string;
            if (mode != "wal")
            {
                throw new StorageStartException($"{file}: its file system does not support SQLite's write-ahead log. Use a local disk.");
            }

            connection.Execute(WriterSettings);
            if (maxMegabytes > 0) SizeLimit.Set(connection, maxMegabytes);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Lets space of removed messages return to the file system, step by step. A database that an older release made is rewritten for that, once. Without room for
    /// a second one it stays as it is, and uses its space again itself.
    /// </summary>
    /// <returns>False if there was no room.</returns>
    public static bool LetSpaceReturn(SqliteConnection connection)
    {
        if (Convert.ToInt32(connection.Scalar("PRAGMA auto_vacuum"), CultureInfo.InvariantCulture) == IncrementalVacuum) return true;
        try
        {
            connection.Execute($"PRAGMA auto_vacuum = {IncrementalVacuum}; VACUUM");
            return true;
        }
        catch (SqliteException error) when (error.SqliteErrorCode == raw.SQLITE_FULL)
        {
            return false;
        }
    }

    public static SqliteConnection OpenReader(string file) => Open(file, SqliteOpenMode.ReadOnly);

    /// <summary>Opens the file that a copy of the database goes into.</summary>
    public static SqliteConnection OpenCopy(string file) => Open(file, SqliteOpenMode.ReadWrite);

    public static void Execute(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // every caller's SQL is a constant of this folder
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    public static object? Scalar(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // every caller's SQL is a constant of this folder
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }

    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false };
        var connection = new SqliteConnection(settings.ToString());
        try
        {
            connection.Open();
            _ = raw.sqlite3_busy_timeout(connection.Handle!, BusyMilliseconds);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
