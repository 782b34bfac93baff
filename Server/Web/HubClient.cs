using System.Net;
using System.Security.Authentication;
using KaiChat.Server.Chat;
using KaiChat.Server.Connections;
using KaiChat.Shared.Contracts;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Connections.Features;
using Microsoft.AspNetCore.SignalR;

namespace KaiChat.Server.Web;

/// <summary>One hub connection: one tab of a browser session.</summary>
internal sealed class HubClient : IClientConnection
{
    /// <summary>How long a page has to take its last word before it is cut off.</summary>
    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(2);

    /// <summary>The most of a User-Agent that is shown, in characters.</summary>
    private const int MaxAgent = 200;

    private readonly HubConnectionContext _connection;
    private readonly WebSessions _sessions;
    private readonly TimeProvider _clock;
    private readonly HashSet<ConversationId> _subscribed = [];
    private int _reason = -1;
    private long _calls;

    public HubClient(HubConnectionContext connection, WebSessions sessions, LimitsOptions limits, TimeProvider clock)
    {
        _connection = connection;
        _sessions = sessions;
        _clock = clock;
        ConnectedAt = clock.GetUtcNow();
        Outbox = new HubOutbox(connection, limits, clock, () => Close(ConnectionEndReason.SlowConsumer));
        var http = connection.Features.Get<IHttpContextFeature>()?.HttpContext;
        if (http?.Connection.RemoteIpAddress is { } address) RemoteEndPoint = new IPEndPoint(address, http.Connection.RemotePort);
        var tls = http?.Features.Get<ITlsHandshakeFeature>();
        Tls = tls?.Protocol;
        Cipher = tls?.NegotiatedCipherSuite?.ToString();
        if (http?.Request.Headers.UserAgent.ToString() is { Length: > 0 } agent) ClientVersion = agent.Length <= MaxAgent ? agent : agent[..MaxAgent];
    }

    public string Id => _connection.ConnectionId;

    public Origin Origin => Origin.Web;

    public IPEndPoint? RemoteEndPoint { get; }

    public DateTimeOffset ConnectedAt { get; }

    public string ProtocolState => States[Session is null ? 0 : _subscribed.Count == 0 ? 1 : 2];

    /// <summary>All there are.</summary>
    public static IReadOnlyList<string> States { get; } = ["connecting", "connected", "inChannel"];

    /// <summary>The browser session this tab belongs to; set when the connection is taken in.</summary>
    public WebSession? WebSession { get; set; }

    public ChatSession? Session => WebSession?.Chat;

    public SslProtocols? Tls { get; }

    public string? Cipher { get; }

    public string? ClientVersion { get; }

    public ConnectionTraffic Traffic
    {
        get
        {
            var (waiting, frames, bytes) = Outbox.Look();
            return new(waiting, Interlocked.Read(ref _calls), frames, BytesIn: null, bytes);
        }
    }

    public string? ByteOrder => null;

    public DateTimeOffset? LastPollAt => null;

    public HubOutbox Outbox { get; }

    /// <summary>Why it ended; null if nobody but the browser ended it.</summary>
    public ConnectionEndReason? Reason => _reason < 0 ? null : (ConnectionEndReason)_reason;

    /// <summary>The conversations whose events go to this tab. Guarded by <see cref="HubSubscriptions"/>.</summary>
    public HashSet<ConversationId> Subscribed => _subscribed;

    /// <summary>The page has called the hub.</summary>
    public void CountCall() => Interlocked.Increment(ref _calls);

    /// <summary>Notes why the connection ends, without ending it. The first reason counts.</summary>
    public void SetReason(ConnectionEndReason reason) => Interlocked.CompareExchange(ref _reason, (int)reason, -1);

    /// <summary>Ends the connection when the answer to the present call has had time to arrive.</summary>
    public void CloseSoon(ConnectionEndReason reason)
    {
        SetReason(reason);
        After(TimeSpan.FromSeconds(1), () => CloseAfter(lastWord: null, reason));
    }

    /// <summary>
    /// Ends the connection when all that waits for it and a last word are written: an abort would drop them, also those that are being written. A page that does not
    /// read is cut off after two seconds.
    /// </summary>
    public void CloseAfter(EncodedFrame? lastWord, ConnectionEndReason reason)
    {
        SetReason(reason);
        After(FarewellTime, () => Close(reason));
        // From here the transport sends what it has been given, and then its own goodbye.
        Outbox.Finish(lastWord, _connection.Abort);
    }

    public async Task DisconnectAsync(string sentence, ConnectionEndReason reason)
    {
        SetReason(reason);
        // With its session, since a page that only lost its connection comes back at once.
        if (WebSession is { } session) await _sessions.SignOutAsync(session, sentence);
        else Close(reason);
    }

    public void Close(ConnectionEndReason reason)
    {
        SetReason(reason);
        _connection.Abort();
        // The transport would go on for five seconds with what a page that does not read has been sent.
        _connection.Features.Get<IConnectionLifetimeFeature>()?.Abort();
    }

    private void After(TimeSpan time, Action act)
    {
        var timer = _clock.CreateTimer(_ => act(), null, time, Timeout.InfiniteTimeSpan);
        _connection.ConnectionAborted.Register(timer.Dispose);
    }
}
