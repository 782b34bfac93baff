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
/// <param name="Text">The text as written: any Unicode, line breaks as <c>\n</c>, no other control characters but tab.</param>
/// <param name="ClientMessageId">The id its author's client gave it, if it gave one: how a client finds its own pending message again.</param>
/// <param name="NativeText">What v1 clients see, one line a PDU, if that differs from <paramref name="Text"/>; otherwise absent.</param>
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
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? NativeText = null);
