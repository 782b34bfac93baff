namespace KaiChat.Shared.Contracts;

/// <summary>One TCP connection of a native client, or one hub connection of a browser, as operators see it.</summary>
/// <param name="Id">Its identity, opaque; the log names it by this.</param>
/// <param name="Kind">The kind of client.</param>
/// <param name="Address">The peer's IP address; null if the transport has none.</param>
/// <param name="Port">The peer's port; null if the transport has none.</param>
/// <param name="ConnectedAt">When it was accepted, UTC.</param>
/// <param name="State">
/// Where its conversation with the server stands, in its protocol's terms. Native: <c>idle</c>, <c>awaitingVersion</c>, <c>awaitingClientInfo</c>,
/// <c>nameRefused</c>, <c>connected</c>, <c>inChannel</c>. Web: <c>connecting</c>, <c>connected</c>, <c>inChannel</c>. Protocols to come have others.
/// </param>
/// <param name="Username">Who is signed in on it; null if nobody is yet.</param>
/// <param name="SessionId">That user's session, opaque; equals <see cref="Message.AuthorId"/> of its messages.</param>
/// <param name="Channels">The channels its user is in, by name. All tabs of a browser session are in the same.</param>
/// <param name="ByteOrder">Native clients: <c>little</c> or <c>big</c>. Null before the first PDU settles it, and for browsers.</param>
/// <param name="Tls">The TLS version, like <c>1.3</c>; null on a plain connection.</param>
/// <param name="LastPollAt">Native clients: when it last asked for news with a QUERY, UTC. Null if it never did, and for browsers.</param>
/// <param name="Cipher">The TLS cipher suite by its IANA name, like <c>TLS_AES_256_GCM_SHA384</c>; null on a plain connection.</param>
/// <param name="ClientVersion">
/// Native clients: the protocol version they selected; null before that. Browsers: what they call themselves (<c>User-Agent</c>, at most 200 characters); null if nothing.
/// </param>
/// <param name="Backlog">What waits for it. Native: messages of its channel that it has not polled yet; browsers: events behind the one being written.</param>
/// <param name="FramesIn">What it has sent. Native: PDUs; browsers: calls of the hub.</param>
/// <param name="FramesOut">What it has been sent. Native: PDUs; browsers: events.</param>
/// <param name="BytesIn">Native: the bytes of its PDUs, without those of TLS. Null for browsers, whose calls are not measured.</param>
/// <param name="BytesOut">The bytes of what it has been sent, without those of TLS and, for browsers, of WebSocket and of answers to calls.</param>
public sealed record ClientConnection(
    string Id,
    Origin Kind,
    string? Address,
    int? Port,
    DateTimeOffset ConnectedAt,
    string State,
    string? Username,
    string? SessionId,
    IReadOnlyList<string> Channels,
    string? ByteOrder,
    string? Tls,
    DateTimeOffset? LastPollAt,
    string? Cipher,
    string? ClientVersion,
    long Backlog,
    long FramesIn,
    long FramesOut,
    long? BytesIn,
    long BytesOut);
