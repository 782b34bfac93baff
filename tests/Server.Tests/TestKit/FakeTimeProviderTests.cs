using KaiChat.TestKit;

namespace KaiChat.Server.Tests.TestKit;

public sealed class FakeTimeProviderTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _clock = new(Start);
    private readonly List<(string Timer, TimeSpan At)> _runs = [];

    [Fact]
    public void Stands_still_until_it_is_advanced()
    {
        var timestamp = _clock.GetTimestamp();
        Assert.Equal(Start, _clock.GetUtcNow());

        _clock.Advance(1.5 * Second);

        Assert.Equal(Start + 1.5 * Second, _clock.GetUtcNow());
        Assert.Equal(1.5 * Second, _clock.GetElapsedTime(timestamp));
        Assert.Throws<ArgumentOutOfRangeException>(() => _clock.Advance(-Second));
    }

    [Fact]
    public void Runs_a_timer_once_and_not_before_its_time()
    {
        using var timer = Arm("once", Second, Timeout.InfiniteTimeSpan);

        _clock.Advance(Second - TimeSpan.FromTicks(1));
        Assert.Empty(_runs);
        _clock.Advance(TimeSpan.FromTicks(1));
        _clock.Advance(10 * Second);

        Assert.Equal([("once", Second)], _runs);
        Assert.Equal(0, _clock.ArmedTimers);
    }

    [Fact]
    public void Runs_timers_in_order_of_time_each_at_its_own()
    {
        using var late = Arm("late", 3 * Second, Timeout.InfiniteTimeSpan);
        using var periodic = Arm("periodic", Second, 2 * Second);
        using var early = Arm("early", Second, TimeSpan.Zero);

        _clock.Advance(4 * Second);

        Assert.Equal([("periodic", Second), ("early", Second), ("late", 3 * Second), ("periodic", 3 * Second)], _runs);
        Assert.Equal(Start + 4 * Second, _clock.GetUtcNow());
    }

    [Fact]
    public void Runs_on_the_way_what_a_timer_arms_on_the_way()
    {
        ITimer? inner = null;
        using var outer = _clock.CreateTimer(_ => inner = Arm("inner", Second, Timeout.InfiniteTimeSpan), null, Second, Timeout.InfiniteTimeSpan);

        _clock.Advance(2 * Second);

        Assert.Equal([("inner", 2 * Second)], _runs);
        inner!.Dispose();
    }

    [Fact]
    public void A_changed_timer_counts_anew_and_a_disposed_one_is_silent()
    {
        using var changed = Arm("changed", Second, Timeout.InfiniteTimeSpan);
        var disposed = Arm("disposed", Second, Second);
        var stopped = Arm("stopped", Second, Second);

        Assert.True(changed.Change(2 * Second, Timeout.InfiniteTimeSpan));
        Assert.True(stopped.Change(Timeout.InfiniteTimeSpan, Second));
        disposed.Dispose();
        Assert.False(disposed.Change(Second, Second));
        _clock.Advance(3 * Second);

        Assert.Equal([("changed", 2 * Second)], _runs);
        Assert.Throws<ArgumentOutOfRangeException>(() => changed.Change(-2 * Second, Second));
        stopped.Dispose();
    }

    [Fact]
    public async Task A_timer_due_at_once_needs_no_advance()
    {
        var ran = new TaskCompletionSource();
        await using var timer = _clock.CreateTimer(_ => ran.SetResult(), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        await ran.Task;
    }

    [Fact]
    public async Task Drives_delays_and_periodic_timers_of_the_runtime()
    {
        var delay = Task.Delay(Second, _clock);
        using var periodic = new PeriodicTimer(2 * Second, _clock);
        var tick = periodic.WaitForNextTickAsync();

        Assert.False(delay.IsCompleted);
        _clock.Advance(Second);
        await delay;
        Assert.False(tick.IsCompleted);
        _clock.Advance(Second);
        Assert.True(await tick);
    }

    [Fact]
    public async Task A_test_can_wait_for_a_timer_armed_on_another_thread()
    {
        using var distant = Arm("distant", 100 * Second, Timeout.InfiniteTimeSpan);
        var armed = _clock.WhenTimerDueAsync(5 * Second);
        Assert.False(armed.IsCompleted);

        var work = Task.Run(() => Task.Delay(5 * Second, _clock));
        await armed;
        _clock.Advance(5 * Second);

        await work;
        Assert.False(_clock.WhenTimerDueAsync(Second).IsCompleted);
        Assert.True(_clock.WhenTimerDueAsync(95 * Second).IsCompleted);
    }

    [Fact]
    public void It_can_move_to_the_next_timer_and_no_further()
    {
        using var first = Arm("first", Second, Timeout.InfiniteTimeSpan);
        using var together = Arm("together", Second, Timeout.InfiniteTimeSpan);
        using var second = Arm("second", 3 * Second, Timeout.InfiniteTimeSpan);

        _clock.AdvanceToNextTimer();
        Assert.Equal([("first", Second), ("together", Second)], _runs);
        Assert.Equal(Start + Second, _clock.GetUtcNow());

        _clock.AdvanceToNextTimer();
        _clock.AdvanceToNextTimer();
        Assert.Equal(("second", 3 * Second), _runs[^1]);
        Assert.Equal(Start + (3 * Second), _clock.GetUtcNow());
    }

    [Fact]
    public void The_clock_stays_where_it_is_if_the_timer_that_was_meant_has_been_given_up()
    {
        using var other = Arm("other", 5 * Second, Timeout.InfiniteTimeSpan);
        Arm("meant", Second, Timeout.InfiniteTimeSpan).Dispose();

        _clock.AdvanceToNextTimer(within: 2 * Second);
        Assert.Equal(Start, _clock.GetUtcNow());

        _clock.AdvanceToNextTimer(within: 5 * Second);
        Assert.Equal([("other", 5 * Second)], _runs);
    }

    [Fact]
    public async Task Advances_from_several_threads_add_up_and_lose_no_run()
    {
        var runs = 0;
        await using var timer = _clock.CreateTimer(_ => Interlocked.Increment(ref runs), null, Second, Second);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 500; i++) _clock.Advance(Second);
        })));

        Assert.Equal(4000, runs);
        Assert.Equal(Start + 4000 * Second, _clock.GetUtcNow());
    }

    [Fact]
    public void What_a_timer_throws_comes_out_of_the_advance()
    {
        using var timer = _clock.CreateTimer(_ => throw new InvalidOperationException("boom"), null, Second, Timeout.InfiniteTimeSpan);
        Assert.Equal("boom", Assert.Throws<InvalidOperationException>(() => _clock.Advance(Second)).Message);
    }

    private ITimer Arm(string name, TimeSpan due, TimeSpan period) =>
        _clock.CreateTimer(_ => _runs.Add((name, _clock.GetUtcNow() - Start)), null, due, period);
}
