using KaiChat.Server.Storage;
using KaiChat.Shared.Names;

namespace KaiChat.Server.Chat;

/// <summary>A change of a message on its way to the log, which says whether it may be.</summary>
/// <param name="Conversation">Where the message is.</param>
/// <param name="Seq">Which message.</param>
/// <param name="By">Who changes it.</param>
/// <param name="At">When, UTC.</param>
internal abstract record MessageChange(ConversationId Conversation, long Seq, Author By, DateTimeOffset At)
{
    /// <summary>Whoever acts with an admin key and is no user: under a session that none has, and a name that is shown to nobody.</summary>
    public static Author AnOperator { get; } = new(new SessionId(0), Username.TryParse("operator", out var name, out _) ? name : throw new InvalidOperationException());
}

/// <summary>Another text. Only its author may, and only if the message was sent at <paramref name="SentSince"/> or later.</summary>
internal sealed record TextEdit(ConversationId Conversation, long Seq, Author By, DateTimeOffset At, string Text, DateTimeOffset SentSince)
    : MessageChange(Conversation, Seq, By, At);

/// <summary>Deleting it, for good. Only its author may, and operators.</summary>
internal sealed record Deletion(ConversationId Conversation, long Seq, Author By, DateTimeOffset At) : MessageChange(Conversation, Seq, By, At)
{
    /// <summary>Whether an operator does it, who need not be the author.</summary>
    public bool ByOperator => Record is not null;

    /// <summary>What is recorded of the deleted message in the same transaction, if an operator does it.</summary>
    public Func<ChatMessage, AuditEntry>? Record { get; init; }
}

/// <summary>A reaction that comes or goes.</summary>
/// <param name="Emoji">Which, already checked.</param>
/// <param name="On">Whether it comes.</param>
internal sealed record ReactionChange(ConversationId Conversation, long Seq, Author By, DateTimeOffset At, string Emoji, bool On)
    : MessageChange(Conversation, Seq, By, At)
{
    /// <summary>The most kinds of reactions to one message.</summary>
    public const int MostKinds = 50;

    /// <summary>The most reactions to one message: a page of messages must be read in one go.</summary>
    public const int MostReactions = 1_000;
}

/// <summary>A text that a message had or has.</summary>
/// <param name="Text">The text.</param>
/// <param name="At">Since when it was so, UTC.</param>
internal sealed record TextVersion(string Text, DateTimeOffset At);
