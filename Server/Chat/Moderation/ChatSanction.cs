using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using KaiChat.Server.Access;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.Names;

namespace KaiChat.Server.Chat.Moderation;

/// <summary>A ban or a mute.</summary>
/// <param name="Id">Its number, never used twice; 0 before it is stored.</param>
/// <param name="Kind">What is taken.</param>
/// <param name="Name">Whom it meets by name; null if by address only.</param>
/// <param name="Network">Whom it meets by address; null if by name only. With both, either is enough.</param>
/// <param name="Channel">Where it holds; null: on the whole server.</param>
/// <param name="Reason">Why, in the operator's words.</param>
/// <param name="By">Who decided it.</param>
/// <param name="From">Since when, UTC.</param>
/// <param name="Until">Until when, UTC; null: until it is lifted.</param>
internal sealed record ChatSanction(
    long Id, SanctionKind Kind, Username? Name, AddressNetwork? Network, ChannelName? Channel, string Reason, string By, DateTimeOffset From, DateTimeOffset? Until)
{
    /// <summary>Whom, for the audit log.</summary>
    public string Target => string.Join(' ', ((string?[])[Name?.Value, Network?.ToString(), Channel?.Value]).Where(part => part is not null));

    /// <summary>Who decided it, as users are told.</summary>
    public string ByAsTold => Actor.ToldOf(By);

    public bool IsOver(DateTimeOffset now) => Until <= now;

    /// <summary>Whether it is meant for this user, wherever that is.</summary>
    public bool Meets(Username name, ImmutableArray<IPAddress> addresses) =>
        name.Equals(Name) || (Network is { } network && addresses.Any(network.Contains));

    /// <summary>Whether it holds now for somebody signed in. Who has shown an operator's key is met by none.</summary>
    public bool Hits(ChatSession session) =>
        session.Operator is null && Meets(session.Name, session.Addresses) && (Channel is null || session.Channels.ContainsKey(Channel));

    public Sanction ToContract() => new(
        Id.ToString(CultureInfo.InvariantCulture), Kind, Name?.Value, Network?.ToString(), Channel?.Value, Reason, By, From, Until);

    public Mute ToMute() => new(ByAsTold, Reason, Until);
}
