namespace KaiChat.Server.Diagnostics.Prometheus;

/// <summary>What one instrument has measured under one set of labels. Any thread may add at any time, and nothing that is added is lost.</summary>
/// <param name="bounds">The upper ends of a histogram's buckets, rising; empty for all others.</param>
internal sealed class MetricSeries(double[] bounds)
{
    private readonly long[] _counts = bounds.Length == 0 ? [] : new long[bounds.Length + 1];
    private double _sum;

    /// <summary>The value, or the sum of a histogram's.</summary>
    public double Sum => Volatile.Read(ref _sum);

    public void Add(double value)
    {
        if (_counts.Length > 0) Interlocked.Increment(ref _counts[BucketOf(value)]);
        var seen = Volatile.Read(ref _sum);
        while (true)
        {
            var found = Interlocked.CompareExchange(ref _sum, seen + value, seen);
            // By its bits: a NaN equals nothing, not even itself.
            if (BitConverter.DoubleToInt64Bits(found) == BitConverter.DoubleToInt64Bits(seen)) return;
            seen = found;
        }
    }

    /// <summary>How many values were in each bucket or one below it, the last bucket being infinite.</summary>
    public long[] Cumulate()
    {
        var sums = new long[_counts.Length];
        var total = 0L;
        for (var i = 0; i < sums.Length; i++) sums[i] = total += Interlocked.Read(ref _counts[i]);
        return sums;
    }

    /// <summary>A bucket takes the values up to its bound, the bound included.</summary>
    private int BucketOf(double value)
    {
        var at = Array.BinarySearch(bounds, value);
        return double.IsNaN(value) ? bounds.Length : at >= 0 ? at : ~at;
    }
}
