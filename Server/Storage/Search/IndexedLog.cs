using KaiChat.Server.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace KaiChat.Server.Storage.Search;

/// <summary>The log as the index reads it: all conversations in order of id. For one caller at a time.</summary>
internal sealed class IndexedLog : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _name, _newest, _after, _removed;

    public IndexedLog(string file)
    {
        _connection = SqliteConnections.OpenReader(file);
        _name = new(_connection, "SELECT name FROM log");
        _newest = new(_connection, "SELECT coalesce(max(id), 0) FROM messages");
        _after = new(_connection, "SELECT id, conversation, author, sent_at, text FROM messages WHERE id > ?1 ORDER BY id LIMIT ?2");
        _removed = new(_connection, "SELECT id FROM unindexed ORDER BY id LIMIT ?1");
    }

    /// <summary>The log's own random name.</summary>
    public string Name => _name.First(static row => row.Text(0))!;

    /// <summary>The id of the newest message; 0 if there is none.</summary>
    public long Newest => _newest.First(static row => row.Int64(0));

    /// <summary>The oldest messages with a higher id.</summary>
    public List<LoggedEntry> After(long id, int limit) => _after.Bind(1, id).Bind(2, limit).All(
        static row => new LoggedEntry(row.Int64(0), row.Int64(1), row.Text(2), TimeColumn.To(row.Int64(3)), row.Text(4)), CancellationToken.None);

    /// <summary>Ids of removed messages that the index may still hold.</summary>
    public List<long> Removed(int limit) => _removed.Bind(1, limit).All(static row => row.Int64(0), CancellationToken.None);

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<SqliteStatement>)[_name, _newest, _after, _removed]) statement.Dispose();
        _connection.Dispose();
    }
}
