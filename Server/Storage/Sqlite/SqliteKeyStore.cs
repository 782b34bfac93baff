namespace KaiChat.Server.Storage.Sqlite;

/// <summary>Operators' keys in the message log's database: what the log's writer commits, they share.</summary>
internal sealed class SqliteKeyStore(LogWriter writer, ReaderPool<LogReader> readers) : IKeyStore
{
    public Task<IReadOnlyList<StoredKey>> ReadAsync(CancellationToken cancellation) =>
        readers.ReadAsync<IReadOnlyList<StoredKey>>(reader => reader.Keys.All(cancellation), cancellation);

    public async Task<StoredKey?> AddAsync(NewKey key) =>
        await writer.WriteAsync(new AddRequest(key), CancellationToken.None) is { } id ? new StoredKey(id, key) : null;

    public Task RevokeAsync(long id, DateTimeOffset now) => writer.WriteAsync(new DoRequest(tables => tables.Keys.Revoke(id, now)), CancellationToken.None);

    public Task NoteUseAsync(long id, DateTimeOffset at) => writer.WriteAsync(new DoRequest(tables => tables.Keys.NoteUse(id, at)), CancellationToken.None);

    private sealed class AddRequest(NewKey key) : WriteRequest<long?>
    {
        protected override long? Write(LogTables tables) => tables.Keys.Add(key);
    }
}
