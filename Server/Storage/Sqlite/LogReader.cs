using KaiChat.Server.Chat;
using Microsoft.Data.Sqlite;

namespace KaiChat.Server.Storage.Sqlite;

/// <summary>A connection that only reads, with its queries. For one caller at a time.</summary>
internal sealed class LogReader : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _open, _before, _after;

    public LogReader(string file)
    {
        _connection = SqliteConnections.OpenReader(file);
        try
        {
            _open = new(_connection, $"SELECT {Rows.ConversationColumns} FROM conversations c WHERE c.closed_at IS NULL ORDER BY c.id");
            _before = new(_connection, $"SELECT {Rows.MessageColumns} FROM messages WHERE conversation = ?1 AND seq < ?2 ORDER BY seq DESC LIMIT ?3");
            _after = new(_connection, $"SELECT {Rows.MessageColumns} FROM messages WHERE conversation = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3");
        }
        catch
        {
            // Preparing reads the schema from a disk that may fail, and is tried again with every question.
            _connection.Dispose();
            throw;
        }
    }

    public List<LoggedConversation> OpenConversations(CancellationToken cancellation) => _open.All(Rows.Conversation, cancellation);

    public List<ChatMessage> Before(ConversationId conversation, long seq, int limit, CancellationToken cancellation)
    {
        var newestFirst = _before.Bind(1, conversation.Value).Bind(2, seq).Bind(3, limit).All(Rows.Message, cancellation);
        newestFirst.Reverse();
        return newestFirst;
    }

    public List<ChatMessage> After(ConversationId conversation, long seq, int limit, CancellationToken cancellation) =>
        _after.Bind(1, conversation.Value).Bind(2, seq).Bind(3, limit).All(Rows.Message, cancellation);

    public void Dispose()
    {
        _open.Dispose();
        _before.Dispose();
        _after.Dispose();
        _connection.Dispose();
    }
}
