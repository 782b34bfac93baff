using System.Collections.Concurrent;
using KaiChat.Server.Diagnostics;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Connections;

/// <summary>All connections of all front-ends: for limits, for operators, for the goodbye when the server stops.</summary>
internal sealed partial class ConnectionRegistry(ConnectionMetrics metrics, TimeProvider clock, ILogger<ConnectionRegistry> logger)
{
    private readonly ConcurrentDictionary<string, IClientConnection> _all = new();
    private readonly int[] _counts = new int[Enum.GetValues<Origin>().Length];

    /// <summary>The connections that are open now, in no order.</summary>
    public IEnumerable<IClientConnection> All => _all.Values;

    public int Count(Origin origin) => Volatile.Read(ref _counts[(int)origin]);

    public IClientConnection? Find(string id) => _all.GetValueOrDefault(id);

    public void Add(IClientConnection connection)
    {
        _all[connection.Id] = connection;
        Interlocked.Increment(ref _counts[(int)connection.Origin]);
        metrics.Opened(connection.Origin);
    }

    /// <summary>Takes a connection out and records why it ended. Only the first call for a connection counts.</summary>
    public void Remove(IClientConnection connection, ConnectionEndReason reason)
    {
        if (!_all.TryRemove(connection.Id, out _)) return;
        Interlocked.Decrement(ref _counts[(int)connection.Origin]);
        metrics.Ended(connection.Origin, reason);
        Ended(logger, connection.Id, connection.Origin, reason, clock.GetUtcNow() - connection.ConnectedAt);
    }

    [LoggerMessage(1401, LogLevel.Information, "Connection {ConnectionId} ({Origin}) ended: {Reason}, after {Duration}")]
    private static partial void Ended(ILogger logger, string connectionId, Origin origin, ConnectionEndReason reason, TimeSpan duration);
}
