using KaiChat.Server.Chat.Search;
using KaiChat.Server.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace KaiChat.Server.Storage.Search;

/// <summary>The index's one writer. For one caller at a time.</summary>
internal sealed class SearchWriter : IDisposable
{
    /// <summary>
    /// What a crash of the machine takes of the messages that were added is added again from the log, so their commits do not wait for the disk; a long write-ahead log, and merges of the index
    /// in small steps, keep each commit short.
    /// </summary>
    private const string Settings =
        """
        PRAGMA synchronous = NORMAL;
        PRAGMA fullfsync = ON;
        PRAGMA cache_size = -8192;
        PRAGMA journal_size_limit = 16777216;
        """;

    private readonly SqliteConnection _connection;
    private readonly WriteTransaction _transaction;
    private readonly SqliteStatement _insert, _delete, _day, _through, _indexedThrough;
    private readonly SqliteStatement[] _all;

    /// <summary>Opens the index and empties it if it does not belong to this log.</summary>
    public SearchWriter(string file, string log)
    {
        _connection = SqliteConnections.OpenCopy(file);
        try
        {
            _ = _connection.Scalar("PRAGMA journal_mode = WAL");
            _connection.Execute(Settings);
            _transaction = new WriteTransaction(_connection);
            if (!IsOf(log)) Make(log);
            _all =
            [
                _insert = new(_connection, "INSERT INTO entries (rowid, text, scope) VALUES (?1, ?2, ?3)"),
                _delete = new(_connection, "DELETE FROM entries WHERE rowid = ?1"),
                _day = new(
                    _connection,
                    """
                    INSERT INTO days (day, first_id, last_id) VALUES (?1, ?2, ?2)
                    ON CONFLICT (day) DO UPDATE SET first_id = min(first_id, excluded.first_id), last_id = max(last_id, excluded.last_id)
                    """),
                _through = new(_connection, "UPDATE source SET indexed_through = ?1"),
                _indexedThrough = new(_connection, "SELECT indexed_through FROM source"),
            ];
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>The id of the newest message in the index.</summary>
    public long IndexedThrough => _indexedThrough.First(static row => row.Int64(0));

    /// <summary>Takes up messages, in order of id, in one transaction.</summary>
    public void Add(List<LoggedEntry> entries) =>
        _transaction.Run((Index: this, entries), static write =>
        {
            LoggedEntry? previous = null;
            foreach (var entry in write.entries)
            {
                write.Index.Insert(entry);
                // The first and the last of each day: the range of those between follows from them.
                if (previous is not { } last) write.Index.Day(entry);
                else if (SearchSchema.DayOf(last.SentAt) != SearchSchema.DayOf(entry.SentAt))
                {
                    write.Index.Day(last);
                    write.Index.Day(entry);
                }

                previous = entry;
            }

            write.Index.Day(write.entries[^1]);
            write.Index._through.Bind(1, write.entries[^1].Id).Execute();
        });

    /// <summary>
    /// Puts messages into the index as they are now, or takes out those that are gone, in one transaction; some may not be in it. It is on the disk when this returns:
    /// the log forgets then that they had changed, and nothing would ever repeat it.
    /// </summary>
    public void Replace(IEnumerable<(long Id, LoggedEntry? Now)> entries)
    {
        _connection.Execute("PRAGMA synchronous = FULL");
        try
        {
            ReplaceAll(entries);
        }
        finally
        {
            _connection.Execute("PRAGMA synchronous = NORMAL");
        }
    }

    private void ReplaceAll(IEnumerable<(long Id, LoggedEntry? Now)> entries) =>
        _transaction.Run((Index: this, entries, Through: IndexedThrough), static write =>
        {
            foreach (var (id, now) in write.entries)
            {
                write.Index._delete.Bind(1, id).Execute();
                // A younger one is taken up in its turn, as it is then.
                if (now is { } entry && id <= write.Through) write.Index.Insert(entry);
            }
        });

    public void Dispose()
    {
        foreach (var statement in _all) statement.Dispose();
        _transaction.Dispose();
        _connection.Dispose();
    }

    /// <summary>A deleted message is found by nothing, not even by its author.</summary>
    private void Insert(LoggedEntry entry)
    {
        if (entry.IsDeleted) return;
        var mentions = SearchMentions.Of(entry.Text).Select(name => " " + SearchSchema.MentionWord(name));
        var scope = $"{SearchSchema.ConversationWord(entry.Conversation)} {SearchSchema.AuthorWord(entry.Author)}{string.Concat(mentions)}";
        _insert.Bind(1, entry.Id).Bind(2, SearchText.Separate(entry.Text)).Bind(3, scope).Execute();
    }

    private void Day(LoggedEntry entry) => _day.Bind(1, SearchSchema.DayOf(entry.SentAt)).Bind(2, entry.Id).Execute();

    private bool IsOf(string log) =>
        Convert.ToInt64(_connection.Scalar("PRAGMA user_version"), System.Globalization.CultureInfo.InvariantCulture) == SearchSchema.Version
        && _connection.Scalar("SELECT log FROM source") as string == log;

    private void Make(string log) =>
        _transaction.Run((_connection, log), static write =>
        {
            var (connection, log) = write;
            connection.Execute("DROP TABLE IF EXISTS entries; DROP TABLE IF EXISTS days; DROP TABLE IF EXISTS source");
            connection.Execute(SearchSchema.Tables);
            using (var insert = new SqliteStatement(connection, "INSERT INTO source VALUES (?1, 0)")) insert.Bind(1, log).Execute();
            connection.Execute($"PRAGMA user_version = {SearchSchema.Version}");
        });
}

/// <summary>A message of the log as the index takes it up.</summary>
internal readonly record struct LoggedEntry(long Id, long Conversation, string Author, DateTimeOffset SentAt, string Text, bool IsDeleted);
