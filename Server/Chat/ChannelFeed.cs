using KaiChat.Server.Storage;

namespace KaiChat.Server.Chat;

/// <summary>
/// A conversation's live edge on this node: its newest messages in memory, and the one writer that tells the observers. Events come from the bus
/// at least once and in no order; messages leave in order of seq, once, without a gap, and changes in order of revision, once, none before its message. What does
/// not come is read from the log.
/// </summary>
internal sealed partial class ChannelFeed : IThreadPoolWorkItem, IDisposable
{
    /// <summary>How long a message may be overtaken by its successors before it is read from the log instead.</summary>
    public static readonly TimeSpan RepairAfter = TimeSpan.FromMilliseconds(250);

    private readonly IMessageLog _log;
    private readonly IReadOnlyList<IChatObserver> _observers;
    private readonly ILogger _logger;
    private readonly ITimer _repair;
    private readonly Lock _lock = new();
    private readonly ChatMessage?[] _ring;
    private readonly SortedDictionary<long, ChatMessage> _early = [];
    private Queue<ChatEvent> _outgoing = new();
    private Queue<ChatEvent> _taken = new();
    private bool _telling;
    private long _firstSeq;
    private long _lastSeq;
    private long _oldestInRing;
    private long _newestHeardOf;
    private Channel? _channel;

    /// <param name="firstSeq">The oldest message that retention has left.</param>
    /// <param name="lastSeq">The newest message in the log; none of it is in memory until <see cref="Prime"/>.</param>
    /// <param name="rev">The conversation's revision in the log.</param>
    /// <param name="length">How many messages are kept in memory.</param>
    public ChannelFeed(long firstSeq, long lastSeq, long rev, int length, IMessageLog log, IReadOnlyList<IChatObserver> observers, TimeProvider clock, ILogger logger)
    {
        _log = log;
        _observers = observers;
        _logger = logger;
        _ring = new ChatMessage?[length];
        _firstSeq = firstSeq;
        _lastSeq = lastSeq;
        _oldestInRing = lastSeq + 1;
        _rev = rev;
        _repair = clock.CreateTimer(_ => _ = RepairAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The lowest seq that retention has left; above <see cref="LastSeq"/> if there is no message.</summary>
    public long FirstSeq => Volatile.Read(ref _firstSeq);

    /// <summary>The seq of the newest message; 0 if there is none.</summary>
    public long LastSeq => Volatile.Read(ref _lastSeq);

    /// <summary>True if the log has messages but none is in memory: after a restart, until <see cref="Prime"/>.</summary>
    public bool IsCold => LastSeq >= FirstSeq && Volatile.Read(ref _oldestInRing) > LastSeq;

    /// <summary>Names the channel the events are told about. Called once, before the first event.</summary>
    public void Attach(Channel channel) => _channel = channel;

    /// <summary>Puts the newest messages of the log into memory.</summary>
    public void Prime(IReadOnlyList<ChatMessage> newest)
    {
        lock (_lock)
        {
            if (newest.Count == 0 || newest[^1].Seq != _oldestInRing - 1) return;
            for (var i = newest.Count - 1; i >= 0 && _lastSeq - newest[i].Seq < _ring.Length; i--)
            {
                _ring[newest[i].Seq % _ring.Length] = newest[i];
                _oldestInRing = newest[i].Seq;
            }
            // They were read a moment ago.
            foreach (var changed in _changes) Hold(changed);
        }
    }

    /// <summary>The log removes its messages through a seq: from now on they are not shown, and whoever shows them is told.</summary>
    public void Forget(long throughSeq)
    {
        lock (_lock)
        {
            for (var seq = _oldestInRing; seq <= Math.Min(throughSeq, _lastSeq); seq++) _ring[seq % _ring.Length] = null;
            _oldestInRing = Math.Max(_oldestInRing, Math.Min(throughSeq, _lastSeq) + 1);
            if (throughSeq < _firstSeq) return;
            Volatile.Write(ref _firstSeq, throughSeq + 1);
            Tell(new MessagesRemoved(_channel!.Id, throughSeq));
        }
    }

    /// <summary>Takes an event from the bus.</summary>
    public void Accept(ChatEvent happened)
    {
        lock (_lock)
        {
            if (happened is MessageChanged changed) Accept(changed);
            else if (happened is not MessagePosted posted) Tell(happened);
            else if (posted.Message.Seq == _lastSeq + 1) Append(posted);
            else if (posted.Message.Seq > _lastSeq) Hold(posted.Message);
        }
    }

    /// <summary>The oldest <paramref name="limit"/> messages after a seq, if memory reaches back so far.</summary>
    public bool TryReadAfter(long afterSeq, int limit, out IReadOnlyList<ChatMessage> messages)
    {
        messages = [];
        if (LastSeq <= afterSeq) return true;
        lock (_lock)
        {
            var from = Math.Max(afterSeq + 1, _firstSeq);
            if (from < _oldestInRing) return false;
            messages = Copy(from, Math.Min(_lastSeq, from + limit - 1));
            return true;
        }
    }

    /// <summary>The newest <paramref name="limit"/> messages before a seq, oldest first, if memory reaches back so far.</summary>
    public bool TryReadBefore(long beforeSeq, int limit, out IReadOnlyList<ChatMessage> messages)
    {
        lock (_lock)
        {
            var to = Math.Min(_lastSeq, beforeSeq - 1);
            var from = Math.Max(_firstSeq, to - limit + 1);
            var covered = to < _firstSeq || from >= _oldestInRing;
            messages = covered ? Copy(from, to) : [];
            return covered;
        }
    }

    private ChatMessage[] Copy(long from, long to)
    {
        if (to < from) return [];
        var copy = new ChatMessage[to - from + 1];
        for (var seq = from; seq <= to; seq++) copy[seq - from] = _ring[seq % _ring.Length]!;
        return copy;
    }

    private void Append(MessagePosted posted)
    {
        _ring[posted.Message.Seq % _ring.Length] = posted.Message;
        Volatile.Write(ref _lastSeq, posted.Message.Seq);
        if (_lastSeq - _oldestInRing >= _ring.Length) _oldestInRing = _lastSeq - _ring.Length + 1;
        Tell(posted);
        if (_early.Remove(_lastSeq + 1, out var next)) Append(new MessagePosted(next));
        else ApplyEarlyChanges();
    }

    private void Hold(ChatMessage early)
    {
        // What does not fit is not lost: the repair reads it from the log.
        _newestHeardOf = Math.Max(_newestHeardOf, early.Seq);
        if (_early.Count < _ring.Length) _early.TryAdd(early.Seq, early);
        _repair.Change(RepairAfter, Timeout.InfiniteTimeSpan);
    }

    private async Task RepairAsync()
    {
        try
        {
            while (true)
            {
                long after;
                lock (_lock)
                {
                    if (_lastSeq >= _newestHeardOf) break;
                    after = _lastSeq;
                }
                var missing = await _log.ReadAfterAsync(_channel!.Id, after, _ring.Length, CancellationToken.None);
                if (missing.Count == 0) break;
                SkipRemoved(missing[0].Seq);
                foreach (var message in missing) Accept(new MessagePosted(message));
            }
            await RepairChangesAsync();
        }
#pragma warning disable CA1031 // Runs on a timer, with nobody above it to catch: logged, and tried again.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            RepairFailed(_logger, _channel!.Id.Value, fault);
            _repair.Change(TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>What retention removed before it was told about does not come any more.</summary>
    private void SkipRemoved(long firstInLog)
    {
        lock (_lock)
        {
            if (firstInLog <= _lastSeq + 1) return;
            Array.Clear(_ring);
            _oldestInRing = firstInLog;
            Volatile.Write(ref _lastSeq, firstInLog - 1);
            ApplyEarlyChanges();
        }
    }

    private void Tell(ChatEvent happened)
    {
        _outgoing.Enqueue(happened);
        if (_telling) return;
        _telling = true;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>The one writer: tells what is waiting, in order, outside the lock.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        while (true)
        {
            lock (_lock)
            {
                if (_outgoing.Count == 0)
                {
                    _telling = false;
                    return;
                }
                (_outgoing, _taken) = (_taken, _outgoing);
            }
            while (_taken.TryDequeue(out var happened))
            {
                foreach (var observer in _observers) Tell(observer, happened);
            }
        }
    }

    /// <summary>A fault of one front-end is logged, and costs neither the others nor the process, whose thread pool this runs on.</summary>
    private void Tell(IChatObserver observer, ChatEvent happened)
    {
        try
        {
            observer.On(_channel!, happened);
        }
#pragma warning disable CA1031 // See above.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            ObserverFailed(_logger, _channel!.Id.Value, happened.GetType().Name, fault);
        }
    }

    public void Dispose() => _repair.Dispose();

    [LoggerMessage(1102, LogLevel.Error, "Conversation {Conversation}: a front-end failed on {Event}")]
    private static partial void ObserverFailed(ILogger logger, long conversation, string @event, Exception fault);

    [LoggerMessage(1101, LogLevel.Error, "Conversation {Conversation}: missing messages could not be read from the log; trying again")]
    private static partial void RepairFailed(ILogger logger, long conversation, Exception fault);
}
