using KaiChat.Server.Chat;
using KaiChat.Shared.Names;

namespace KaiChat.Server.Storage.Sqlite;

/// <summary>The rows of a query as what they mean.</summary>
internal static class Rows
{
    /// <summary>The columns <see cref="Message"/> reads.</summary>
    public const string MessageColumns = "conversation, seq, author, author_session, origin, sent_at, text, client_message_id, reply_to, reply_name, edited_at, deleted_at, rev, deleted_by";

    /// <summary>How many <see cref="MessageColumns"/> are: what a query adds comes behind them.</summary>
    public const int MessageColumnCount = 14;

    /// <summary>The columns <see cref="Conversation"/> reads, of a table or alias <c>c</c>.</summary>
    public const string ConversationColumns =
        "c.id, c.name, c.opened_at, c.closed_at, c.removed_through, "
        + "max(c.removed_through, coalesce((SELECT max(m.seq) FROM messages m WHERE m.conversation = c.id), 0)), c.rev";

    /// <summary>A message without its reactions, which <see cref="ReactionReader"/> adds.</summary>
    public static ChatMessage Message(SqliteStatement row)
    {
        var message = Posted(row);
        if (!row.IsNull(8)) message = message with { ReplyTo = new AnsweredMessage(row.Int64(8), Username(row.Text(9))) };
        return row.Int64(12) == 0
            ? message
            : message with { EditedAt = Time(row, 10), DeletedAt = Time(row, 11), Rev = row.Int64(12), DeletedBy = row.IsNull(11) ? null : DeleterColumn.To(row.Int64(13)) };
    }

    private static ChatMessage Posted(SqliteStatement row) => new(
        new ConversationId(row.Int64(0)),
        row.Int64(1),
        new Author(new SessionId(row.Int64(3)), Username(row.Text(2))),
        OriginColumn.To(row.Int64(4)),
        TimeColumn.To(row.Int64(5)),
        row.Text(6),
        row.IsNull(7) ? null : row.Text(7));

    public static LoggedConversation Conversation(SqliteStatement row) => new(
        new ConversationId(row.Int64(0)),
        ChannelName(row.Text(1)),
        TimeColumn.To(row.Int64(2)),
        row.IsNull(3) ? null : TimeColumn.To(row.Int64(3)),
        row.Int64(4) + 1,
        row.Int64(5),
        row.Int64(6));

    public static StoredSession Session(SqliteStatement row) =>
        new(new Author(new SessionId(row.Int64(0)), Username(row.Text(1))), TimeColumn.To(row.Int64(2)));

    private static DateTimeOffset? Time(SqliteStatement row, int column) => row.IsNull(column) ? null : TimeColumn.To(row.Int64(column));

    public static Username Username(string name) =>
        Shared.Names.Username.TryParse(name, out var username, out var error)
            ? username
            : throw new InvalidDataException($"The database holds '{name}', which is no username ({error}).");

    public static ChannelName ChannelName(string name) =>
        Shared.Names.ChannelName.TryParse(name, out var channel, out var error)
            ? channel
            : throw new InvalidDataException($"The database holds a conversation '{name}', which is no channel name ({error}).");
}
