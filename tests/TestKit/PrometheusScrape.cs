using System.Globalization;
using System.Text.RegularExpressions;

namespace KaiChat.TestKit;

/// <summary>What a scrape of <c>/metrics</c> says, read strictly: whatever the text format, version 0.0.4, does not allow is a <see cref="FormatException"/>.</summary>
public sealed partial class PrometheusScrape
{
    private PrometheusScrape(IReadOnlyDictionary<string, PrometheusFamily> families) => Families = families;

    /// <summary>The metrics by name.</summary>
    public IReadOnlyDictionary<string, PrometheusFamily> Families { get; }

    public static PrometheusScrape Parse(string text)
    {
        Require(text.EndsWith('\n') && !text.Contains('\r', StringComparison.Ordinal), "lines end with \\n");
        var families = new Dictionary<string, PrometheusFamily>(StringComparer.Ordinal);
        PrometheusFamily? family = null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in text[..^1].Split('\n'))
        {
            if (Help().Match(line) is { Success: true } help)
            {
                family = new PrometheusFamily(help.Groups["name"].Value, help.Groups["text"].Value);
                Require(families.TryAdd(family.Name, family), $"{family.Name} comes twice");
            }
            else if (Type().Match(line) is { Success: true } type)
            {
                Require(family is { Type: "" } && family.Name == type.Groups["name"].Value && family.Samples.Count == 0, $"a TYPE in the wrong place: {line}");
                family!.Type = type.Groups["type"].Value;
            }
            else
            {
                var sample = Sample().Match(line);
                Require(sample.Success, $"not understood: {line}");
                var (name, labels) = (sample.Groups["name"].Value, sample.Groups["labels"].Value);
                Require(family is { Type: not "" } && name.StartsWith(family.Name, StringComparison.Ordinal) && IsSuffix(family.Type, name[family.Name.Length..]), $"a sample in the wrong place: {line}");
                Require(seen.Add($"{name}{{{labels}}}"), $"twice: {line}");
                family!.Samples.Add(new PrometheusSample(name, ParseLabels(labels), ParseValue(sample.Groups["value"].Value)));
            }
        }
        foreach (var histogram in families.Values.Where(one => one.Type == "histogram")) CheckHistogram(histogram);
        return new PrometheusScrape(families);
    }

    /// <summary>The value of a series; 0 if there is none.</summary>
    public double Value(string name, params (string Name, string Value)[] labels) =>
        Families.Values.SelectMany(family => family.Samples)
            .SingleOrDefault(sample => sample.Name == name && sample.Labels.Count == labels.Length && labels.All(label => sample.Labels.GetValueOrDefault(label.Name) == label.Value))?.Value ?? 0;

    private static bool IsSuffix(string type, string suffix) => type == "histogram" ? suffix is "_bucket" or "_sum" or "_count" : suffix.Length == 0;

    private static Dictionary<string, string> ParseLabels(string labels)
    {
        var parsed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match label in Label().Matches(labels))
        {
            var value = Escape().Replace(label.Groups["value"].Value, escape => escape.Value == "\\n" ? "\n" : escape.Value[1..]);
            Require(parsed.TryAdd(label.Groups["name"].Value, value), $"a label comes twice: {labels}");
        }
        return parsed;
    }

    private static double ParseValue(string value) => value switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(value, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    /// <summary>Buckets rise, the last is infinite, and is the count.</summary>
    private static void CheckHistogram(PrometheusFamily family)
    {
        foreach (var series in family.Samples.GroupBy(sample => string.Join(',', sample.Labels.Where(label => label.Key != "le").Select(label => $"{label.Key}={label.Value}"))))
        {
            var buckets = series.Where(sample => sample.Name.EndsWith("_bucket", StringComparison.Ordinal)).Select(sample => (Bound: ParseValue(sample.Labels["le"]), sample.Value)).ToArray();
            Require(buckets.Length > 1 && double.IsPositiveInfinity(buckets[^1].Bound), $"{family.Name}: no infinite bucket");
            Require(buckets.Zip(buckets.Skip(1)).All(pair => pair.First.Bound < pair.Second.Bound && pair.First.Value <= pair.Second.Value), $"{family.Name}: buckets fall");
            Require(series.Single(sample => sample.Name == family.Name + "_count").Value == buckets[^1].Value, $"{family.Name}: the count is another than the infinite bucket's");
            Require(series.Count(sample => sample.Name == family.Name + "_sum") == 1, $"{family.Name}: no sum");
        }
    }

    private static void Require(bool holds, string rule)
    {
        if (!holds) throw new FormatException(rule);
    }

    [GeneratedRegex(@"^# HELP (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<text>([^\\]|\\\\|\\n)+)$", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Help();

    [GeneratedRegex("^# TYPE (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<type>counter|gauge|histogram)$", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Type();

    [GeneratedRegex(
        @"^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?<labels>[a-zA-Z_][a-zA-Z0-9_]*=""([^""\\]|\\\\|\\""|\\n)*""(,[a-zA-Z_][a-zA-Z0-9_]*=""([^""\\]|\\\\|\\""|\\n)*"")*)\})? (?<value>[-+0-9.eE]+|NaN|\+Inf|-Inf)$",
        RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Sample();

    [GeneratedRegex(@"(?<name>[a-zA-Z_][a-zA-Z0-9_]*)=""(?<value>([^""\\]|\\.)*)""", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Label();

    [GeneratedRegex(@"\\.", RegexOptions.None, 60_000)]
    private static partial Regex Escape();
}

/// <summary>A metric with all its samples.</summary>
public sealed record PrometheusFamily(string Name, string Help)
{
    /// <summary><c>counter</c>, <c>gauge</c> or <c>histogram</c>.</summary>
    public string Type { get; set; } = "";

    public List<PrometheusSample> Samples { get; } = [];
}

/// <summary>One line.</summary>
public sealed record PrometheusSample(string Name, IReadOnlyDictionary<string, string> Labels, double Value);
