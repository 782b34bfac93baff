using System.Net;
using System.Security.Authentication;
using KaiChat.Server.Chat;
using KaiChat.Server.Connections;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.KaiChat;
using Microsoft.AspNetCore.Connections;

namespace KaiChat.Server.Protocols.KaiChat;

/// <summary>One native connection as seen from outside its own loop: by operators, by the heartbeat, by the server's stop.</summary>
internal sealed class KaiConnection(ConnectionContext transport, TimeProvider clock) : IClientConnection, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private int _reason = -1;
    private long _lastPoll;
    private bool _disposed;

    public string Id { get; } = transport.ConnectionId;

    public Origin Origin => Origin.Native;

    public IPEndPoint? RemoteEndPoint { get; } = transport.RemoteEndPoint as IPEndPoint;

    public DateTimeOffset ConnectedAt { get; } = clock.GetUtcNow();

    public KaiSessionState State { get; set; } = KaiSessionState.Idle;

    public string ProtocolState => char.ToLowerInvariant(State.ToString()[0]) + State.ToString()[1..];

    public ChatSession? Session { get; set; }

    public SslProtocols? Tls { get; set; }

    /// <summary>The client's byte order; null before its first PDU.</summary>
    public KaiByteOrder? Order { get; set; }

    public string? ByteOrder => Order switch { KaiByteOrder.Little => "little", KaiByteOrder.Big => "big", _ => null };

    public DateTimeOffset? LastPollAt => Interlocked.Read(ref _lastPoll) is var ticks and > 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>When the present step of the handshake must be over; null after it.</summary>
    public DateTimeOffset? Deadline { get; set; }

    /// <summary>Since when an answer waits for the client to read; null if none does.</summary>
    public DateTimeOffset? FlushingSince { get; set; }

    /// <summary>Why it ends; null while it does not.</summary>
    public ConnectionEndReason? Reason => _reason < 0 ? null : (ConnectionEndReason)_reason;

    /// <summary>Cancelled when the transport is gone.</summary>
    public CancellationToken Closed { get; } = transport.ConnectionClosed;

    /// <summary>Cancelled when the connection is to say goodbye and end by itself.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>What the user is told at the end that an operator makes; null at any other.</summary>
    public string? Farewell { get; private set; }

    public Task DisconnectAsync(string sentence)
    {
        SetReason(ConnectionEndReason.ClosedByOperator);
        Farewell = sentence;
        // Before CLIENT_INFO the protocol has no words for anything.
        if (State < KaiSessionState.Connected) Close(ConnectionEndReason.ClosedByOperator);
        else Stop();
        return Task.CompletedTask;
    }

    /// <summary>Asks the connection's loop to say goodbye and end.</summary>
    public void Stop()
    {
        lock (_stopping)
        {
            if (!_disposed) _stopping.Cancel();
        }
    }

    public void Dispose()
    {
        lock (_stopping)
        {
            _disposed = true;
            _stopping.Dispose();
        }
    }

    public void Polled() => Interlocked.Exchange(ref _lastPoll, clock.GetUtcNow().Ticks);

    /// <summary>Notes why the connection ends, without ending it. The first reason counts.</summary>
    public void SetReason(ConnectionEndReason reason) => Interlocked.CompareExchange(ref _reason, (int)reason, -1);

    /// <summary>Ends the connection at once.</summary>
    public void Close(ConnectionEndReason reason)
    {
        SetReason(reason);
        transport.Abort(new ConnectionAbortedException(Reason.ToString()!));
    }
}
