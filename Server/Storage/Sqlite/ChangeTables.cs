using KaiChat.Server.Chat;
using KaiChat.Shared.Contracts;
using Microsoft.Data.Sqlite;

namespace KaiChat.Server.Storage.Sqlite;

/// <summary>What the writer does to change messages. Only its thread comes here; the conversation is known to be open.</summary>
internal sealed class ChangeTables : IDisposable
{
    private readonly SqliteStatement _find, _raise, _edit, _delete, _touch, _firstVersion, _version, _forgetOldest, _forgetVersions, _forgetReactions, _unindex;
    private readonly SqliteStatement _react, _unreact, _reacted, _reactions;
    private readonly SqliteStatement[] _all;
    private readonly ReactionReader _reactionReader;

    public ChangeTables(SqliteConnection connection)
    {
        SqliteStatement Prepare(string sql) => new(connection, sql);
        _all =
        [
            _find = Prepare($"SELECT {Rows.MessageColumns}, id FROM messages WHERE conversation = ?1 AND seq = ?2"),
            _raise = Prepare("UPDATE conversations SET rev = rev + 1 WHERE id = ?1 RETURNING rev"),
            _edit = Prepare("UPDATE messages SET text = ?2, edited_at = ?3, rev = ?4 WHERE id = ?1"),
            _delete = Prepare("UPDATE messages SET text = '', deleted_at = ?2, rev = ?3, deleted_by = ?4 WHERE id = ?1"),
            _touch = Prepare("UPDATE messages SET rev = ?2 WHERE id = ?1"),
            // Before its first edit a message is its only version.
            _firstVersion = Prepare(
                """
                INSERT INTO message_versions SELECT id, 1, text, sent_at FROM messages WHERE id = ?1
                    AND NOT EXISTS (SELECT 1 FROM message_versions WHERE message = ?1)
                """),
            _version = Prepare(
                """
                INSERT INTO message_versions SELECT ?1, max(version) + 1, ?2, ?3 FROM message_versions WHERE message = ?1 RETURNING version
                """),
            _forgetOldest = Prepare("DELETE FROM message_versions WHERE message = ?1 AND version <= ?2"),
            _forgetVersions = Prepare("DELETE FROM message_versions WHERE message = ?1"),
            _forgetReactions = Prepare("DELETE FROM reactions WHERE message = ?1"),
            _unindex = Prepare("INSERT INTO unindexed (id, rev) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET rev = excluded.rev"),
            _react = Prepare("INSERT INTO reactions (message, emoji, session, name, at) VALUES (?1, ?2, ?3, ?4, ?5)"),
            _unreact = Prepare("DELETE FROM reactions WHERE message = ?1 AND emoji = ?2 AND session = ?3"),
            _reacted = Prepare("SELECT 1 FROM reactions WHERE message = ?1 AND emoji = ?2 AND session = ?3"),
            _reactions = Prepare("SELECT count(*), count(DISTINCT emoji), count(*) FILTER (WHERE emoji = ?2) FROM reactions WHERE message = ?1"),
        ];
        _reactionReader = new ReactionReader(connection);
    }

    /// <summary>Makes a change that may be made.</summary>
    public ChangeResult Change(MessageChange change)
    {
        var id = 0L;
        var found = _find.Bind(1, change.Conversation.Value).Bind(2, change.Seq).First(row =>
        {
            id = row.Int64(Rows.MessageColumnCount);
            return Rows.Message(row);
        });
        if (found is not { } message) return new ChangeResult(ChangeOutcome.Missing);
        if (change is not (ReactionChange or Deletion { ByOperator: true }) && message.Author.Session != change.By.Session) return new ChangeResult(ChangeOutcome.NotTheAuthor);
        if (message.DeletedAt is not null) return change is Deletion ? new ChangeResult(ChangeOutcome.Unchanged, message) : new ChangeResult(ChangeOutcome.Missing);
        var outcome = change switch
        {
            TextEdit edit => Edit(id, message, edit),
            Deletion deletion => Delete(id, deletion),
            ReactionChange reaction => React(id, reaction),
            _ => throw new ArgumentException($"{change.GetType().Name} is no change of a message.", nameof(change)),
        };
        return outcome is ChangeOutcome.Changed or ChangeOutcome.Unchanged ? new ChangeResult(outcome, Present(change)) : new ChangeResult(outcome);
    }

    /// <summary>The reactions of a message that was read by the writer.</summary>
    public ChatMessage WithReactions(ChatMessage message) => _reactionReader.Of(message);

    public void Dispose()
    {
        foreach (var statement in _all) statement.Dispose();
        _reactionReader.Dispose();
    }

    private ChangeOutcome Edit(long id, ChatMessage message, TextEdit edit)
    {
        if (message.SentAt < edit.SentSince) return ChangeOutcome.TooLate;
        if (message.Text == edit.Text) return ChangeOutcome.Unchanged;
        var rev = Raise(edit);
        var at = TimeColumn.From(edit.At);
        _firstVersion.Bind(1, id).Execute();
        _edit.Bind(1, id).Bind(2, edit.Text).Bind(3, at).Bind(4, rev).Execute();
        var version = _version.Bind(1, id).Bind(2, edit.Text).Bind(3, at).First(static row => row.Int64(0));
        if (version > LogReader.MostVersions) _forgetOldest.Bind(1, id).Bind(2, version - LogReader.MostVersions).Execute();
        _unindex.Bind(1, id).Bind(2, rev).Execute();
        return ChangeOutcome.Changed;
    }

    private ChangeOutcome Delete(long id, Deletion deletion)
    {
        var rev = Raise(deletion);
        _delete.Bind(1, id).Bind(2, TimeColumn.From(deletion.At)).Bind(3, rev).Bind(4, DeleterColumn.From(deletion.ByOperator ? Deleter.Moderator : Deleter.Author)).Execute();
        _forgetVersions.Bind(1, id).Execute();
        _forgetReactions.Bind(1, id).Execute();
        _unindex.Bind(1, id).Bind(2, rev).Execute();
        return ChangeOutcome.Changed;
    }

    private ChangeOutcome React(long id, ReactionChange reaction)
    {
        var session = reaction.By.Session.Value;
        if (_reacted.Bind(1, id).Bind(2, reaction.Emoji).Bind(3, session).First(static _ => true) == reaction.On) return ChangeOutcome.Unchanged;
        if (reaction.On)
        {
            var (all, kinds, same) = _reactions.Bind(1, id).Bind(2, reaction.Emoji).First(static row => (row.Int64(0), row.Int64(1), row.Int64(2)));
            if (all >= ReactionChange.MostReactions || (same == 0 && kinds >= ReactionChange.MostKinds)) return ChangeOutcome.TooMany;
            _react.Bind(1, id).Bind(2, reaction.Emoji).Bind(3, session).Bind(4, reaction.By.Name.Value).Bind(5, TimeColumn.From(reaction.At)).Execute();
        }
        else
        {
            _unreact.Bind(1, id).Bind(2, reaction.Emoji).Bind(3, session).Execute();
        }

        _touch.Bind(1, id).Bind(2, Raise(reaction)).Execute();
        return ChangeOutcome.Changed;
    }

    /// <returns>The conversation's next revision.</returns>
    private long Raise(MessageChange change) => _raise.Bind(1, change.Conversation.Value).First(static row => row.Int64(0));

    private ChatMessage Present(MessageChange change) => WithReactions(_find.Bind(1, change.Conversation.Value).Bind(2, change.Seq).First(Rows.Message)!);
}
