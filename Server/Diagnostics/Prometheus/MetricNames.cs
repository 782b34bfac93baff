using System.Diagnostics.Metrics;
using System.Text;

namespace KaiChat.Server.Diagnostics.Prometheus;

/// <summary>How a metric is written down.</summary>
internal enum MetricKind
{
    /// <summary>Only rises.</summary>
    Counter,

    /// <summary>Rises and falls.</summary>
    Gauge,

    /// <summary>Counts values by size.</summary>
    Histogram,
}

/// <summary>The names of instruments in Prometheus, by the rules of OpenTelemetry's compatibility specification: the unit in full, then <c>_total</c> for counters.</summary>
internal static class MetricNames
{
    /// <summary>What the runtime calls counters and does not only rise.</summary>
    private static readonly string[] RiseAndFall = ["dotnet.thread_pool.queue.length", "dotnet.thread_pool.thread.count"];

    public static MetricKind KindOf(Instrument instrument)
    {
        if (RiseAndFall.Contains(instrument.Name)) return MetricKind.Gauge;
        var type = instrument.GetType().GetGenericTypeDefinition();
        if (type == typeof(Histogram<>)) return MetricKind.Histogram;
        return type == typeof(Counter<>) || type == typeof(ObservableCounter<>) ? MetricKind.Counter : MetricKind.Gauge;
    }

    public static string NameOf(Instrument instrument, MetricKind kind)
    {
        var name = Sanitize(instrument.Name);
        var unit = UnitOf(instrument.Unit, kind);
        if (unit.Length > 0 && !name.EndsWith(unit, StringComparison.Ordinal)) name += unit;
        return kind == MetricKind.Counter && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    /// <summary>A name with nothing but letters, digits and underscores, as labels must be; a metric's could have colons, which are for rules.</summary>
    public static string Sanitize(string name)
    {
        var clean = new StringBuilder(name.Length + 1);
        if (char.IsAsciiDigit(name[0])) clean.Append('_');
        foreach (var c in name) clean.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        return clean.ToString();
    }

    /// <summary>Units are those of UCUM; what is in braces is a word for people.</summary>
    private static string UnitOf(string? unit, MetricKind kind) => unit switch
    {
        null or "" => "",
        "s" => "_seconds",
        "ms" => "_milliseconds",
        "By" => "_bytes",
        "%" => "_percent",
        "1" => kind == MetricKind.Gauge ? "_ratio" : "",
        ['{', ..] => "",
        _ => "_" + Sanitize(unit),
    };
}
