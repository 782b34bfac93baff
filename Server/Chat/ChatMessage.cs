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
internal sealed record MessageDraft(
    ConversationId Conversation, Author Author, Origin Origin, DateTimeOffset SentAt, string Text, string? ClientMessageId);

/// <summary>A message in the log. Immutable, shared by all who read it.</summary>
/// <param name="Seq">Its place in the conversation: 1, 2, 3, ... without a gap.</param>
internal sealed record ChatMessage(
    ConversationId Conversation, long Seq, Author Author, Origin Origin, DateTimeOffset SentAt, string Text, string? ClientMessageId)
{
    /// <summary>Its identity on this server, as clients see it.</summary>
    public string Id => $"{Conversation}-{Seq}";
}
