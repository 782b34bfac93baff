using KaiChat.Server.Chat;
using KaiChat.Shared.Names;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KaiChat.Server.Storage.Sqlite;

/// <summary>What the writer does to the tables, and the seqs it gives. Only its thread comes here.</summary>
internal sealed class LogTables : IDisposable
{
    /// <summary>Enough for a page of rows and its indexes to have room too, in bytes.</summary>
    private const int ProbeBytes = 16_384;

    private readonly sqlite3 _database;
    private readonly WriteTransaction _transaction;
    private readonly SqliteStatement _isOpen, _head, _insert, _repeated, _answered;
    private readonly SqliteStatement _find, _open, _close;
    private readonly SqliteStatement _fill, _empty;
    private readonly SqliteStatement _highestId;
    private readonly SqliteStatement[] _all;

    /// <summary>The seq of the newest message of each open conversation that was written to.</summary>
    private readonly Dictionary<ConversationId, long> _heads = [];

    private readonly ChangeTables _changes;
    private long _lastId;

    public LogTables(SqliteConnection connection)
    {
        _database = connection.Handle!;
        _transaction = new WriteTransaction(connection);
        SqliteStatement Prepare(string sql) => new(connection, sql);
        _all =
        [
            _isOpen = Prepare("SELECT 1 FROM conversations WHERE id = ?1 AND closed_at IS NULL"),
            // What retention removed counts: its seqs are not given again.
            _head = Prepare(
                """
                SELECT max(c.removed_through, coalesce((SELECT max(seq) FROM messages WHERE conversation = ?1), 0)) FROM conversations c WHERE c.id = ?1
                """),
            // The conflict is named, so that a seq given twice (which would be our fault) is an error and not a repetition.
            _insert = Prepare(
                """
                INSERT INTO messages (conversation, seq, author, author_session, origin, sent_at, text, client_message_id, id, reply_to, reply_name)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
                ON CONFLICT (author_session, client_message_id) WHERE client_message_id IS NOT NULL DO NOTHING
                """),
            _repeated = Prepare($"SELECT {Rows.MessageColumns} FROM messages WHERE author_session = ?1 AND client_message_id = ?2"),
            _answered = Prepare("SELECT author FROM messages WHERE conversation = ?1 AND seq = ?2 AND deleted_at IS NULL"),
            _find = Prepare(
                $"SELECT {Rows.ConversationColumns} FROM conversations c WHERE c.name_key = ?1 AND c.closed_at IS NULL"),
            _open = Prepare("INSERT INTO conversations (name, name_key, opened_at) VALUES (?1, ?2, ?3)"),
            _close = Prepare("UPDATE conversations SET closed_at = ?2 WHERE id = ?1 AND closed_at IS NULL"),
            _fill = Prepare("INSERT INTO probe (filler) VALUES (zeroblob(?1))"),
            _empty = Prepare("DELETE FROM probe"),
            _highestId = Prepare("SELECT max(log.removed_id, coalesce((SELECT max(id) FROM messages), 0)) FROM log"),
        ];
        _lastId = _highestId.First(static row => row.Int64(0));
        Sessions = new SessionTables(connection);
        Audit = new AuditTables(connection);
        ChannelSettings = new ChannelSettingsTables(connection);
        Keys = new KeyTables(connection);
        Sanctions = new SanctionTables(connection);
        Removal = new RemovalTables(connection);
        _changes = new ChangeTables(connection);
    }

    /// <summary>What the writer does to sessions and read markers.</summary>
    public SessionTables Sessions { get; }

    /// <summary>What the writer does to the audit log.</summary>
    public AuditTables Audit { get; }

    /// <summary>What the writer does to the settings of channels.</summary>
    public ChannelSettingsTables ChannelSettings { get; }

    /// <summary>What the writer does to operators' keys.</summary>
    public KeyTables Keys { get; }

    /// <summary>What the writer does to sanctions.</summary>
    public SanctionTables Sanctions { get; }

    /// <summary>What the writer does to remove messages.</summary>
    public RemovalTables Removal { get; }

    /// <summary>
    /// How many rows this connection has written so far, failed transactions included: tells whether a commit had anything to write.
    /// </summary>
    public int WrittenRows => raw.sqlite3_total_changes(_database);

    /// <summary>Runs writes in one transaction: when this returns, all of them are on the disk; when it throws, none counts.</summary>
    /// <remarks>
    /// If the disk fails in the very act of a commit and the power then goes before the next one, SQLite may find the batch whole at the next
    /// start. No seq is given twice even so, and whoever sends such a message again with its client message id gets it back.
    /// </remarks>
    public void Transact(List<WriteRequest> batch)
    {
        Audit.Begin();
        try
        {
            _transaction.Run((Tables: this, Batch: batch), static write =>
            {
                foreach (var request in write.Batch) request.Apply(write.Tables);
            });
        }
        catch
        {
            _heads.Clear();      // they count messages that are not there
            throw;
        }
    }

    public AppendResult Append(MessageDraft draft)
    {
        if (Head(draft.Conversation) is not { } head)
        {
            return Repeated(draft) ?? throw new ConversationClosedException(draft.Conversation);
        }

        AnsweredMessage? answered = null;
        if (draft.ReplyTo is { } seq && (answered = Answered(draft.Conversation, seq)) is null)
        {
            return Repeated(draft) ?? throw new MessageMissingException(seq);
        }

        var message = new ChatMessage(
            draft.Conversation, head + 1, draft.Author, draft.Origin, draft.SentAt.ToUniversalTime(), draft.Text, draft.ClientMessageId)
        { ReplyTo = answered };
        _insert.Bind(1, message.Conversation.Value).Bind(2, message.Seq)
            .Bind(3, message.Author.Name.Value).Bind(4, message.Author.Session.Value)
            .Bind(5, OriginColumn.From(message.Origin)).Bind(6, TimeColumn.From(message.SentAt))
            .Bind(7, message.Text).Bind(8, message.ClientMessageId)
            .Bind(9, ++_lastId);
        if (answered is { } answer) _insert.Bind(10, answer.Seq).Bind(11, answer.Author.Value);
        else _insert.Bind(10, null).Bind(11, null);
        _insert.Execute();
        if (raw.sqlite3_changes(_database) == 0) return Repeated(draft)!.Value;
        _heads[draft.Conversation] = message.Seq;
        return new AppendResult(message, Repeated: false);
    }

    public LoggedConversation Open(ChannelName name, DateTimeOffset now)
    {
        _find.Bind(1, name.Key);
        if (_find.First(Rows.Conversation) is { } open) return open;
        _open.Bind(1, name.Value).Bind(2, name.Key).Bind(3, TimeColumn.From(now)).Execute();
        var id = new ConversationId(raw.sqlite3_last_insert_rowid(_database));
        _heads[id] = 0;
        return new LoggedConversation(id, name, now.ToUniversalTime(), ClosedAt: null, FirstSeq: 1, LastSeq: 0, Rev: 0);
    }

    /// <returns>Whether it was open.</returns>
    public bool Close(ConversationId conversation, DateTimeOffset now)
    {
        _heads.Remove(conversation);
        _close.Bind(1, conversation.Value).Bind(2, TimeColumn.From(now)).Execute();
        return raw.sqlite3_changes(_database) > 0;
    }

    /// <summary>Changes a message, or says why not.</summary>
    public ChangeResult Change(MessageChange change)
    {
        if (Head(change.Conversation) is null) throw new ConversationClosedException(change.Conversation);
        var result = _changes.Change(change);
        if (result.Outcome == ChangeOutcome.Changed && change is Deletion { Record: { } record }) Audit.Record(record(result.Message!));
        return result;
    }

    /// <summary>Writes what a batch of messages would and takes it back: fails if the disk has no room for it.</summary>
    public void Probe()
    {
        _fill.Bind(1, ProbeBytes).Execute();
        _empty.Execute();
    }

    public void Dispose()
    {
        foreach (var statement in _all) statement.Dispose();
        _transaction.Dispose();
        Sessions.Dispose();
        Audit.Dispose();
        ChannelSettings.Dispose();
        Keys.Dispose();
        Sanctions.Dispose();
        Removal.Dispose();
        _changes.Dispose();
    }

    /// <returns>Null if the conversation is not open.</returns>
    private long? Head(ConversationId conversation)
    {
        if (_heads.TryGetValue(conversation, out var known)) return known;
        if (!_isOpen.Bind(1, conversation.Value).First(static _ => true)) return null;
        return _heads[conversation] = _head.Bind(1, conversation.Value).First(static row => row.Int64(0));
    }

    private AnsweredMessage? Answered(ConversationId conversation, long seq) =>
        _answered.Bind(1, conversation.Value).Bind(2, seq).First(static row => row.Text(0)) is { } name ? new AnsweredMessage(seq, Rows.Username(name)) : null;

    private AppendResult? Repeated(MessageDraft draft)
    {
        if (draft.ClientMessageId is null) return null;
        _repeated.Bind(1, draft.Author.Session.Value).Bind(2, draft.ClientMessageId);
        return _repeated.First(Rows.Message) is { } message ? new AppendResult(_changes.WithReactions(message), Repeated: true) : null;
    }
}
