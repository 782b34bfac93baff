using System.Globalization;
using System.Text;

namespace KaiChat.Server.Diagnostics.Prometheus;

/// <summary>Prometheus' text format, version 0.0.4.</summary>
internal static class PrometheusText
{
    public const string MediaType = "text/plain";
    public const string ContentType = MediaType + "; version=0.0.4; charset=utf-8";

    public static string Write(IEnumerable<MetricFamily> families)
    {
        var text = new StringBuilder(16 * 1024);
        foreach (var family in families)
        {
            text.Append("# HELP ").Append(family.Name).Append(' ').Append(EscapeHelp(family.Help)).Append('\n');
            text.Append("# TYPE ").Append(family.Name).Append(' ').Append(TypeOf(family.Kind)).Append('\n');
            // A counter is there before it counts: the first of a kind is the increase that an alert waits for.
            if (family is { Kind: MetricKind.Counter, IsEmpty: true }) WriteSample(text, family.Name, "", "0");
            foreach (var (labels, series) in family.Series)
            {
                if (family.Kind == MetricKind.Histogram) WriteHistogram(text, family, labels, series);
                else WriteSample(text, family.Name, labels, Number(series.Sum));
            }
        }
        return text.ToString();
    }

    private static void WriteHistogram(StringBuilder text, MetricFamily family, string labels, MetricSeries series)
    {
        var counts = series.Cumulate();
        var prefix = labels.Length == 0 ? "" : labels + ",";
        for (var i = 0; i < counts.Length; i++)
        {
            var bound = i < family.Bounds.Length ? family.Bounds[i] : double.PositiveInfinity;
            WriteSample(text, family.Name + "_bucket", $"{prefix}le=\"{Number(bound)}\"", Number(counts[i]));
        }
        WriteSample(text, family.Name + "_sum", labels, Number(series.Sum));
        // By the buckets, and not counted apart: a scrape in the middle of a measurement is consistent all the same.
        WriteSample(text, family.Name + "_count", labels, Number(counts[^1]));
    }

    private static void WriteSample(StringBuilder text, string name, string labels, string value)
    {
        text.Append(name);
        if (labels.Length > 0) text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(value).Append('\n');
    }

    private static string TypeOf(MetricKind kind) => kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.Histogram => "histogram",
        _ => "gauge",
    };

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : value.ToString("R", CultureInfo.InvariantCulture);

    private static string EscapeHelp(string help) =>
        help.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);
}
