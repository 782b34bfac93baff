namespace KaiChat.Server.Storage.Sqlite;

/// <summary>The audit log in the message log's database: what the log's writer commits, they share.</summary>
internal sealed class SqliteAuditLog(LogWriter writer) : IAuditLog
{
    public async Task<long> RecordAsync(AuditEntry entry)
    {
        var id = 0L;
        await writer.WriteAsync(new DoRequest(tables => id = tables.Audit.Record(entry)), CancellationToken.None);
        return id;
    }

    public Task<IReadOnlyList<AuditRecord>> ReadAsync(AuditFilter filter, long beforeId, int limit, CancellationToken cancellation) =>
        Task.FromException<IReadOnlyList<AuditRecord>>(new NotImplementedException());
}
