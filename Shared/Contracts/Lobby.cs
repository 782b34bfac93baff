using System.Text.Json.Serialization;

namespace KaiChat.Shared.Contracts;

/// <summary>What anybody may see of the place before signing in.</summary>
/// <param name="Title">Its name.</param>
/// <param name="Description">One sentence on what it is.</param>
/// <param name="Channels">Its open channels, those with most members first; empty if the operators do not want them listed.</param>
/// <param name="UsernameRules">What a username may be.</param>
public sealed record LobbyInfo(string Title, string Description, IReadOnlyList<LobbyChannel> Channels, UsernameRules UsernameRules);

/// <summary>An open channel.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Topic">One line on what it is about; empty if nobody said.</param>
/// <param name="Counts">How many members it has.</param>
public sealed record LobbyChannel(string Name, string Topic, KindCounts Counts);

/// <summary>What a username may be: printable ASCII, no space at either end, no <c>@</c> in front, none of the reserved ones in any letter case.</summary>
/// <param name="MinLength">The fewest characters.</param>
/// <param name="MaxLength">The most characters.</param>
/// <param name="Reserved">Names that nobody can have.</param>
public sealed record UsernameRules(int MinLength, int MaxLength, IReadOnlyList<string> Reserved);

/// <summary>Whether a username can be had.</summary>
/// <param name="Username">The name.</param>
/// <param name="Free">Whether nobody has it now, and it breaks no rule.</param>
/// <param name="Code">Why not: <see cref="ErrorCodes.UsernameInvalid"/> or <see cref="ErrorCodes.UsernameTaken"/>; absent if it can be had.</param>
/// <param name="Sentence">Why not, in words; absent if it can be had.</param>
public sealed record UsernameCheck(
    string Username,
    bool Free,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Code = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Sentence = null);
