using KaiChat.Server.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace KaiChat.Server.Storage.Search;

/// <summary>The log as the index reads it: all conversations in order of id. For one caller at a time.</summary>
internal sealed class IndexedLog : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _name, _newest, _after, _unindexed, _one;

    public IndexedLog(string file)
    {
        _connection = SqliteConnections.OpenReader(file);
        _name = new(_connection, "SELECT name FROM log");
        _newest = new(_connection, "SELECT coalesce(max(id), 0) FROM messages");
        _after = new(_connection, "SELECT id, conversation, author, sent_at, text, deleted_at FROM messages WHERE id > ?1 ORDER BY id LIMIT ?2");
        _one = new(_connection, "SELECT id, conversation, author, sent_at, text, deleted_at FROM messages WHERE id = ?1");
        _unindexed = new(_connection, "SELECT id, rev FROM unindexed ORDER BY id LIMIT ?1");
    }

    /// <summary>The log's own random name.</summary>
    public string Name => _name.First(static row => row.Text(0))!;

    /// <summary>The id of the newest message; 0 if there is none.</summary>
    public long Newest => _newest.First(static row => row.Int64(0));

    /// <summary>The oldest messages with a higher id.</summary>
    public List<LoggedEntry> After(long id, int limit) => _after.Bind(1, id).Bind(2, limit).All(Entry, CancellationToken.None);

    /// <summary>A message as it is now; null if it is not there any more.</summary>
    public LoggedEntry? Find(long id) => _one.Bind(1, id).First(static row => (LoggedEntry?)Entry(row));

    /// <summary>Messages that were removed or changed, which the index may still hold as they were.</summary>
    public List<UnindexedEntry> Unindexed(int limit) =>
        _unindexed.Bind(1, limit).All(static row => new UnindexedEntry(row.Int64(0), row.Int64(1)), CancellationToken.None);

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<SqliteStatement>)[_name, _newest, _after, _unindexed, _one]) statement.Dispose();
        _connection.Dispose();
    }

    private static LoggedEntry Entry(SqliteStatement row) =>
        new(row.Int64(0), row.Int64(1), row.Text(2), TimeColumn.To(row.Int64(3)), row.Text(4), IsDeleted: !row.IsNull(5));
}
