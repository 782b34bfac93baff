using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace KaiChat.Server.Diagnostics.Prometheus;

/// <summary>One instrument with all its series, one for each set of labels.</summary>
internal sealed class MetricFamily
{
    /// <summary>Sets of labels of one instrument; what comes after them is added up under <see cref="Overflow"/>, so that nobody fills the memory with labels.</summary>
    public const int MaxSeries = 500;

    /// <summary>The label of what is beyond <see cref="MaxSeries"/>, as OpenTelemetry calls it.</summary>
    public const string Overflow = "otel_metric_overflow=\"true\"";

    private const int LongestLabels = 1024;

    private static readonly double[] Seconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
    private static readonly double[] Counts = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];

    private readonly ConcurrentDictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, MetricSeries>.AlternateLookup<ReadOnlySpan<char>> _byLabels;
    private readonly string[]? _kept;
    private readonly bool _observed;
    private int _count;

    /// <param name="instrument">The instrument.</param>
    /// <param name="kept">The tags that become labels; null for all. The others are added up.</param>
    public MetricFamily(Instrument instrument, string[]? kept)
    {
        (_kept, _observed) = (kept, instrument.IsObservable);
        Kind = MetricNames.KindOf(instrument);
        Name = MetricNames.NameOf(instrument, Kind);
        Help = instrument.Description ?? "";
        Bounds = Kind != MetricKind.Histogram ? [] : Advised(instrument) ?? (instrument.Unit == "s" ? Seconds : Counts);
        _byLabels = _series.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public string Name { get; }

    public MetricKind Kind { get; }

    public string Help { get; }

    /// <summary>The upper ends of a histogram's buckets; empty for all others.</summary>
    public double[] Bounds { get; }

    public bool IsEmpty => _series.IsEmpty;

    /// <summary>The series by their labels as they are written, in order.</summary>
    public IEnumerable<KeyValuePair<string, MetricSeries>> Series => _series.OrderBy(series => series.Key, StringComparer.Ordinal);

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty || _kept is { Length: 0 })
        {
            Find("").Add(value);
            return;
        }
        Span<char> written = stackalloc char[LongestLabels];
        var labels = new LabelWriter(written);
        // In order of their names: the same tags in another order are the same series.
        for (string? last = null; Next(tags, last) is { } tag; last = tag.Key)
        {
            if (_kept is null || _kept.Contains(tag.Key)) labels.Write(tag.Key, Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? "");
        }
        Find(labels.IsWhole ? labels.Text : Overflow).Add(value);
    }

    /// <summary>Observed instruments tell all they have at each look, and what they no longer tell is gone.</summary>
    public void BeginLook()
    {
        if (!_observed) return;
        _series.Clear();
        _count = 0;
    }

    private MetricSeries Find(ReadOnlySpan<char> labels)
    {
        if (_byLabels.TryGetValue(labels, out var found)) return found;
        if (Interlocked.Increment(ref _count) > MaxSeries) labels = Overflow;
        return _series.GetOrAdd(labels.ToString(), static (_, bounds) => new MetricSeries(bounds), Bounds);
    }

    /// <summary>The tag whose name comes next after another.</summary>
    private static KeyValuePair<string, object?>? Next(ReadOnlySpan<KeyValuePair<string, object?>> tags, string? last)
    {
        KeyValuePair<string, object?>? next = null;
        foreach (var tag in tags)
        {
            if (last is not null && string.CompareOrdinal(tag.Key, last) <= 0) continue;
            if (next is null || string.CompareOrdinal(tag.Key, next.Value.Key) < 0) next = tag;
        }
        return next;
    }

    private static double[]? Advised(Instrument instrument) => instrument switch
    {
        Histogram<double> histogram => histogram.Advice?.HistogramBucketBoundaries?.ToArray(),
        _ => null,
    };
}
