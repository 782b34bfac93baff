using System.ComponentModel.DataAnnotations;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Protocols.KaiChat;

/// <summary>The native clients' front-end (section <c>KaiChat</c>).</summary>
internal sealed class KaiChatOptions
{
    public const string Section = "KaiChat";

    /// <summary>The address to listen on; <c>*</c> is all of IPv4 and IPv6. Default <c>*</c>.</summary>
    [Required]
    public string Address { get; set; } = "*";

    /// <summary>The TCP port. Default 29200 (the protocol's); 0 takes a free one.</summary>
    [Range(0, 65535)]
    public int Port { get; set; } = 29200;

    /// <summary>Whether clients may, must or cannot use TLS. Default <see cref="KaiTlsMode.Optional"/>: the first byte decides.</summary>
    public KaiTlsMode Tls { get; set; }

    /// <summary>How pending messages answer a QUERY. Default <see cref="KaiDelivery.Batch"/>.</summary>
    public KaiDelivery Delivery { get; set; }

    /// <summary>Messages a client gets when it joins a channel. Default 50.</summary>
    [Range(0, 1000)]
    public int HistoryOnJoin { get; set; } = 50;

    /// <summary>
    /// How long each step of the handshake may take: from accepting the connection to a whole PING, from PONG to VERSION_NEGOTIATION, from that to CLIENT_INFO.
    /// Default 30 s (the paper's; it has none for the first step).
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan HandshakeTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a client may leave its answer unread before it is closed. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a client in a channel may be without a QUERY before others see its user as late. Default 10 s: two polls of the author's client missed.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan LateAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Unknown commands in a row that close the connection. Default 16.</summary>
    [Range(1, 10_000)]
    public int MaxUnknownCommands { get; set; } = 16;

    /// <summary>Native connections at a time. Default 20,000; each takes about 10 KiB.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnections { get; set; } = 20_000;

    /// <summary>Notices that wait for one client's next QUERY; of more, the oldest are dropped. Default 8.</summary>
    [Range(1, 100)]
    public int MaxNotices { get; set; } = 8;

    /// <summary>Encoded messages kept for sharing between clients that poll for them. Default 4,096, about 9 MiB when full.</summary>
    [Range(16, 1_000_000)]
    public int EncodedMessages { get; set; } = 4_096;

    /// <summary>
    /// What clients hear when a message changes that they have seen; the first rule that fits a channel's name counts. Default: a note of edits and deletions, none of
    /// reactions.
    /// </summary>
    public KaiChangeRule[] Changes { get; set; } = [];

    /// <summary>The PEM certificate of TLS connections. Default: the one of <c>Kestrel:Certificates:Default</c>, else one made at the first start.</summary>
    public string? CertificatePath { get; set; }

    /// <summary>The PEM private key, if it is not in the certificate's file.</summary>
    public string? CertificateKeyPath { get; set; }

    /// <summary>Addresses and networks of the proxies in front of the native port, whose PROXY protocol headers are read. Default: none.</summary>
    public string[] TrustedProxies { get; set; } = [];
}

/// <summary>What native clients of some channels hear when a message changes that they have seen.</summary>
internal sealed class KaiChangeRule
{
    /// <summary>Which channels: a name, in any letter case, with <c>*</c> for any characters and <c>?</c> for one.</summary>
    public string Channels { get; set; } = "*";

    /// <summary>Of edits.</summary>
    public KaiChangeNotice Edits { get; set; } = KaiChangeNotice.Note;

    /// <summary>Of deletions.</summary>
    public KaiChangeNotice Deletions { get; set; } = KaiChangeNotice.Note;

    /// <summary>Of reactions that come.</summary>
    public KaiChangeNotice Reactions { get; set; } = KaiChangeNotice.Silent;

    /// <summary>The same in the words in which operators settle it for one channel.</summary>
    public NativePolicy ToPolicy()
    {
        return new NativePolicy(Word(Edits), Word(Deletions), Word(Reactions));

        static NativeNotice Word(KaiChangeNotice notice) => notice == KaiChangeNotice.Note ? NativeNotice.Note : NativeNotice.Silent;
    }
}

/// <summary>Whether native clients hear of a change.</summary>
internal enum KaiChangeNotice
{
    /// <summary>They do not.</summary>
    Silent,

    /// <summary>In a short notice, at most one for each message in ten seconds.</summary>
    Note,
}

/// <summary>Whether native clients use TLS.</summary>
internal enum KaiTlsMode
{
    /// <summary>The client decides by its first byte.</summary>
    Optional,

    /// <summary>Plain connections are closed.</summary>
    Required,

    /// <summary>Only plain connections.</summary>
    Disabled,
}

/// <summary>How pending messages answer a QUERY (docs/protocols/kaichat.md, "QUERY and RECEIVE_MESSAGE").</summary>
internal enum KaiDelivery
{
    /// <summary>One PDU for each pending message; the paper's way.</summary>
    Batch,

    /// <summary>Exactly one PDU for each QUERY, more messages folded into its text; for the author's client, which reads one.</summary>
    Single,
}
