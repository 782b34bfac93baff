using System.Globalization;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.Names;

namespace KaiChat.Server.Chat;

/// <summary>One life of a channel, from its opening to its closing. Never used twice.</summary>
/// <param name="Value">The log's number for it, from 1.</param>
internal readonly record struct ConversationId(long Value)
{
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>One signed-in user. Random, never used twice; no secret.</summary>
/// <param name="Value">63 random bits.</param>
internal readonly record struct SessionId(long Value)
{
    public static SessionId New() => new(BitConverter.ToInt64(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8)) & long.MaxValue);

    public override string ToString() => Value.ToString("x16", CultureInfo.InvariantCulture);

    public static bool TryParse(string? text, out SessionId id)
    {
        var valid = long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) && text!.Length == 16 && value >= 0;
        id = new SessionId(valid ? value : 0);
        return valid;
    }
}

/// <summary>Who wrote a message: the session that counts and the name that is shown.</summary>
internal readonly record struct Author(SessionId Session, Username Name);

/// <summary>A message on its way to the log, which numbers it.</summary>
/// <param name="Conversation">Where to.</param>
/// <param name="Author">Who from.</param>
/// <param name="Origin">The kind of client it came from.</param>
/// <param name="SentAt">When the server took it, UTC.</param>
/// <param name="Text">The text, already checked and normalised.</param>
/// <param name="ClientMessageId">The client's own id for it; null for front-ends that have none.</param>
/// <param name="ReplyTo">The seq of the message it answers; null if it answers none.</param>
internal sealed record MessageDraft(
    ConversationId Conversation, Author Author, Origin Origin, DateTimeOffset SentAt, string Text, string? ClientMessageId, long? ReplyTo = null);

/// <summary>A message in the log, in the state it had when it was read. Immutable, shared by all who read it; a change makes another one.</summary>
/// <param name="Seq">Its place in the conversation: 1, 2, 3, ... without a gap.</param>
internal sealed record ChatMessage(
    ConversationId Conversation, long Seq, Author Author, Origin Origin, DateTimeOffset SentAt, string Text, string? ClientMessageId)
{
    /// <summary>Its identity on this server, as clients see it.</summary>
    public string Id => $"{Conversation}-{Seq}";

    /// <summary>What it answers; null if nothing.</summary>
    public AnsweredMessage? ReplyTo { get; init; }

    /// <summary>When its text was last changed, UTC; null if never.</summary>
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>When it was deleted, UTC: then its text is empty and it has no reactions, for good. Null if it is there.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>Who deleted it; null if it is there.</summary>
    public Deleter? DeletedBy { get; init; }

    /// <summary>Its reactions, by kind, in the order in which each kind came first.</summary>
    public IReadOnlyList<MessageReaction> Reactions { get; init; } = [];

    /// <summary>The conversation's revision at which it last changed; 0 if it never did. Of two states the one with the higher is newer.</summary>
    public long Rev { get; init; }
}

/// <summary>The message that another one answers.</summary>
/// <param name="Seq">Its place in the same conversation; it may be gone by now.</param>
/// <param name="Author">Its author's name.</param>
internal readonly record struct AnsweredMessage(long Seq, Username Author);

/// <summary>One kind of reaction to a message.</summary>
/// <param name="Emoji">Which.</param>
/// <param name="Count">How many users.</param>
/// <param name="By">The first <see cref="MostNamed"/> of them, oldest first.</param>
internal sealed record MessageReaction(string Emoji, int Count, IReadOnlyList<SessionId> By)
{
    /// <summary>The most users that are named.</summary>
    public const int MostNamed = 50;
}
