namespace KaiChat.Server.Storage.Sqlite;

/// <summary>Operators' keys in the message log's database: what the log's writer commits, they share.</summary>
internal sealed class SqliteKeyStore(LogWriter writer, ReaderPool<LogReader> readers) : IKeyStore
{
    public Task<IReadOnlyList<StoredKey>> ReadAsync(CancellationToken cancellation) =>
        readers.ReadAsync<IReadOnlyList<StoredKey>>(reader => reader.Keys.All(cancellation), cancellation);

    public async Task<StoredKey?> AddAsync(NewKey key, Func<StoredKey, AuditEntry> record)
    {
        StoredKey? added = null;
        await DoAsync(tables =>
        {
            added = tables.Keys.Add(key) is { } id ? new StoredKey(id, key) : null;
            if (added is not null) tables.Audit.Record(record(added));
        });
        return added;
    }

    public Task RevokeAsync(long id, DateTimeOffset now, AuditEntry record) => DoAsync(tables =>
    {
        if (tables.Keys.Revoke(id, now)) tables.Audit.Record(record);
    });

    public Task NoteUseAsync(long id, DateTimeOffset at) => DoAsync(tables => tables.Keys.NoteUse(id, at));

    private Task<bool> DoAsync(Action<LogTables> write) => writer.WriteAsync(new DoRequest(write), CancellationToken.None);
}
