using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Authentication;
using KaiChat.Server.Chat;
using KaiChat.Server.Connections;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.KaiChat;
using Microsoft.AspNetCore.Connections;

namespace KaiChat.Server.Protocols.KaiChat;

/// <summary>Why a connection ends as soon as its user knows why.</summary>
/// <param name="Refusal">What the user is told.</param>
/// <param name="Reason">What it ends with.</param>
internal sealed record KaiExpulsion(ChatRefusedException Refusal, ConnectionEndReason Reason);

/// <summary>One native connection as seen from outside its own loop: by operators, by the heartbeat, by the server's stop.</summary>
internal sealed class KaiConnection(ConnectionContext transport, TimeProvider clock) : IClientConnection, IDisposable
{
    private const long Never = long.MinValue;
    private static readonly string[] StateNames = [.. Enum.GetNames<KaiSessionState>().Select(name => char.ToLowerInvariant(name[0]) + name[1..])];

    private readonly CancellationTokenSource _stopping = new();

    private int _reason = -1;
    private long _stepBegan = clock.GetTimestamp();
    private long _flushBegan = Never;
    private long _polled = Never;
    private long _lastPoll;
    private bool _disposed;
    private IKaiTap[]? _taps;
    private long _pdusIn;
    private long _pdusOut;
    private Channel? _channel;
    private long _seen;

    public string Id { get; } = transport.ConnectionId;

    public Origin Origin => Origin.Native;

    /// <summary>The peer, or whose connection the peer passes on, if it is a trusted proxy.</summary>
    public IPEndPoint? RemoteEndPoint { get; set; } = transport.RemoteEndPoint as IPEndPoint;

    public DateTimeOffset ConnectedAt { get; } = clock.GetUtcNow();

    public KaiSessionState State { get; set; } = KaiSessionState.Idle;

    public string ProtocolState => NameOf(State);

    public ChatSession? Session { get; set; }

    public SslProtocols? Tls { get; set; }

    /// <summary>The client's byte order; null before its first PDU.</summary>
    public KaiByteOrder? Order { get; set; }

    public string? ByteOrder => Order switch { KaiByteOrder.Little => "little", KaiByteOrder.Big => "big", _ => null };

    /// <summary>Words of the server for its user, from outside its loop, which takes them before the next PDU.</summary>
    public ConcurrentQueue<string> Words { get; } = new();

    public DateTimeOffset? LastPollAt => Interlocked.Read(ref _lastPoll) is var ticks and > 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    public string? Cipher { get; set; }

    public string? ClientVersion { get; set; }

    public ConnectionTraffic Traffic
    {
        get
        {
            var (backlog, pdusIn, pdusOut) = (Volatile.Read(ref _channel) is { } channel ? channel.Feed.LastSeq - Volatile.Read(ref _seen) : 0, Volatile.Read(ref _pdusIn), Volatile.Read(ref _pdusOut));
            return new(Math.Max(0, backlog), pdusIn, pdusOut, pdusIn * KaiPdu.Length, pdusOut * KaiPdu.Length);
        }
    }

    /// <summary>How long the present step of the handshake has taken; null after the handshake.</summary>
    public TimeSpan? InStepFor => Since(ref _stepBegan);

    /// <summary>How long an answer has waited for the client to read; null if none does.</summary>
    public TimeSpan? FlushingFor => Since(ref _flushBegan);

    /// <summary>How long ago the client last asked for news; null if it never did.</summary>
    public TimeSpan? PolledAgo => Since(ref _polled);

    /// <summary>Why it ends; null while it does not.</summary>
    public ConnectionEndReason? Reason => _reason < 0 ? null : (ConnectionEndReason)_reason;

    /// <summary>Cancelled when the transport is gone.</summary>
    public CancellationToken Closed { get; } = transport.ConnectionClosed;

    /// <summary>Cancelled when the connection is to say goodbye and end by itself.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>What the user is told at the end that an operator makes; null at any other.</summary>
    public string? Farewell { get; private set; }

    /// <summary>Why nobody may stay on it; null if somebody may. Set before its CLIENT_INFO or by it, and told as the refusal of the name.</summary>
    public KaiExpulsion? Expulsion { get; set; }

    public Task DisconnectAsync(string sentence, ConnectionEndReason reason)
    {
        SetReason(reason);
        Farewell = sentence;
        Stop();
        return Task.CompletedTask;
    }

    /// <summary>Asks the connection's loop to say goodbye and end. Before CLIENT_INFO there is no place for a word, and there may be no loop: it is ended at once.</summary>
    public void Stop()
    {
        if (State < KaiSessionState.NameRefused) Close(ConnectionEndReason.ServerShutdown);
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

    public void Polled()
    {
        Interlocked.Exchange(ref _lastPoll, clock.GetUtcNow().Ticks);
        Volatile.Write(ref _polled, clock.GetTimestamp());
    }

    /// <summary>All states as operators know them.</summary>
    public static IReadOnlyList<string> States => StateNames;

    /// <summary>A state as operators know it.</summary>
    public static string NameOf(KaiSessionState state) => StateNames[(int)state];

    /// <summary>How far the client has read its channel; null if it is in none.</summary>
    public void Follow(Channel? channel, long seen)
    {
        Volatile.Write(ref _seen, seen);
        Volatile.Write(ref _channel, channel);
    }

    /// <summary>A whole PDU has come; the loop has not acted on it yet. Only the loop calls this and <see cref="Sent"/>, so plain counters do.</summary>
    public void Received(in ReadOnlySequence<byte> pdu)
    {
        Volatile.Write(ref _pdusIn, _pdusIn + 1);
        if (Volatile.Read(ref _taps) is { } taps) KaiTaps.Received(taps, this, pdu);
    }

    /// <summary>A PDU has been written to the transport's buffer.</summary>
    public void Sent(ReadOnlySpan<byte> pdu)
    {
        Volatile.Write(ref _pdusOut, _pdusOut + 1);
        if (Volatile.Read(ref _taps) is { } taps) KaiTaps.Sent(taps, this, pdu);
    }

    /// <summary>Lets somebody look at the PDUs from now on. Any thread may do it.</summary>
    public void Attach(IKaiTap tap) => KaiTaps.Change(ref _taps, taps => [.. taps ?? [], tap]);

    /// <summary>Lets them look no longer.</summary>
    public void Detach(IKaiTap tap) => KaiTaps.Change(ref _taps, taps => taps is null || taps.All(other => other == tap) ? null : [.. taps.Where(other => other != tap)]);

    public void BeginStep() => Volatile.Write(ref _stepBegan, clock.GetTimestamp());

    public void EndHandshake() => Volatile.Write(ref _stepBegan, Never);

    public void BeginFlush() => Volatile.Write(ref _flushBegan, clock.GetTimestamp());

    public void EndFlush() => Volatile.Write(ref _flushBegan, Never);

    /// <summary>Notes why the connection ends, without ending it. The first reason counts.</summary>
    public void SetReason(ConnectionEndReason reason) => Interlocked.CompareExchange(ref _reason, (int)reason, -1);

    /// <summary>Ends the connection at once.</summary>
    public void Close(ConnectionEndReason reason)
    {
        SetReason(reason);
        transport.Abort(new ConnectionAbortedException(Reason.ToString()!));
    }

    /// <summary>Measured by timestamps, which no setting of the clock moves, and in one word each, since the heartbeat reads them while the loop writes.</summary>
    private TimeSpan? Since(ref long timestamp) => Volatile.Read(ref timestamp) is var began && began == Never ? null : clock.GetElapsedTime(began);
}
