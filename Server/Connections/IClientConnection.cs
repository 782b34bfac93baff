using System.Net;
using System.Runtime.InteropServices;
using System.Security.Authentication;
using KaiChat.Server.Chat;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Connections;

/// <summary>One TCP or hub connection, as operators see it. Its properties may be read at any time from any thread.</summary>
internal interface IClientConnection
{
    /// <summary>Its identity in logs and in the admin API.</summary>
    string Id { get; }

    Origin Origin { get; }

    IPEndPoint? RemoteEndPoint { get; }

    DateTimeOffset ConnectedAt { get; }

    /// <summary>Where its conversation with the server stands, in its protocol's terms.</summary>
    string ProtocolState { get; }

    /// <summary>Who is signed in on it; null if nobody is yet.</summary>
    ChatSession? Session { get; }

    /// <summary>The TLS version; null on a plain connection.</summary>
    SslProtocols? Tls { get; }

    /// <summary>Native clients: <c>little</c> or <c>big</c>; null if it is not settled or has no meaning.</summary>
    string? ByteOrder { get; }

    /// <summary>Native clients: when it last asked for news.</summary>
    DateTimeOffset? LastPollAt { get; }

    /// <summary>The TLS cipher suite by its IANA name; null on a plain connection.</summary>
    string? Cipher { get; }

    /// <summary>Native clients: the protocol version they selected; browsers: their User-Agent. Null if it is not known.</summary>
    string? ClientVersion { get; }

    /// <summary>What has gone over it so far, and what waits.</summary>
    ConnectionTraffic Traffic { get; }

    /// <summary>
    /// Tells the user why, as far as the protocol has words for it, and ends the connection together with the session on it. Does not wait for the peer: one that does
    /// not take its farewell is for the caller to <see cref="Close"/>.
    /// </summary>
    /// <param name="sentence">Why.</param>
    /// <param name="reason">What it ends with.</param>
    Task DisconnectAsync(string sentence, ConnectionEndReason reason);

    /// <summary>Ends the connection with a reason. The first reason counts; later ones are ignored.</summary>
    void Close(ConnectionEndReason reason);
}

/// <summary>What has gone over a connection so far, and what waits, as <see cref="ClientConnection"/> says it.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ConnectionTraffic(long Backlog, long FramesIn, long FramesOut, long? BytesIn, long BytesOut);
