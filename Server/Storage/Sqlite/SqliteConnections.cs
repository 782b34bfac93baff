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
    /// The writer's settings. A commit is on the disk when it returns (FULL; on macOS that takes fullfsync). The write-ahead log is copied
    /// into the database every 4,000 pages (16 MB): measured, a third more rows a second than with SQLite's 1,000. A burst's log is cut to
    /// 64 MB.
    /// </summary>
    private const string WriterSettings =
        """
        PRAGMA synchronous = FULL;
        PRAGMA fullfsync = ON;
        PRAGMA checkpoint_fullfsync = ON;
        PRAGMA wal_autocheckpoint = 4000;
        PRAGMA journal_size_limit = 67108864;
        """;

    public static SqliteConnection OpenWriter(string file, int maxMegabytes)
    {
        var connection = Open(file, SqliteOpenMode.ReadWrite);
        try
        {
            var mode = connection.Scalar("PRAGMA journal_mode = WAL") as string;
            if (mode != "wal")
            {
                throw new StorageStartException($"{file}: its file system does not support SQLite's write-ahead log. Use a local disk.");
            }

            connection.Execute(WriterSettings);
            if (maxMegabytes > 0) Limit(connection, maxMegabytes);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
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

    private static void Limit(SqliteConnection connection, int megabytes)
    {
        var pageSize = Convert.ToInt64(connection.Scalar("PRAGMA page_size"), CultureInfo.InvariantCulture);
        connection.Execute($"PRAGMA max_page_count = {megabytes * 1_048_576L / pageSize}");
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
