using System.Diagnostics;
using KaiChat.Server.Chat;
using KaiChat.Server.Chat.Search;
using KaiChat.Server.Storage.Sqlite;
using KaiChat.Shared.Names;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KaiChat.Server.Storage.Search;

/// <summary>A connection that searches: the log and the index side by side. For one caller at a time.</summary>
internal sealed class SearchReader : IDisposable
{
    /// <summary>How many steps of SQLite's machine lie between two looks at the clock: some 100 microseconds.</summary>
    private const int StepsBetweenLooks = 10_000;

    /// <summary>The most lives of one channel that a search by its name covers, the newest ones.</summary>
    private const int MostLives = 500;

    private const char Begin = '\u0001';
    private const char End = '\u0002';

    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _search, _neighbours, _lives, _firstOf, _lastOf;
    private readonly SqliteStatement[] _all;
    private readonly ReactionReader _reactions;
    private readonly TimeSpan _most;

    /// <param name="log">The log's file.</param>
    /// <param name="index">The index's file.</param>
    /// <param name="most">How long one search may take.</param>
    public SearchReader(string log, string index, TimeSpan most)
    {
        _most = most;
        _connection = SqliteConnections.OpenReader(log);
        try
        {
            using (var attach = new SqliteStatement(_connection, "ATTACH ?1 AS found")) attach.Bind(1, index).Execute();
            // The index leads: its hits come in order of id, newest first, without sorting, and only as many as are asked for.
            _all =
            [
                _search = new(
                    _connection,
                    $"""
                    SELECT {string.Join(", ", Rows.MessageColumns.Split(", ").Select(column => "m." + column))}, m.id, c.name,
                        highlight(entries, 0, char({(int)Begin}), char({(int)End}))
                    FROM found.entries CROSS JOIN messages m ON m.id = entries.rowid CROSS JOIN conversations c ON c.id = m.conversation
                    WHERE m.deleted_at IS NULL AND entries MATCH ?1 AND entries.rowid >= ?2 AND entries.rowid <= ?3 AND m.sent_at >= ?4 AND m.sent_at < ?5
                    ORDER BY entries.rowid DESC LIMIT ?6
                    """),
                _neighbours = new(_connection, $"SELECT {Rows.MessageColumns} FROM messages WHERE conversation = ?1 AND seq IN (?2 - 1, ?2 + 1) ORDER BY seq"),
                _lives = new(_connection, $"SELECT id FROM conversations WHERE name_key = ?1 ORDER BY id DESC LIMIT {MostLives}"),
                _firstOf = new(_connection, "SELECT min(first_id) FROM found.days WHERE day >= ?1"),
                _lastOf = new(_connection, "SELECT max(last_id) FROM found.days WHERE day <= ?1"),
            ];
            _reactions = new ReactionReader(_connection);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    public SearchResult Search(SearchQuery query, IReadOnlyCollection<ConversationId>? within, long before, int limit, CancellationToken cancellation)
    {
        if (within is null && query.In.Count > 0) within = Lives(query.In, cancellation);
        if (within is { Count: 0 }) return new SearchResult([], Incomplete: false);
        var first = query.After is { } after ? Id(_firstOf, after, none: long.MaxValue) : 0;
        var last = Math.Min(before - 1, query.Before is { } until ? Id(_lastOf, until, none: -1) : long.MaxValue);
        var started = Stopwatch.GetTimestamp();
        var found = new List<FoundMessage>();
        raw.sqlite3_progress_handler(
            _connection.Handle!, StepsBetweenLooks, _ => Stopwatch.GetElapsedTime(started) > _most || cancellation.IsCancellationRequested ? 1 : 0, null);
        try
        {
            _search.Bind(1, SearchExpression.Of(query, within)).Bind(2, first).Bind(3, last)
                .Bind(4, query.After is { } from ? TimeColumn.From(from) : long.MinValue).Bind(5, query.Before is { } to ? TimeColumn.From(to) : long.MaxValue)
                .Bind(6, limit);
            _search.Each(row => found.Add(Found(row)));
        }
        catch (SqliteException tooLong) when (tooLong.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            cancellation.ThrowIfCancellationRequested();
            return new SearchResult(WithNeighbours(found), Incomplete: true);
        }
        finally
        {
            raw.sqlite3_progress_handler(_connection.Handle!, 0, null, null);
        }

        return new SearchResult(WithNeighbours(found), Incomplete: false);
    }

    public void Dispose()
    {
        _reactions.Dispose();
        foreach (var statement in _all) statement.Dispose();
        _connection.Dispose();
    }

    private static FoundMessage Found(SqliteStatement row)
    {
        var message = Rows.Message(row);
        return new FoundMessage(
            row.Int64(Rows.MessageColumnCount),
            Rows.ChannelName(row.Text(Rows.MessageColumnCount + 1)),
            message,
            SearchText.Ranges(message.Text, row.Text(Rows.MessageColumnCount + 2), Begin, End),
            Before: null,
            After: null);
    }

    private static long Id(SqliteStatement statement, DateTimeOffset time, long none) =>
        statement.Bind(1, SearchSchema.DayOf(time)).First(row => row.IsNull(0) ? none : row.Int64(0));

    private List<FoundMessage> WithNeighbours(List<FoundMessage> found)
    {
        // After the search: both walk over the same connection.
        for (var i = 0; i < found.Count; i++)
        {
            var (conversation, seq) = (found[i].Message.Conversation, found[i].Message.Seq);
            var near = _reactions.OfNeighbours(_neighbours.Bind(1, conversation.Value).Bind(2, seq).All(Rows.Message, CancellationToken.None));
            found[i] = found[i] with { Message = _reactions.Of(found[i].Message), Before = near.Find(message => message.Seq < seq), After = near.Find(message => message.Seq > seq) };
        }

        return found;
    }

    private List<ConversationId> Lives(IReadOnlyList<ChannelName> channels, CancellationToken cancellation) =>
        [.. channels.SelectMany(name => _lives.Bind(1, name.Key).All(static row => new ConversationId(row.Int64(0)), cancellation))];
}
