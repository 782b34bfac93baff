using System.ComponentModel.DataAnnotations;

namespace KaiChat.Server.Chat;

/// <summary>
/// What one user, one channel and the whole server may take (section <c>Limits</c>). Every list, text, queue and wait that a peer controls ends
/// at one of these or at a limit of its own front-end.
/// </summary>
internal sealed class LimitsOptions
{
    public const string Section = "Limits";

    /// <summary>Signed-in users at a time, over all front-ends. Default 20,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxSessions { get; set; } = 20_000;

    /// <summary>
    /// Connections of native clients and browsers' tabs together from one IPv4 address, or from one /64 network of IPv6, at a time; 0: as many as come. Default 500: a school
    /// behind one address, and far from all that <c>MaxConnections</c> allows. Behind a listed proxy it is the address that the proxy names. This machine itself is not counted.
    /// </summary>
    [Range(0, 1_000_000)]
    public int ConnectionsPerAddress { get; set; } = 500;

    /// <summary>Open channels at a time. Default 10,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxChannels { get; set; } = 10_000;

    /// <summary>Channels that operators have settled something for, open or not. Default 10,000; each takes about 1 KiB.</summary>
    [Range(1, 1_000_000)]
    public int MaxSettledChannels { get; set; } = 10_000;

    /// <summary>Channels one browser user may be in at a time. Default 50; a native user is in one by its protocol, in two while it moves.</summary>
    [Range(2, 10_000)]
    public int MaxChannelsPerSession { get; set; } = 50;

    /// <summary>The longest text of a message, in UTF-16 code units. Default 10,000: about six PDUs of a native client.</summary>
    [Range(1, 100_000)]
    public int MaxTextLength { get; set; } = 10_000;

    /// <summary>The most lines of a message. Default 200: each is a PDU of 2,260 bytes to every native member, so that a short text of line breaks would become megabytes.</summary>
    [Range(1, 100_000)]
    public int MaxLines { get; set; } = 200;

    /// <summary>Messages and changes of messages a second one user may make in the long run. Default 30: no human types so fast, a pasted script is only slowed down.</summary>
    [Range(0.1, 1_000_000)]
    public double MessagesPerSecond { get; set; } = 30;

    /// <summary>Messages and changes one user may make at once before <see cref="MessagesPerSecond"/> holds. Default 60.</summary>
    [Range(1, 1_000_000)]
    public int MessageBurst { get; set; } = 60;

    /// <summary>Channels a minute one user may enter in the long run; each is told to all its members. Default 120. Coming back to one's channels after a lost connection does not count.</summary>
    [Range(1, 1_000_000)]
    public double JoinsPerMinute { get; set; } = 120;

    /// <summary>Channels one user may enter at once before <see cref="JoinsPerMinute"/> holds. Default 100: all of a user's channels after a restart, twice.</summary>
    [Range(1, 1_000_000)]
    public int JoinBurst { get; set; } = 100;

    /// <summary>How old a message may be for its author to edit it. Default 1 day; 0: messages cannot be edited. Deleting is always possible.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "36500.00:00:00")]
    public TimeSpan EditWindow { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Messages of each channel kept in memory, for native clients that poll and browsers that join. Default 200; older ones come from the log.</summary>
    [Range(1, 100_000)]
    public int FeedLength { get; set; } = 200;

    /// <summary>
    /// How long a browser session keeps its name and its channels after its last connection was lost, and how long a channel stays open for its
    /// members to come back after the server restarted. Default 2 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan ResumeGrace { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Messages and events that may wait for one browser connection that reads too slowly, before it is closed. Default 1,000.</summary>
    [Range(10, 1_000_000)]
    public int BrowserBacklog { get; set; } = 1_000;

    /// <summary>The same in mebibytes: whichever is reached first. Default 8.</summary>
    [Range(1, 1_024)]
    public int BrowserBacklogMegabytes { get; set; } = 8;

    /// <summary>Pages of history, snapshots of channels and the like that one browser user may ask for a minute in the long run. Default 600: fast scrolling.</summary>
    [Range(1, 1_000_000)]
    public double ReadsPerMinute { get; set; } = 600;

    /// <summary>How many of those one browser user may ask for at once before <see cref="ReadsPerMinute"/> holds. Default 300: all channels of several tabs that come back.</summary>
    [Range(1, 1_000_000)]
    public int ReadBurst { get; set; } = 300;

    /// <summary>Searches a minute one user may make in the long run. Default 60.</summary>
    [Range(1, 1_000_000)]
    public double SearchesPerMinute { get; set; } = 60;

    /// <summary>Searches one user may make at once before <see cref="SearchesPerMinute"/> holds: who types gets an answer with each pause. Default 20.</summary>
    [Range(1, 1_000_000)]
    public int SearchBurst { get; set; } = 20;

    /// <summary>Bans and mutes in force at a time, those of addresses included. Default 10,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxSanctions { get; set; } = 10_000;

    /// <summary>Notices that wait for their time. Default 100.</summary>
    [Range(1, 1_000)]
    public int MaxScheduledNotices { get; set; } = 100;

    /// <summary>How late a scheduled notice is still told, after the server was away or its database could not be written; beyond it is dropped. Default 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan NoticeLateness { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Sign-ins a minute from one address. Default 1,200: a school behind one address.</summary>
    [Range(1, 10_000_000)]
    public int SignInsPerMinute { get; set; } = 1_200;
}
