namespace KaiChat.Server.Chat;

/// <summary>How changes of messages get into the feed.</summary>
internal sealed partial class ChannelFeed
{
    /// <summary>The newest changes that are kept for front-ends that ask for them.</summary>
    public const int ChangesKept = 64;

    /// <summary>Changes read from the log at a time.</summary>
    private const int ChangesRead = 200;

    private readonly SortedDictionary<long, MessageChanged> _earlyChanges = [];
    private readonly Queue<MessageChanged> _changes = new();
    private long _rev;
    private long _newestRevHeardOf;

    /// <summary>The revision through which the observers have been told; 0 if no message ever changed.</summary>
    public long Rev => Volatile.Read(ref _rev);

    /// <summary>The changes after a revision, oldest first, of the newest <see cref="ChangesKept"/> and since the feed was made.</summary>
    public IReadOnlyList<MessageChanged> ChangesAfter(long rev)
    {
        lock (_lock) return [.. _changes.Where(changed => changed.Message.Rev > rev)];
    }

    private void Accept(MessageChanged changed)
    {
        var rev = changed.Message.Rev;
        if (rev <= _rev) return;
        if (rev == _rev + 1 && changed.Message.Seq <= _lastSeq)
        {
            Apply(changed);
            ApplyEarlyChanges();
            return;
        }
        // What does not fit is not lost: the repair reads it from the log. So is the message, if it does not come.
        _newestRevHeardOf = Math.Max(_newestRevHeardOf, rev);
        _newestHeardOf = Math.Max(_newestHeardOf, changed.Message.Seq);
        if (_earlyChanges.Count < _ring.Length) _earlyChanges.TryAdd(rev, changed);
        _repair.Change(RepairAfter, Timeout.InfiniteTimeSpan);
    }

    private void ApplyEarlyChanges()
    {
        while (_earlyChanges.Count > 0)
        {
            var (rev, changed) = _earlyChanges.First();
            if (rev > _rev && (rev > _rev + 1 || changed.Message.Seq > _lastSeq)) return;
            _earlyChanges.Remove(rev);
            if (rev > _rev) Apply(changed);
        }
    }

    /// <summary>Tells a change, in its turn. The ring may hold a later state already, which came with the message from the log.</summary>
    private void Apply(MessageChanged changed)
    {
        var message = changed.Message;
        Volatile.Write(ref _rev, message.Rev);
        if (message.Seq < _firstSeq) return;
        Hold(changed);
        if (_changes.Count == ChangesKept) _changes.Dequeue();
        _changes.Enqueue(changed);
        Tell(changed);
    }

    private void Hold(MessageChanged changed)
    {
        if (changed.Message.Seq < _oldestInRing) return;
        ref var held = ref _ring[changed.Message.Seq % _ring.Length];
        if (held is not null && held.Rev < changed.Message.Rev) held = changed.Message;
    }

    /// <summary>
    /// Reads the changes that did not come. A message that changed several times stands in the log once, at its latest revision: the revisions between are
    /// skipped, and so are those of messages that retention has removed.
    /// </summary>
    private async Task RepairChangesAsync()
    {
        while (true)
        {
            long after, heardOf;
            lock (_lock)
            {
                if (_rev >= _newestRevHeardOf) return;
                (after, heardOf) = (_rev, _newestRevHeardOf);
            }
            var missing = await _log.ReadChangesAsync(_channel!.Id, after, ChangesRead, CancellationToken.None);
            lock (_lock)
            {
                foreach (var message in missing)
                {
                    if (message.Seq > _lastSeq)
                    {
                        // Posted a moment ago: its own event is on the way, or the next repair reads it.
                        _newestHeardOf = Math.Max(_newestHeardOf, message.Seq);
                        _newestRevHeardOf = Math.Max(_newestRevHeardOf, message.Rev);
                        _repair.Change(RepairAfter, Timeout.InfiniteTimeSpan);
                        return;
                    }
                    if (message.Rev > _rev) Apply(_earlyChanges.GetValueOrDefault(message.Rev) ?? new MessageChanged(message, Change: null));
                }
                // All that was heard of was in the log before it was heard of.
                if (missing.Count < ChangesRead) Volatile.Write(ref _rev, Math.Max(_rev, heardOf));
                ApplyEarlyChanges();
            }
        }
    }
}
