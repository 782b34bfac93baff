using KaiChat.Server.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KaiChat.Server.Storage.Backup;

/// <summary>A copy of a database that others write to meanwhile: as it was at one moment, whole.</summary>
internal static class DatabaseCopy
{
    /// <summary>
    /// Pages that are copied at a time, about 2 MiB: between two times it can be cancelled and tells how far it is.
    /// </summary>
    public const int PagesAtATime = 1024;

    /// <summary>Copies into an empty file that exists, and leaves it a single one: whoever opens it needs no write-ahead log.</summary>
    /// <remarks>
    /// SQLite's online backup begins anew whenever somebody else writes, and under load never ends. Here the source holds one read transaction from
    /// the first page to the last: it sees no writes, and the writer does not wait for it, since it goes on in the write-ahead log. That grows
    /// meanwhile, because what the copy still reads cannot be overwritten.
    /// </remarks>
    /// <param name="begun">Called once the moment that the copy shows is fixed.</param>
    /// <param name="report">Told the bytes that are copied and that there are.</param>
    public static void Run(string source, string target, int pagesAtATime, Action begun, Action<long, long> report, CancellationToken cancellation)
    {
        CopySnapshot(source, target, pagesAtATime, begun, report, cancellation);
        // Its first page says that there is a write-ahead log, as the source's does: only a connection that opens it so can end that.
        using var whole = SqliteConnections.OpenCopy(target);
        whole.Execute("PRAGMA journal_mode = DELETE");
    }

    /// <summary>Deletes a copy, and what SQLite may have left beside it.</summary>
    public static void Discard(string copy)
    {
        foreach (var suffix in (string[])["", "-journal", "-wal", "-shm"]) DurableFile.Discard(copy + suffix);
    }

    private static void CopySnapshot(string source, string target, int pagesAtATime, Action begun, Action<long, long> report, CancellationToken cancellation)
    {
        using var from = SqliteConnections.OpenReader(source);
        using var to = SqliteConnections.OpenCopy(target);
        // Nobody trusts the copy before it is whole and flushed: a journal of it would be written for nothing.
        to.Execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
        from.Execute("BEGIN");
        var pageSize = Convert.ToInt64(from.Scalar("PRAGMA page_size"), System.Globalization.CultureInfo.InvariantCulture);
        _ = from.Scalar("SELECT count(*) FROM sqlite_master");      // BEGIN alone reads nothing, and so fixes nothing
        begun();
        CopyPages(from, to, pagesAtATime, pageSize, report, cancellation);
        from.Execute("COMMIT");
    }

    private static void CopyPages(SqliteConnection from, SqliteConnection to, int pagesAtATime, long pageSize, Action<long, long> report, CancellationToken cancellation)
    {
        using var backup = raw.sqlite3_backup_init(to.Handle!, "main", from.Handle!, "main");
        if (backup is null || backup.IsInvalid) SqliteException.ThrowExceptionForRC(raw.sqlite3_errcode(to.Handle!), to.Handle!);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var result = raw.sqlite3_backup_step(backup, pagesAtATime);
            if (result is not (raw.SQLITE_OK or raw.SQLITE_DONE)) SqliteException.ThrowExceptionForRC(result, to.Handle!);
            var total = raw.sqlite3_backup_pagecount(backup);
            report((total - raw.sqlite3_backup_remaining(backup)) * pageSize, total * pageSize);
            if (result == raw.SQLITE_DONE) return;
        }
    }
}
