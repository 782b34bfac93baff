using System.Collections.Concurrent;
using KaiChat.Server.Diagnostics;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Connections;

/// <summary>All connections of all front-ends: for limits, for operators, for the goodbye when the server stops.</summary>
internal sealed partial class ConnectionRegistry(ConnectionMetrics metrics, TimeProvider clock, ILogger<ConnectionRegistry> logger)
{
    /// <summary>How long a peer has to take its farewell before it is cut off.</summary>
    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, IClientConnection> _all = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _awaited = new();
    private readonly int[] _counts = new int[Enum.GetValues<Origin>().Length];
    private TaskCompletionSource? _removed;

    /// <summary>A connection has been taken in. Those who listen are quick: its first byte waits for them.</summary>
    public event Action<IClientConnection>? Added;

    /// <summary>A connection has been taken out, for this reason.</summary>
    public event Action<IClientConnection, ConnectionEndReason>? Removed;

    /// <summary>The connections that are open now, in no order.</summary>
    public IEnumerable<IClientConnection> All => _all.Values;

    public int Count(Origin origin) => Volatile.Read(ref _counts[(int)origin]);

    public IClientConnection? Find(string id) => _all.GetValueOrDefault(id);

    public void Add(IClientConnection connection)
    {
        _all[connection.Id] = connection;
        Interlocked.Increment(ref _counts[(int)connection.Origin]);
        metrics.Opened(connection.Origin);
        Added?.Invoke(connection);
    }

    /// <summary>Completes when the last connection is gone.</summary>
    public async Task WhenEmptyAsync()
    {
        while (!_all.IsEmpty)
        {
            var removed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _removed, removed);
            if (!_all.IsEmpty) await removed.Task;
        }
    }

    /// <summary>Takes a connection out and records why it ended. Only the first call for a connection counts.</summary>
    public void Remove(IClientConnection connection, ConnectionEndReason reason)
    {
        if (!_all.TryRemove(connection.Id, out _)) return;
        Interlocked.Decrement(ref _counts[(int)connection.Origin]);
        Volatile.Read(ref _removed)?.TrySetResult();
        metrics.Ended(connection.Origin, reason);
        Removed?.Invoke(connection, reason);
        Ended(logger, connection.Id, connection.Origin, reason, clock.GetUtcNow() - connection.ConnectedAt);
        if (_awaited.TryRemove(connection.Id, out var removed)) removed.SetResult();
    }

    /// <summary>Ends a connection at an operator's wish and waits until it is gone. Does nothing if it is gone already.</summary>
    /// <param name="id">Which.</param>
    /// <param name="sentence">What its user is told.</param>
    /// <param name="reason">What it ends with.</param>
    public async Task DisconnectAsync(string id, string sentence, ConnectionEndReason reason = ConnectionEndReason.ClosedByOperator)
    {
        if (Find(id) is not { } connection) return;
        var removed = _awaited.GetOrAdd(id, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        if (Find(id) is null)
        {
            // It went between the two looks, and nobody may be there to complete this.
            _awaited.TryRemove(id, out _);
            return;
        }
        await connection.DisconnectAsync(sentence, reason);
        await Task.WhenAny(removed.Task, Task.Delay(FarewellTime, clock));
        if (removed.Task.IsCompleted) return;
        connection.Close(reason);
        await Task.WhenAny(removed.Task, Task.Delay(FarewellTime, clock));
    }

    [LoggerMessage(1401, LogLevel.Information, "Connection {ConnectionId} ({Origin}) ended: {Reason}, after {Duration}")]
    private static partial void Ended(ILogger logger, string connectionId, Origin origin, ConnectionEndReason reason, TimeSpan duration);
}
