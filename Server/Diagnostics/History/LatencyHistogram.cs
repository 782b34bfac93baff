namespace KaiChat.Server.Diagnostics.History;

/// <summary>
/// Durations of an interval, counted in buckets of fixed number: four for each doubling from 10 µs to 100 s, so that a percentile is right to within a tenth of its
/// value. Any thread may record at any time; one takes.
/// </summary>
internal sealed class LatencyHistogram
{
    private const double Lowest = 1e-5;
    private const int PerDoubling = 4;

    private readonly long[] _counts = new long[1 + 24 * PerDoubling];
    private readonly long[] _taken = new long[1 + 24 * PerDoubling];

    public void Record(double seconds)
    {
        var bucket = seconds > Lowest ? (int)Math.Ceiling(Math.Log2(seconds / Lowest) * PerDoubling) : 0;
        Interlocked.Increment(ref _counts[Math.Min(bucket, _counts.Length - 1)]);
    }

    /// <summary>Ends an interval and begins the next. What <see cref="Percentile"/> says is of the one that has ended.</summary>
    public void Take()
    {
        for (var i = 0; i < _counts.Length; i++) _taken[i] = Interlocked.Exchange(ref _counts[i], 0);
    }

    /// <summary>The duration in milliseconds that this share of all did not exceed; null if there were none.</summary>
    public double? Percentile(double share)
    {
        var all = _taken.Sum();
        if (all == 0) return null;
        var left = Math.Max(1, (long)Math.Ceiling(all * share));
        var bucket = 0;
        while ((left -= _taken[bucket]) > 0) bucket++;
        // The middle of the bucket, on the scale that the buckets have.
        return Math.Round(Lowest * Math.Pow(2, (bucket - 0.5) / PerDoubling) * 1000, 4);
    }
}
