namespace KaiChat.Shared.Contracts;

/// <summary>An open channel.</summary>
/// <param name="Name">Its name, in the spelling of whoever opened it.</param>
/// <param name="Incarnation">Which life of the channel this is, opaque: see <see cref="ChannelSnapshot.Incarnation"/>.</param>
/// <param name="OpenedAt">When this life began, UTC.</param>
/// <param name="LastSeq">The seq of its newest message, which is also how many were ever posted in this life; 0 if there was none.</param>
/// <param name="Counts">How many members it has.</param>
/// <param name="Topic">One line on what it is about; empty if nobody said.</param>
/// <param name="ReadOnly">Whether only operators may post.</param>
/// <param name="Kept">Whether it stays open without members.</param>
public sealed record ChannelInfo(
    string Name, string Incarnation, DateTimeOffset OpenedAt, long LastSeq, KindCounts Counts, string Topic, bool ReadOnly, bool Kept);

/// <summary>A channel with its settings and members.</summary>
/// <param name="Name">Its name, in the spelling of whoever opened it.</param>
/// <param name="Incarnation">Which life of the channel this is, opaque: see <see cref="ChannelSnapshot.Incarnation"/>; null: it is closed, and its name has settings.</param>
/// <param name="OpenedAt">When this life began, UTC; null: it is closed.</param>
/// <param name="LastSeq">The seq of its newest message, which is also how many were ever posted in this life; 0 if there was none.</param>
/// <param name="Counts">How many members it has.</param>
/// <param name="Topic">One line on what it is about; empty if nobody said.</param>
/// <param name="ReadOnly">Whether only operators may post.</param>
/// <param name="Native">What native members hear of changes of messages; null: as the server's configuration says.</param>
/// <param name="RetentionDays">How many days its messages are kept; null: as the server's rules say.</param>
/// <param name="Kept">Whether it stays open without members.</param>
/// <param name="Etag">The entity tag of its settings, as the <c>ETag</c> header has it and <c>If-Match</c> takes it.</param>
/// <param name="Members">The first 200 members, in order of username; <c>/members</c> has all.</param>
public sealed record ChannelDetails(
    string Name,
    string? Incarnation,
    DateTimeOffset? OpenedAt,
    long LastSeq,
    KindCounts Counts,
    string Topic,
    bool ReadOnly,
    NativePolicy? Native,
    int? RetentionDays,
    bool Kept,
    string Etag,
    IReadOnlyList<Member> Members);

/// <summary>A channel that is to stay open.</summary>
/// <param name="Name">Its name, with or without its <c>@</c>.</param>
/// <param name="Topic">One line on what it is about, at most 200 characters.</param>
/// <param name="ReadOnly">Whether only operators may post. Default false.</param>
/// <param name="Native">What native members hear of changes of messages. Default: as the server's configuration says.</param>
/// <param name="RetentionDays">How many days its messages are kept, 1 to 36,500. Default: as the server's rules say.</param>
public sealed record ChannelRequest(string Name, string? Topic = null, bool? ReadOnly = null, NativePolicy? Native = null, int? RetentionDays = null);

/// <summary>A change of a channel's settings: what is left out stays as it is, null takes a setting away.</summary>
/// <param name="Topic">One line on what it is about, at most 200 characters.</param>
/// <param name="ReadOnly">Whether only operators may post.</param>
/// <param name="Native">What native members hear of changes of messages, whole; null: as the server's configuration says.</param>
/// <param name="RetentionDays">How many days its messages are kept, 1 to 36,500; null: as the server's rules say.</param>
/// <param name="Kept">Whether it stays open without members.</param>
public sealed record ChannelUpdateRequest(string? Topic = null, bool? ReadOnly = null, NativePolicy? Native = null, int? RetentionDays = null, bool? Kept = null);

/// <summary>Which messages are to be removed for good. One of the two.</summary>
/// <param name="OlderThanDays">Those sent before so many days, 0 to 36,500, in all lives of the channel, the archive too.</param>
/// <param name="ThroughSeq">Those of the open channel through this seq.</param>
public sealed record PurgeRequest(int? OlderThanDays = null, long? ThroughSeq = null);

/// <summary>What would be removed.</summary>
/// <param name="Messages">How many messages.</param>
/// <param name="From">When the oldest of them was sent, UTC; null if there is none.</param>
/// <param name="Until">When the newest of them was sent, UTC; null if there is none.</param>
public sealed record PurgePreview(long Messages, DateTimeOffset? From, DateTimeOffset? Until);

/// <summary>Why a message is deleted.</summary>
/// <param name="Reason">Why, for the audit log; at most 200 characters.</param>
public sealed record MessageDeletionRequest(string? Reason = null);

/// <summary>How many of each kind.</summary>
/// <param name="Total">All of them.</param>
/// <param name="Web">Browsers.</param>
/// <param name="Native">Native clients.</param>
public sealed record KindCounts(int Total, int Web, int Native);
