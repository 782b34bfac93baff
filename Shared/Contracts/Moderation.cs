using System.Text.Json.Serialization;

namespace KaiChat.Shared.Contracts;

/// <summary>What is taken from a user.</summary>
[JsonConverter(typeof(WordConverter<SanctionKind>))]
public enum SanctionKind
{
    // None has the number 0, which is what a request without a kind reads as.

    /// <summary>It may not come in: to the server, or to one channel.</summary>
    [JsonStringEnumMemberName("ban")]
    Ban = 1,

    /// <summary>It may read, and neither post nor change anything: anywhere, or in one channel.</summary>
    [JsonStringEnumMemberName("mute")]
    Mute = 2,
}

/// <summary>A ban or a mute.</summary>
/// <param name="Id">Its id, opaque.</param>
/// <param name="Kind">What is taken.</param>
/// <param name="Username">Whom it meets by name, letter case ignored; null if by address only.</param>
/// <param name="Network">Whom it meets by address: one address, or a network in CIDR notation; null if by name only. With both, either is enough.</param>
/// <param name="Channel">Where it holds; null: on the whole server.</param>
/// <param name="Reason">Why, as the user is told.</param>
/// <param name="By">Who decided it.</param>
/// <param name="From">Since when, UTC.</param>
/// <param name="Until">Until when, UTC; null: until it is lifted.</param>
public sealed record Sanction(
    string Id, SanctionKind Kind, string? Username, string? Network, string? Channel, string Reason, string By, DateTimeOffset From, DateTimeOffset? Until);

/// <summary>A ban or a mute that an operator asks for from the chat.</summary>
/// <param name="Kind">What is to be taken.</param>
/// <param name="Username">Whom it is to meet. For somebody who is not signed in it holds by name.</param>
/// <param name="ByAddress">Whether it meets the present address of that user, too: everybody behind the same router.</param>
/// <param name="Channel">Where it is to hold; null: on the whole server.</param>
/// <param name="Minutes">How long, 1 to 5,256,000 (ten years); null: until it is lifted.</param>
/// <param name="Reason">Why, as the user is told; 1 to 200 characters.</param>
public sealed record SanctionRequest(SanctionKind Kind, string Username, bool ByAddress, string? Channel, int? Minutes, string Reason);

/// <summary>What a page tells a user who was put out of a channel.</summary>
/// <param name="Channel">Where.</param>
/// <param name="By">Who did it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Until">Until when it cannot come back, UTC; the end of the year 9999: until its ban is lifted. Null: it can at once.</param>
public sealed record Kick(string Channel, string By, string Reason, DateTimeOffset? Until);

/// <summary>Why a user cannot post.</summary>
/// <param name="By">Who decided it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Until">Until when, UTC; null: until it is lifted.</param>
public sealed record Mute(string By, string Reason, DateTimeOffset? Until);
