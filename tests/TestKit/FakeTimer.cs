namespace KaiChat.TestKit;

/// <summary>A timer of a <see cref="FakeTimeProvider"/>, under whose lock its state is read and written.</summary>
internal sealed class FakeTimer(FakeTimeProvider clock, TimerCallback callback, object? state) : ITimer
{
    // As the system's timers do: what runs belongs to whoever made the timer, not to whoever moves the clock.
    private readonly ExecutionContext? _context = ExecutionContext.Capture();

    /// <summary>When it runs next, in ticks of the clock.</summary>
    public long Due { get; set; }

    /// <summary>Which arming this was: timers due at the same time run in this order.</summary>
    public long Order { get; set; }

    /// <summary>The ticks from one run to the next; 0 for a timer that runs once.</summary>
    public long Period { get; set; }

    public bool Disposed { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        CheckInterval(dueTime, nameof(dueTime));
        CheckInterval(period, nameof(period));
        return clock.Arm(this, dueTime, period);
    }

    public void Run()
    {
        if (_context is null) callback(state);
        else ExecutionContext.Run(_context, callback.Invoke, state);
    }

    public void Dispose() => clock.Disarm(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private static void CheckInterval(TimeSpan value, string name)
    {
        if (value != Timeout.InfiniteTimeSpan) ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero, name);
    }
}
