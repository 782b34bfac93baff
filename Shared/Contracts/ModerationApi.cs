namespace KaiChat.Shared.Contracts;

/// <summary>The body of <c>POST /api/v1/bans</c> and <c>/mutes</c>.</summary>
/// <param name="Username">Whom it is to meet by name, letter case ignored. A name, a network or both.</param>
/// <param name="Network">Whom it is to meet by address: an IP address, or a network in CIDR notation of at least 8 bits (IPv6: 16).</param>
/// <param name="Channel">Where it is to hold, with or without its <c>@</c>; absent: on the whole server.</param>
/// <param name="Reason">Why, as the user is told: one line of 1 to 200 characters.</param>
/// <param name="Until">Until when; absent: until it is lifted. Not together with <paramref name="Minutes"/>.</param>
/// <param name="Minutes">How long, 1 to 5,256,000.</param>
public sealed record ImposeRequest(string? Username, string? Network, string? Channel, string? Reason, DateTimeOffset? Until, int? Minutes);

/// <summary>Whom a ban or a mute would hit now.</summary>
/// <param name="Hits">Each user, in order of name.</param>
public sealed record SanctionPreview(IReadOnlyList<SanctionHit> Hits);

/// <summary>A user whom a ban or a mute would hit.</summary>
/// <param name="Username">Who.</param>
/// <param name="ConnectionIds">Its open connections; none if a browser's user may come back.</param>
/// <param name="Address">Where it is connected from, or was last; null if that is not known.</param>
/// <param name="Origin">The kind of client.</param>
public sealed record SanctionHit(string Username, IReadOnlyList<string> ConnectionIds, string? Address, Origin Origin);

/// <summary>Whether somebody would be stopped.</summary>
/// <param name="Stopped">Whether.</param>
/// <param name="Sanction">By which rule; of several, the one that holds longest. Null if by none.</param>
public sealed record SanctionCheck(bool Stopped, Sanction? Sanction);

/// <summary>The body of <c>POST /api/v1/channels/{name}/kicks</c>.</summary>
/// <param name="Username">Who is to be put out.</param>
/// <param name="Reason">Why, as the user is told: one line of 1 to 200 characters.</param>
/// <param name="Minutes">How long it cannot come back, 1 to 5,256,000: a ban in the channel. Absent: it can at once.</param>
public sealed record KickRequest(string? Username, string? Reason, int? Minutes);

/// <summary>A signed-in user, as operators see it.</summary>
/// <param name="Id">Its session, opaque; equals <see cref="Message.AuthorId"/> of its messages.</param>
/// <param name="Username">Its name.</param>
/// <param name="Origin">The kind of client.</param>
/// <param name="StartedAt">Since when, UTC; of a browser's, since it last came back from a long absence or the server started.</param>
/// <param name="Presence">Whether it is there right now.</param>
/// <param name="Operator">Whether it has shown an operator's key.</param>
/// <param name="Channels">The channels it is in, by name.</param>
/// <param name="Addresses">Where it is connected from, or was last.</param>
/// <param name="ConnectionIds">Its open connections: of a browser's, its tabs.</param>
/// <param name="MutedUntil">Until when it is muted on the whole server, UTC; the end of the year 9999: until that is lifted. Null if it is not.</param>
public sealed record SessionInfo(
    string Id,
    string Username,
    Origin Origin,
    DateTimeOffset StartedAt,
    Presence Presence,
    bool Operator,
    IReadOnlyList<string> Channels,
    IReadOnlyList<string> Addresses,
    IReadOnlyList<string> ConnectionIds,
    DateTimeOffset? MutedUntil);

/// <summary>What is restricted for all, against an attack.</summary>
/// <param name="Level">0 (nothing) to 3.</param>
/// <param name="Name">Its name.</param>
/// <param name="Effect">What it does.</param>
/// <param name="Until">When it falls back to 0, UTC; null: when it is set again.</param>
/// <param name="Levels">All levels there are.</param>
public sealed record RaidLevelInfo(int Level, string Name, string Effect, DateTimeOffset? Until, IReadOnlyList<RaidLevelChoice> Levels);

/// <summary>A raid level there is.</summary>
/// <param name="Level">0 to 3.</param>
/// <param name="Name">Its name.</param>
/// <param name="Effect">What it does.</param>
public sealed record RaidLevelChoice(int Level, string Name, string Effect);

/// <summary>The body of <c>PUT /api/v1/raid-level</c>.</summary>
/// <param name="Level">0 to 3.</param>
/// <param name="Minutes">After how many minutes it falls back to 0 by itself, 1 to 5,256,000; absent: never.</param>
public sealed record RaidLevelRequest(int? Level, int? Minutes);

/// <summary>The body of <c>POST /api/v1/notices</c>.</summary>
/// <param name="Text">What is told, 1 to 500 characters.</param>
/// <param name="Channel">To whom: those in this channel, with or without its <c>@</c>; absent: all.</param>
/// <param name="Kind">To whom: only users of this kind of client; absent: all.</param>
/// <param name="Dismissible">Whether users may put it away; default true. Native clients show it as a message in any case.</param>
/// <param name="SendAt">When it is told, with an offset or in UTC, at most 366 days ahead; absent: at once.</param>
public sealed record NoticeRequest(string? Text, string? Channel, Origin? Kind, bool? Dismissible, DateTimeOffset? SendAt);

/// <summary>What a notice comes to.</summary>
/// <param name="Recipients">How many users it reaches; of one that waits for its time, how many it would reach now.</param>
/// <param name="Native">How native clients see it.</param>
/// <param name="Scheduled">It, if it waits for its time; null if it has been told, or was only asked about.</param>
public sealed record NoticeReach(int Recipients, NativePreview Native, ScheduledNotice? Scheduled);

/// <summary>A notice that waits for its time.</summary>
/// <param name="Id">Its id, never given twice.</param>
/// <param name="Text">What is told.</param>
/// <param name="Channel">To whom: those who are in this channel then; null: all.</param>
/// <param name="Kind">To whom: only users of this kind of client; null: all.</param>
/// <param name="Dismissible">Whether users may put it away.</param>
/// <param name="SendAt">When it is told, UTC.</param>
/// <param name="By">Who scheduled it: the key's name.</param>
/// <param name="CreatedAt">When, UTC.</param>
public sealed record ScheduledNotice(
    string Id, string Text, string? Channel, Origin? Kind, bool Dismissible, DateTimeOffset SendAt, string By, DateTimeOffset CreatedAt);
