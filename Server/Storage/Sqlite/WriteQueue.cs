namespace KaiChat.Server.Storage.Sqlite;

/// <summary>The writes that wait for the writer, in order of arrival; bounded, so that a disk that has stopped cannot fill the memory.</summary>
internal sealed class WriteQueue(int capacity)
{
    private readonly object _gate = new();      // not a Lock: the writer's thread waits on it
    private readonly Queue<WriteRequest> _waiting = new();
    private bool _closed;

    public int Count
    {
        get
        {
            lock (_gate) return _waiting.Count;
        }
    }

    /// <summary>Queues a write; never blocks.</summary>
    /// <exception cref="LogUnavailableException">As many as may wait are waiting, or the log is closing.</exception>
    public void Add(WriteRequest request)
    {
        lock (_gate)
        {
            if (_closed) throw new LogUnavailableException("The log is closing.");
            if (_waiting.Count >= capacity) throw new LogUnavailableException($"{capacity} writes are waiting for the disk.");
            _waiting.Enqueue(request);
            // The writer waits only when nothing did: one wake-up a batch.
            if (_waiting.Count == 1) Monitor.Pulse(_gate);
        }
    }

    /// <summary>Moves what is waiting into an empty batch, at most so many; waits while there is nothing.</summary>
    /// <returns>False if the queue is closed and empty.</returns>
    public bool Take(List<WriteRequest> batch, int most)
    {
        lock (_gate)
        {
            while (_waiting.Count == 0 && !_closed) Monitor.Wait(_gate);
            while (batch.Count < most && _waiting.TryDequeue(out var request)) batch.Add(request);
            return batch.Count > 0;
        }
    }

    /// <summary>Takes no more; what waits is still there to be taken.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }
}
