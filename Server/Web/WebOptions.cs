using System.ComponentModel.DataAnnotations;

namespace KaiChat.Server.Web;

/// <summary>The browsers' front-end (section <c>Web</c>).</summary>
internal sealed class WebOptions
{
    public const string Section = "Web";

    /// <summary>How long a session token is worth a session. Default 7 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long a name stays reserved between the sign-in and the first hub connection. Default 30 s: a page connects at once.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ConnectGrace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a browser may be without a connection before others see its user as late. Default 5 s: a reload is not worth a word.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan LateAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Messages a browser gets when it joins a channel. Default 50.</summary>
    [Range(1, 200)]
    public int HistoryOnJoin { get; set; } = 50;

    /// <summary>How long a page may leave what it is sent unread before its connection is closed. Default 30 s; looked at every 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Hub connections at a time, over all sessions. Default 20,000; each takes about 45 KiB. More are refused with 503.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnections { get; set; } = 20_000;

    /// <summary>
    /// TCP connections to the ports of the web from one IPv4 address, or from one /64 network of IPv6, at a time; 0: as many as come. Default 2,000: four for each that
    /// <c>Limits:ConnectionsPerAddress</c> allows, since a tab has one for the hub, and up to six more while it loads. This machine and listed proxies are not counted.
    /// </summary>
    [Range(0, 1_000_000)]
    public int SocketsPerAddress { get; set; } = 2_000;

    /// <summary>Hub connections of one session: its tabs. Default 20.</summary>
    [Range(1, 1000)]
    public int MaxTabs { get; set; } = 20;

    /// <summary>Addresses and networks of the proxies in front of the page, whose forwarded headers are believed. Default: none.</summary>
    public string[] TrustedProxies { get; set; } = [];
}
