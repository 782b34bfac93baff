namespace KaiChat.Shared.Contracts;

/// <summary>An open channel.</summary>
/// <param name="Name">Its name, in the spelling of whoever opened it.</param>
/// <param name="Incarnation">Which life of the channel this is, opaque: see <see cref="ChannelSnapshot.Incarnation"/>.</param>
/// <param name="OpenedAt">When this life began, UTC.</param>
/// <param name="LastSeq">The seq of its newest message, which is also how many it has; 0 if there is none.</param>
/// <param name="Counts">How many members it has.</param>
public sealed record ChannelInfo(string Name, string Incarnation, DateTimeOffset OpenedAt, long LastSeq, KindCounts Counts);

/// <summary>An open channel with its members.</summary>
/// <param name="Name">Its name, in the spelling of whoever opened it.</param>
/// <param name="Incarnation">Which life of the channel this is, opaque: see <see cref="ChannelSnapshot.Incarnation"/>.</param>
/// <param name="OpenedAt">When this life began, UTC.</param>
/// <param name="LastSeq">The seq of its newest message, which is also how many it has; 0 if there is none.</param>
/// <param name="Counts">How many members it has.</param>
/// <param name="Members">The first 200 members, in order of username; <c>/members</c> has all.</param>
public sealed record ChannelDetails(
    string Name,
    string Incarnation,
    DateTimeOffset OpenedAt,
    long LastSeq,
    KindCounts Counts,
    IReadOnlyList<Member> Members);

/// <summary>How many of each kind.</summary>
/// <param name="Total">All of them.</param>
/// <param name="Web">Browsers.</param>
/// <param name="Native">Native clients.</param>
public sealed record KindCounts(int Total, int Web, int Native);
