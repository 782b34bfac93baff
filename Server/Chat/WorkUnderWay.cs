namespace KaiChat.Server.Chat;

/// <summary>Counts what has begun and is not finished, until it is closed: then nothing more begins, and whoever closed it can wait for the rest. For any thread.</summary>
internal sealed class WorkUnderWay
{
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _closed;
    private int _count;

    /// <summary>True from the moment nothing more begins.</summary>
    public bool IsClosed => _closed;

    /// <summary>Begins something, which then has to <see cref="Leave"/>. False if it is closed.</summary>
    public bool TryEnter()
    {
        // Counted first: whoever closes it between the two waits for this one.
        Interlocked.Increment(ref _count);
        if (!_closed) return true;
        Leave();
        return false;
    }

    /// <summary>Something that began is finished.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref _count) == 0 && _closed) _finished.TrySetResult();
    }

    /// <summary>Lets nothing more begin. Completes when all that began is finished.</summary>
    public Task CloseAsync()
    {
        _closed = true;
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _count) == 0) _finished.TrySetResult();
        return _finished.Task;
    }
}
