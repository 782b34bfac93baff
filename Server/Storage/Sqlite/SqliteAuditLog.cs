namespace KaiChat.Server.Storage.Sqlite;

/// <summary>The audit log in the message log's database: what the log's writer commits, they share.</summary>
internal sealed class SqliteAuditLog(LogWriter writer) : IAuditLog
{
    public Task RecordAsync(AuditEntry entry) => writer.WriteAsync(new DoRequest(tables => tables.Audit.Record(entry)), CancellationToken.None);

    public Task<IReadOnlyList<AuditRecord>> ReadAsync(AuditFilter filter, long beforeId, int limit, CancellationToken cancellation) =>
        Task.FromException<IReadOnlyList<AuditRecord>>(new NotImplementedException());
}
