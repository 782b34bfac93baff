using KaiChat.Server.Chat;
using KaiChat.Server.Chat.Keeping;
using Microsoft.Data.Sqlite;

namespace KaiChat.Server.Storage.Sqlite;

/// <summary>A connection that only reads, with its queries. For one caller at a time.</summary>
internal sealed class LogReader : IDisposable
{
    /// <summary>The most texts of one message that are kept.</summary>
    public const int MostVersions = 50;

    private readonly SqliteConnection _connection;
    private readonly ReactionReader _reactions;
    private readonly SqliteStatement _open, _conversations, _conversation, _before, _after, _changes, _sent, _versions, _only, _firstSince, _sizes, _markers, _present, _signedOut, _settled;

    public LogReader(string file)
    {
        _connection = SqliteConnections.OpenReader(file);
        try
        {
            _open = new(_connection, $"SELECT {Rows.ConversationColumns} FROM conversations c WHERE c.closed_at IS NULL ORDER BY c.id");
            _conversations = new(_connection, $"SELECT {Rows.ConversationColumns} FROM conversations c WHERE c.id > ?1 ORDER BY c.id LIMIT ?2");
            _conversation = new(_connection, $"SELECT {Rows.ConversationColumns} FROM conversations c WHERE c.id = ?1");
            _before = new(_connection, $"SELECT {Rows.MessageColumns} FROM messages WHERE conversation = ?1 AND seq < ?2 ORDER BY seq DESC LIMIT ?3");
            _after = new(_connection, $"SELECT {Rows.MessageColumns} FROM messages WHERE conversation = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3");
            _changes = new(_connection, $"SELECT {Rows.MessageColumns} FROM messages WHERE conversation = ?1 AND rev > 0 AND rev > ?2 ORDER BY rev LIMIT ?3");
            _sent = new(_connection, $"SELECT {Rows.MessageColumns} FROM messages WHERE author_session = ?1 AND client_message_id = ?2");
            _versions = new(
                _connection,
                """
                SELECT v.text, v.at FROM messages m JOIN message_versions v ON v.message = m.id WHERE m.conversation = ?1 AND m.seq = ?2 ORDER BY v.version
                """);
            _only = new(_connection, "SELECT text, sent_at FROM messages WHERE conversation = ?1 AND seq = ?2 AND deleted_at IS NULL");
            _reactions = new ReactionReader(_connection);
            Keys = new KeyReader(_connection);
            Audit = new AuditReader(_connection);
            Sanctions = new SanctionReader(_connection);
            _firstSince = new(_connection, "SELECT seq FROM messages WHERE conversation = ?1 AND sent_at >= ?2 ORDER BY seq LIMIT 1");
            _sizes = new(_connection, "SELECT seq, length(CAST(text AS BLOB)) FROM messages WHERE conversation = ?1 ORDER BY seq DESC");
            _markers = new(_connection, "SELECT conversation, seq FROM read_markers WHERE session = ?1");
            _present = new(_connection, "SELECT id, name, expires_at FROM sessions WHERE present AND expires_at > ?1 ORDER BY id");
            _signedOut = new(_connection, "SELECT 1 FROM sessions WHERE id = ?1 AND signed_out");
            _settled = new(_connection, $"SELECT {ChannelSettingsTables.Columns} FROM channel_settings ORDER BY name_key");
        }
        catch
        {
            // Preparing reads the schema from a disk that may fail, and is tried again with every question.
            _connection.Dispose();
            throw;
        }
    }

    public AuditReader Audit { get; }

    public KeyReader Keys { get; }

    /// <summary>Reads sanctions.</summary>
    public SanctionReader Sanctions { get; }

    public List<LoggedConversation> OpenConversations(CancellationToken cancellation) => _open.All(Rows.Conversation, cancellation);

    public List<LoggedConversation> Conversations(long afterId, int limit, CancellationToken cancellation) =>
        _conversations.Bind(1, afterId).Bind(2, limit).All(Rows.Conversation, cancellation);

    public LoggedConversation? Conversation(ConversationId conversation) => _conversation.Bind(1, conversation.Value).First(Rows.Conversation);

    /// <summary>The newest message beyond any of the limits; 0 if none is.</summary>
    public long Cut(ConversationId conversation, RetentionLimits limits)
    {
        if (Conversation(conversation) is not { } known || known.FirstSeq > known.LastSeq) return 0;
        var cut = 0L;
        if (limits.Since is { } since) cut = FirstSince(conversation, since) is { } first ? first - 1 : known.LastSeq;
        if (limits.Messages is { } messages) cut = Math.Max(cut, known.LastSeq - messages);
        if (limits.Bytes is { } bytes) cut = Math.Max(cut, FirstBeyond(conversation, bytes));
        return cut >= known.FirstSeq ? cut : 0;
    }

    /// <summary>The oldest message sent at a time or later; null if there is none.</summary>
    private long? FirstSince(ConversationId conversation, DateTimeOffset time) =>
        _firstSince.Bind(1, conversation.Value).Bind(2, TimeColumn.From(time)).First(static row => (long?)row.Int64(0));

    /// <summary>The newest message with which the texts of a conversation, counted from the newest, have more than so many bytes; 0 if they have not.</summary>
    private long FirstBeyond(ConversationId conversation, long bytes)
    {
        _sizes.Bind(1, conversation.Value);
        return _sizes.First(row => (bytes -= row.Int64(1)) < 0, static row => row.Int64(0));
    }

    public Dictionary<ConversationId, long> ReadMarkers(SessionId session, CancellationToken cancellation) => _markers.Bind(1, session.Value)
        .All(static row => (Conversation: new ConversationId(row.Int64(0)), Seq: row.Int64(1)), cancellation)
        .ToDictionary(marker => marker.Conversation, marker => marker.Seq);

    public List<StoredSession> PresentSessions(DateTimeOffset now, CancellationToken cancellation) =>
        _present.Bind(1, TimeColumn.From(now)).All(Rows.Session, cancellation);

    public bool IsSignedOut(SessionId session) => _signedOut.Bind(1, session.Value).First(static _ => true);

    public List<SettledChannel> SettledChannels(CancellationToken cancellation) => _settled.All(ChannelSettingsTables.Row, cancellation);

    public List<ChatMessage> Before(ConversationId conversation, long seq, int limit, CancellationToken cancellation)
    {
        var newestFirst = _before.Bind(1, conversation.Value).Bind(2, seq).Bind(3, limit).All(Rows.Message, cancellation);
        newestFirst.Reverse();
        return _reactions.OfNeighbours(newestFirst);
    }

    public List<ChatMessage> After(ConversationId conversation, long seq, int limit, CancellationToken cancellation) =>
        _reactions.OfNeighbours(_after.Bind(1, conversation.Value).Bind(2, seq).Bind(3, limit).All(Rows.Message, cancellation));

    public ChatMessage? Sent(SessionId author, string clientMessageId) =>
        _sent.Bind(1, author.Value).Bind(2, clientMessageId).First(Rows.Message) is { } message ? _reactions.Of(message) : null;

    public List<ChatMessage> Changes(ConversationId conversation, long afterRev, int limit, CancellationToken cancellation) =>
        _reactions.OfChanged(_changes.Bind(1, conversation.Value).Bind(2, afterRev).Bind(3, limit).All(Rows.Message, cancellation));

    public List<TextVersion> Versions(ConversationId conversation, long seq, CancellationToken cancellation)
    {
        var versions = _versions.Bind(1, conversation.Value).Bind(2, seq).All(Version, cancellation);
        // A message that was never edited has no rows there.
        return versions.Count > 0 ? versions : _only.Bind(1, conversation.Value).Bind(2, seq).All(Version, cancellation);
    }

    private static TextVersion Version(SqliteStatement row) => new(row.Text(0), TimeColumn.To(row.Int64(1)));

    public void Dispose()
    {
        _reactions.Dispose();
        Sanctions.Dispose();
        Keys.Dispose();
        Audit.Dispose();
        foreach (var statement in (ReadOnlySpan<SqliteStatement>)[_open, _conversations, _conversation, _before, _after, _changes, _sent, _versions, _only, _firstSince, _sizes, _markers, _present, _signedOut, _settled]) statement.Dispose();
        _connection.Dispose();
    }
}
