namespace KaiChat.Server.Chat;

/// <summary>
/// Lets <paramref name="perSecond"/> events a second pass in the long run and <paramref name="burst"/> at once. One timestamp is its whole state
/// (the virtual scheduling form of the leaky bucket, ITU-T I.371), so a session costs no timer. The framework's rate limiters take no clock.
/// </summary>
internal sealed class TokenBucket(double perSecond, int burst, TimeProvider clock)
{
    private readonly double _interval = 1 / perSecond;
    private readonly long _start = clock.GetTimestamp();
    private readonly Lock _lock = new();
    private double _paidUntil;

    /// <summary>Takes one event. Zero if it may happen now, otherwise how long to wait; then nothing was taken.</summary>
    public TimeSpan TryTake()
    {
        lock (_lock)
        {
            var now = clock.GetElapsedTime(_start).TotalSeconds;
            var from = Math.Max(_paidUntil, now);
            var early = from - now - _interval * (burst - 1);
            if (early > 1e-9) return TimeSpan.FromSeconds(early);
            _paidUntil = from + _interval;
            return TimeSpan.Zero;
        }
    }
}
