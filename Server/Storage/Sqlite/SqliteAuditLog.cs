namespace KaiChat.Server.Storage.Sqlite;

/// <summary>The audit log in the message log's database: what the log's writer commits, they share.</summary>
internal sealed class SqliteAuditLog(LogWriter writer, ReaderPool<LogReader> readers) : IAuditLog
{
    public event Action<long>? Recorded
    {
        add => writer.Recorded += value;
        remove => writer.Recorded -= value;
    }

    public Task RecordAsync(AuditEntry entry) => writer.WriteAsync(new DoRequest(tables => tables.Audit.Record(entry)), CancellationToken.None);

    public Task<IReadOnlyList<AuditRecord>> ReadAsync(AuditFilter filter, long beforeId, int limit, CancellationToken cancellation) =>
        readers.ReadAsync<IReadOnlyList<AuditRecord>>(reader => reader.Audit.Before(filter, beforeId, limit, cancellation), cancellation);
}
