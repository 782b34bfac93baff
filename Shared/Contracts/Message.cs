using System.Text.Json.Serialization;

namespace KaiChat.Shared.Contracts;

/// <summary>One message, as the hub and the REST API show it.</summary>
/// <param name="Channel">The channel's name, in the spelling of whoever opened it.</param>
/// <param name="Seq">Its place in the channel: 1, 2, 3, ... without a gap.</param>
/// <param name="Id">Its identity on this server, opaque.</param>
/// <param name="Author">The author's username at that time.</param>
/// <param name="AuthorId">The author's session, opaque: who wrote it is decided by this, never by the name.</param>
/// <param name="Origin">The kind of client it came from.</param>
/// <param name="SentAt">When the server took it, UTC.</param>
/// <param name="Text">The text as it is now: any Unicode, line breaks as <c>\n</c>, no other control characters but tab. Empty if the message was deleted.</param>
/// <param name="ClientMessageId">The id its author's client gave it, if it gave one: how a client finds its own pending message again.</param>
/// <param name="NativeText">What v1 clients see, one line a PDU, if that differs from <paramref name="Text"/>; otherwise absent. An answer has <c>@name: </c> in front
/// for them, with the name of who wrote the message it answers; where that is all that differs, it is absent too.</param>
/// <param name="ReplyTo">The seq of the message it answers, in the same channel; absent if it answers none. That message may be gone by now.</param>
/// <param name="EditedAt">When its author last changed the text, UTC; absent if never.</param>
/// <param name="DeletedAt">When it was deleted, UTC: text and reactions are gone for good, and nothing changes it any more. Absent if it is there.</param>
/// <param name="DeletedBy">Who deleted it; absent if it is there.</param>
/// <param name="Reactions">Its reactions in the order in which each kind came first; absent if there are none.</param>
/// <param name="Rev">The channel's revision at which it last changed; absent if it never did. Of two states of a message the one with the higher revision is newer.</param>
public sealed record Message(
    string Channel,
    long Seq,
    string Id,
    string Author,
    string AuthorId,
    Origin Origin,
    DateTimeOffset SentAt,
    string Text,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ClientMessageId = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? NativeText = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? ReplyTo = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? EditedAt = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? DeletedAt = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Deleter? DeletedBy = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Reaction>? Reactions = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Rev = null);

/// <summary>Who deletes messages.</summary>
[JsonConverter(typeof(WordConverter<Deleter>))]
public enum Deleter
{
    /// <summary>Its author.</summary>
    [JsonStringEnumMemberName("author")]
    Author,

    /// <summary>An operator.</summary>
    [JsonStringEnumMemberName("moderator")]
    Moderator,
}

/// <summary>One kind of reaction to a message.</summary>
/// <param name="Emoji">Which: one emoji, as its reader sees it.</param>
/// <param name="Count">How many users reacted with it.</param>
/// <param name="By">Their sessions (see <see cref="Member.Id"/>), the first 50 of them, oldest first.</param>
public sealed record Reaction(string Emoji, int Count, IReadOnlyList<string> By);

/// <summary>A text that a message had, or has.</summary>
/// <param name="Text">The text.</param>
/// <param name="At">Since when it was so, UTC.</param>
public sealed record MessageVersion(string Text, DateTimeOffset At);

/// <summary>Why an operator deleted a message: an item of the answer to <see cref="IChatHub.RemovalReasons"/>.</summary>
/// <param name="Seq">The message.</param>
/// <param name="Reason">The reason, at most 200 characters; null if the operator gave none.</param>
public sealed record RemovalReason(long Seq, string? Reason);

/// <summary>What changed in a channel: the answer to <see cref="IChatHub.Changes"/>.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Messages">The messages that changed, each as it is now, in order of <see cref="Message.Rev"/>; at most 200, fewer if they are long.</param>
/// <param name="Rev">The revision through which this tells everything; if <paramref name="Gap"/>, the channel's revision now.</param>
/// <param name="Gap">True if more changed than this tells: reload what is shown.</param>
public sealed record ChangesPage(string Channel, IReadOnlyList<Message> Messages, long Rev, bool Gap);
