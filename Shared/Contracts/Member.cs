using System.Text.Json.Serialization;

namespace KaiChat.Shared.Contracts;

/// <summary>A user in a channel.</summary>
/// <param name="Id">The user's session, opaque; equals <see cref="Message.AuthorId"/> of its messages.</param>
/// <param name="Username">The name, unique on the server ignoring case.</param>
/// <param name="Origin">The kind of client.</param>
/// <param name="Presence">Whether the user is there right now.</param>
/// <param name="Operator">Whether the user has shown an operator's key.</param>
public sealed record Member(string Id, string Username, Origin Origin, Presence Presence, bool Operator);

/// <summary>What members of a channel may know of each other beyond <see cref="Member"/>.</summary>
/// <param name="Since">Since when the session is there, UTC: signed in, come back after it was gone, or since the server's last start.</param>
/// <param name="Tls">Native clients: whether the connection is encrypted, as the server sees it. Null: a browser, or the connection is just ending.</param>
/// <param name="LastPollAt">Native clients: when it last asked for news, UTC. Null: a browser, or it has not asked yet.</param>
public sealed record MemberProfile(DateTimeOffset Since, bool? Tls, DateTimeOffset? LastPollAt);

/// <summary>Whether a member is there right now.</summary>
[JsonConverter(typeof(WordConverter<Presence>))]
public enum Presence
{
    /// <summary>Connected; a native client polls.</summary>
    [JsonStringEnumMemberName("live")]
    Live,

    /// <summary>A native client that missed two polls (its user may be typing), or a browser that lost its connection and may come back.</summary>
    [JsonStringEnumMemberName("late")]
    Late,
}
