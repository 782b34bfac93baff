using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KaiChat.Server.Storage.Sqlite;

/// <summary>What the writer does to operators' keys. Only its thread comes here.</summary>
internal sealed class KeyTables(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement _insert = new(
        connection,
        """
        INSERT INTO api_keys (name, hash, scopes, made_at, made_by, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (name) DO NOTHING RETURNING id
        """);

    private readonly SqliteStatement _revoke = new(connection, "UPDATE api_keys SET revoked_at = ?2 WHERE id = ?1 AND revoked_at IS NULL");
    private readonly SqliteStatement _use = new(connection, "UPDATE api_keys SET last_used_at = ?2 WHERE id = ?1");

    /// <returns>Its id; null if the name is taken.</returns>
    public long? Add(NewKey key)
    {
        _insert.Bind(1, key.Name).BindBlob(2, key.Hash).Bind(3, string.Join(' ', key.Scopes)).Bind(4, TimeColumn.From(key.MadeAt)).Bind(5, key.MadeBy);
        _ = key.ExpiresAt is { } end ? _insert.Bind(6, TimeColumn.From(end)) : _insert.Bind(6, (string?)null);
        // To its end, since a statement that is left at a row has not written.
        long? id = null;
        _insert.Each(row => id = row.Int64(0));
        return id;
    }

    /// <returns>Whether it was there and not revoked.</returns>
    public bool Revoke(long id, DateTimeOffset now)
    {
        _revoke.Bind(1, id).Bind(2, TimeColumn.From(now)).Execute();
        return raw.sqlite3_changes(connection.Handle) > 0;
    }

    public void NoteUse(long id, DateTimeOffset at) => _use.Bind(1, id).Bind(2, TimeColumn.From(at)).Execute();

    public void Dispose()
    {
        _insert.Dispose();
        _revoke.Dispose();
        _use.Dispose();
    }
}
