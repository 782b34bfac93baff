using Microsoft.Data.Sqlite;

namespace KaiChat.Server.Storage.Sqlite;

/// <summary>Reads operators' keys. For one caller at a time.</summary>
internal sealed class KeyReader(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement _all = new(
        connection, "SELECT id, name, hash, scopes, made_at, made_by, expires_at, last_used_at, revoked_at FROM api_keys ORDER BY id");

    public List<StoredKey> All(CancellationToken cancellation) => _all.All(Key, cancellation);

    public void Dispose() => _all.Dispose();

    private static StoredKey Key(SqliteStatement row) => new(
        row.Int64(0),
        new NewKey(row.Text(1), row.Blob(2), row.Text(3).Split(' ', StringSplitOptions.RemoveEmptyEntries), TimeColumn.To(row.Int64(4)), row.Text(5), Time(row, 6)),
        Time(row, 7),
        Time(row, 8));

    private static DateTimeOffset? Time(SqliteStatement row, int column) => row.IsNull(column) ? null : TimeColumn.To(row.Int64(column));
}
