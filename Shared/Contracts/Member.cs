using System.Text.Json.Serialization;

namespace KaiChat.Shared.Contracts;

/// <summary>A user in a channel.</summary>
/// <param name="Id">The user's session, opaque; equals <see cref="Message.AuthorId"/> of its messages.</param>
/// <param name="Username">The name, unique on the server ignoring case.</param>
/// <param name="Origin">The kind of client.</param>
/// <param name="Presence">Whether the user is there right now.</param>
/// <param name="Operator">Whether the user has shown an operator's key.</param>
public sealed record Member(string Id, string Username, Origin Origin, Presence Presence, bool Operator);

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
