namespace KaiChat.Shared.Contracts;

/// <summary>What a client needs to show a channel: the answer to <see cref="IChatHub.Join"/> and <see cref="IChatHub.Resume"/>.</summary>
/// <param name="Channel">The channel's name, in the spelling of whoever opened it; events name it so.</param>
/// <param name="Incarnation">Which life of the channel this is, opaque. A channel that closed and was opened again is a new one: what a client holds of the old one is not its history.</param>
/// <param name="Members">Who is in it, the caller included.</param>
/// <param name="Messages">The latest messages, or with <see cref="IChatHub.Resume"/> those after the given seq; oldest first.</param>
/// <param name="LastSeq">The seq of the newest message; 0 if there is none.</param>
/// <param name="FirstSeq">The lowest seq that is left: what a client holds from before is gone for good. Above <paramref name="LastSeq"/> if there is no message.</param>
/// <param name="HasEarlier">True if the channel has messages before the first of <paramref name="Messages"/>.</param>
/// <param name="Gap">
/// With <see cref="IChatHub.Resume"/>: true if more is missing than <paramref name="Messages"/> brings. The rest is to be had with <see cref="IChatHub.History"/>, unless
/// <paramref name="HasEarlier"/> is false: then it is gone, and with it what the client holds from before.
/// </param>
/// <param name="LastRead">The seq through which the user has read the channel; for a newcomer, the newest message when it came.</param>
/// <param name="Rev">The channel's revision: how often its messages have changed. <see cref="IChatHub.Changes"/> tells what changed after it.</param>
/// <param name="Settings">What operators have settled for it.</param>
/// <param name="Mute">Why the user cannot post in it; null if it can.</param>
public sealed record ChannelSnapshot(
    string Channel,
    string Incarnation,
    IReadOnlyList<Member> Members,
    IReadOnlyList<Message> Messages,
    long LastSeq,
    long FirstSeq,
    bool HasEarlier,
    bool Gap,
    long LastRead,
    long Rev,
    ChannelSettings Settings,
    Mute? Mute);

/// <summary>A piece of a channel's history: the answer to <see cref="IChatHub.History"/> and its like.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Messages">The messages, oldest first.</param>
/// <param name="HasEarlier">True if there are messages before the first of them.</param>
/// <param name="HasLater">True if there were messages after the last of them.</param>
public sealed record HistoryPage(string Channel, IReadOnlyList<Message> Messages, bool HasEarlier, bool HasLater);
