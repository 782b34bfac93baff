using System.Reflection;

namespace KaiChat.Server.Hosting;

/// <summary>Finds misspelt keys: a setting that does not take effect is worse than a server that does not start.</summary>
internal static class UnknownKeys
{
    /// <summary>The sections of the product, and those of the framework that people use.</summary>
    private static readonly string[] KnownSections =
        ["KaiChat", "Storage", "Backup", "Admin", "Limits", "Retention", "Web", "Lobby", "Diagnostics", "Logging", "Kestrel", "AllowedHosts", "urls"];

    /// <summary>All that Kestrel reads below its section; <c>*</c> is a name of the operator's, or a place in a list.</summary>
    private static readonly string[] KestrelKeys = [.. Certificate("Certificates:*:"), .. Endpoint("EndpointDefaults:"), .. Endpoint("Endpoints:*:"), .. Endpoint("Endpoints:*:Sni:*:")];

    /// <summary>Keys of a section that no property of its options has, each with, where near, the right one, and values where sections belong or the other way round.</summary>
    public static IEnumerable<string> Find(IConfigurationSection section, Type options)
    {
        var properties = options.GetProperties(BindingFlags.Public | BindingFlags.Instance).ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        var known = properties.Keys.ToArray();
        if (section.Value is { Length: > 0 }) yield return $"{section.Path} is a section, not a value.";
        foreach (var child in section.GetChildren())
        {
            if (!properties.TryGetValue(child.Key, out var property)) yield return $"{child.Path} is not a setting.{Suggest(child.Key, known, section.Path + ":")}";
            else if (property.PropertyType.GetElementType() is not { } element) foreach (var fault in FindInside(child)) yield return fault;
            else if (child.Value is { Length: > 0 }) yield return $"{child.Path} is a list: write {child.Path}:0, {child.Path}:1 and so on, or a list in appsettings.json.";
            // A list of sections: each of them is looked at.
            else if (element.IsClass && element != typeof(string)) foreach (var fault in child.GetChildren().SelectMany(item => Find(item, element))) yield return fault;
        }
    }

    /// <summary>What of Kestrel's section nothing reads.</summary>
    public static IEnumerable<string> FindKestrels(IConfiguration configuration) => FindKestrels(configuration.GetSection("Kestrel"), KestrelKeys);

    private static IEnumerable<string> FindKestrels(IConfigurationSection section, string[] patterns)
    {
        foreach (var child in section.GetChildren())
        {
            var below = patterns.Where(pattern => pattern.Split(':')[0] is var first && (first == "*" || first.Equals(child.Key, StringComparison.OrdinalIgnoreCase))).ToArray();
            if (below.Length == 0)
            {
                var known = patterns.Select(pattern => pattern.Split(':')[0]).Distinct(StringComparer.Ordinal).ToArray();
                yield return $"{child.Path} is not a setting.{Suggest(child.Key, known, section.Path + ":")}";
                continue;
            }
            string[] deeper = [.. below.Where(pattern => pattern.Contains(':', StringComparison.Ordinal)).Select(pattern => pattern.Split(':', 2)[1])];
            foreach (var fault in deeper.Length == 0 ? FindInside(child) : FindKestrels(child, deeper)) yield return fault;
        }
    }

    private static IEnumerable<string> FindInside(IConfigurationSection value) => value.GetChildren().Select(child => $"{child.Path} is not a setting: {value.Path} is one value.");

    /// <summary>Sections that come from a file or the command line and are none of ours. The environment holds other programs' words, too.</summary>
    public static IEnumerable<string> FindSections(IEnumerable<string> sections) =>
        sections.Where(section => !KnownSections.Contains(section, StringComparer.OrdinalIgnoreCase)).Select(section => $"{section} is not a setting.{Suggest(section, KnownSections, "")}");

    /// <summary>Sections of the environment that look like ours but are not: <c>KaiCat__Port</c>.</summary>
    public static IEnumerable<string> FindInEnvironment(IEnumerable<string> names)
    {
        foreach (var name in names.Where(name => name.Contains("__", StringComparison.Ordinal)))
        {
            var section = name.Split("__", 2)[0];
            if (KnownSections.Contains(section, StringComparer.OrdinalIgnoreCase) || Nearest(section, KnownSections) is null) continue;
            yield return $"{name} (environment) is not a setting.{Suggest(section, KnownSections, "")}";
        }
    }

    private static string[] Certificate(string prefix) =>
        [prefix + "Path", prefix + "KeyPath", prefix + "Password", prefix + "Subject", prefix + "Store", prefix + "Location", prefix + "AllowInvalid"];

    private static string[] Endpoint(string prefix) =>
        [prefix + "Url", prefix + "Protocols", prefix + "SslProtocols:*", prefix + "ClientCertificateMode", .. Certificate(prefix + "Certificate:")];

    private static string Suggest(string key, string[] known, string prefix) =>
        Nearest(key, known) is { } near ? $" Did you mean {prefix}{near}?" : $" Settings here: {string.Join(", ", known)}.";

    private static string? Nearest(string key, string[] known)
    {
        var best = known.Select(name => (Name: name, Distance: Distance(key.ToLowerInvariant(), name.ToLowerInvariant()))).MinBy(near => near.Distance);
        return best.Distance <= Math.Max(1, Math.Min(key.Length, best.Name.Length) / 3) ? best.Name : null;
    }

    /// <summary>How many characters must be put in, taken out, changed or swapped with their neighbour to make one word the other (Damerau 1964).</summary>
    private static int Distance(string a, string b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) table[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) table[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var change = table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                table[i, j] = Math.Min(change, Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        }
        return table[a.Length, b.Length];
    }
}
