namespace KaiChat.TestKit;

/// <summary>
/// A clock that moves only when a test says so. Timers that come due run inside <see cref="Advance"/>, on its thread, in order of time and
/// then of arming; each sees the clock at its own due time. Safe to use from any thread.
/// </summary>
/// <remarks>
/// A timer armed with a due time of zero runs at once on the thread pool, as the system's does: code that means "as soon as possible" needs no
/// test to advance the clock. Code under test that arms its timer on another thread is awaited with <see cref="WhenTimerDueAsync"/>.
/// </remarks>
public sealed class FakeTimeProvider : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<FakeTimer> _armed = [];
    private readonly List<(long Due, TaskCompletionSource Armed)> _waiting = [];
    private readonly long _start;
    private long _now;
    private long _target;
    private long _armings;
    private long _set;

    /// <summary>Starts the clock at noon of 1 March 2026, UTC.</summary>
    public FakeTimeProvider()
        : this(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>Starts the clock at a given time.</summary>
    public FakeTimeProvider(DateTimeOffset start) => _start = _now = _target = start.UtcTicks;

    /// <summary>How many timers are armed: zero tells that nothing is left running.</summary>
    public int ArmedTimers
    {
        get
        {
            lock (_gate) return _armed.Count;
        }
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return new DateTimeOffset(_now + _set, TimeSpan.Zero);
    }

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        lock (_gate) return _now - _start;
    }

    /// <summary>Sets the time of day forward or back, as an operator or NTP does: no time passes, so timestamps stay and no timer comes due.</summary>
    public void SetTimeOfDay(TimeSpan by)
    {
        lock (_gate) _set += by.Ticks;
    }

    /// <summary>
    /// Moves the clock on and runs what comes due on the way, timers armed meanwhile included. What a timer throws comes out of here. Calls
    /// from several threads add up.
    /// </summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        long target;
        lock (_gate) target = _target += by.Ticks;
        while (TakeDue(target) is { } timer) timer.Run();
    }

    /// <summary>
    /// Moves the clock to where the next timer comes due, and not a tick further: what the timer wakes on another thread reads that very time, however late it
    /// gets to run. Does nothing if no timer is armed.
    /// </summary>
    /// <param name="within">
    /// Does nothing either if none comes due within this time from now: the one that was meant may have been given up meanwhile, and another one is not meant.
    /// </param>
    public void AdvanceToNextTimer(TimeSpan? within = null)
    {
        long target;
        lock (_gate)
        {
            if (_armed.Count == 0) return;
            var due = _armed.Min(timer => timer.Due);
            if (due - _now > within?.Ticks) return;
            target = _target = Math.Max(_target, due);
        }
        while (TakeDue(target) is { } timer) timer.Run();
    }

    /// <summary>
    /// Completes as soon as some timer is armed to come due within this time from now: the fence to await before advancing the clock.
    /// </summary>
    public Task WhenTimerDueAsync(TimeSpan within)
    {
        lock (_gate)
        {
            var due = _now + within.Ticks;
            if (_armed.Exists(timer => timer.Due <= due)) return Task.CompletedTask;
            var armed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((due, armed));
            return armed.Task;
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    internal bool Arm(FakeTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            if (timer.Disposed) return false;
            _armed.Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan) return true;
            timer.Period = period > TimeSpan.Zero ? period.Ticks : 0;
            if (dueTime == TimeSpan.Zero)
            {
                if (timer.Period > 0) Enter(timer, _now + timer.Period);
                ThreadPool.QueueUserWorkItem(static timer => timer.Run(), timer, preferLocal: false);
                return true;
            }

            Enter(timer, _now + dueTime.Ticks);
            return true;
        }
    }

    internal void Disarm(FakeTimer timer)
    {
        lock (_gate)
        {
            timer.Disposed = true;
            _armed.Remove(timer);
        }
    }

    private FakeTimer? TakeDue(long target)
    {
        lock (_gate)
        {
            var timer = _armed.Where(timer => timer.Due <= target).MinBy(timer => (timer.Due, timer.Order));
            // Another thread may have moved the clock further already; it never goes back.
            _now = Math.Max(_now, timer?.Due ?? target);
            if (timer is null) return null;
            _armed.Remove(timer);
            if (timer.Period > 0) Enter(timer, timer.Due + timer.Period);
            return timer;
        }
    }

    private void Enter(FakeTimer timer, long due)
    {
        timer.Due = due;
        timer.Order = ++_armings;
        _armed.Add(timer);
        foreach (var (_, armed) in _waiting.Where(waiting => due <= waiting.Due)) armed.SetResult();
        _waiting.RemoveAll(waiting => due <= waiting.Due);
    }
}
