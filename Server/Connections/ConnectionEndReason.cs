namespace KaiChat.Server.Connections;

/// <summary>Why a connection ended. Each ends with exactly one of these: in the log line, in the metric's tag, in the test.</summary>
internal enum ConnectionEndReason
{
    /// <summary>The client said goodbye: QUIT, or a closed hub connection.</summary>
    Quit,

    /// <summary>The client closed its end without a goodbye.</summary>
    PeerClosed,

    /// <summary>The connection was reset, or keep-alive found the peer dead.</summary>
    PeerLost,

    /// <summary>Bytes that no rule of the protocol makes sense of.</summary>
    ProtocolError,

    /// <summary>More unknown commands in a row than allowed.</summary>
    UnknownCommands,

    /// <summary>The client speaks no version that the server does.</summary>
    VersionMismatch,

    /// <summary>The handshake took too long.</summary>
    HandshakeTimeout,

    /// <summary>The TLS handshake failed, or the client spoke plainly where TLS is required.</summary>
    TlsRefused,

    /// <summary>A trusted proxy's header (PROXY protocol) makes no sense.</summary>
    ProxyHeaderInvalid,

    /// <summary>The client did not read what it had asked for.</summary>
    SlowConsumer,

    /// <summary>The session ended: signed out, taken over or expired.</summary>
    SessionEnded,

    /// <summary>The server has as many connections as it may.</summary>
    LimitReached,

    /// <summary>Its address has as many connections as one may have.</summary>
    AddressLimitReached,

    /// <summary>The server would not take it in now, and said why: full, closed to newcomers, or without its database.</summary>
    Refused,

    /// <summary>An operator disconnected it.</summary>
    ClosedByOperator,

    /// <summary>Its user, or its address, was banned from the server.</summary>
    Banned,

    /// <summary>The server stops.</summary>
    ServerShutdown,

    /// <summary>A fault of the server, logged as an error.</summary>
    ServerFault,
}
