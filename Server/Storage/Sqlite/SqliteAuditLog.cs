namespace KaiChat.Server.Storage.Sqlite;

/// <summary>The audit log in the message log's database: what the log's writer commits, they share.</summary>
internal sealed class SqliteAuditLog(LogWriter writer, ReaderPool<LogReader> readers) : IAuditLog
{
    public async Task<long> RecordAsync(AuditEntry entry)
    {
        var id = 0L;
        await writer.WriteAsync(new DoRequest(tables => id = tables.Audit.Record(entry)), CancellationToken.None);
        return id;
    }

    public Task<IReadOnlyList<AuditRecord>> ReadAsync(AuditFilter filter, long beforeId, int limit, CancellationToken cancellation) =>
        readers.ReadAsync<IReadOnlyList<AuditRecord>>(reader => reader.Audit.Before(filter, beforeId, limit, cancellation), cancellation);
}
