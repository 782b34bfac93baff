using System.Reflection;

namespace KaiChat.Server.Hosting;

/// <summary>Finds misspelt keys: a setting that does not take effect is worse than a server that does not start.</summary>
internal static class UnknownKeys
{
    /// <summary>The sections of the product, and those of the framework that people use.</summary>
    private static readonly string[] KnownSections =
        ["KaiChat", "Storage", "Admin", "Limits", "Retention", "Web", "Logging", "Kestrel", "AllowedHosts", "urls"];

    /// <summary>Refuses keys of a section that no property of its options has.</summary>
    /// <exception cref="StartupException">Names the key and, where near, the right one.</exception>
    public static void Check(IConfigurationSection section, Type options)
    {
        var properties = options.GetProperties(BindingFlags.Public | BindingFlags.Instance).ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        var known = properties.Keys.ToArray();
        if (section.Value is { Length: > 0 }) throw StartupException.Configuration($"{section.Path} is a section, not a value.");
        foreach (var child in section.GetChildren())
        {
            if (!properties.TryGetValue(child.Key, out var property))
            {
                throw StartupException.Configuration($"{child.Path} is not a setting.{Suggest(child.Key, known, section.Path + ":")}");
            }
            // A list of sections: each of them is looked at.
            if (property.PropertyType.GetElementType() is { IsClass: true } element && element != typeof(string))
            {
                foreach (var item in child.GetChildren()) Check(item, element);
            }
        }
    }

    /// <summary>Refuses sections that come from a file or the command line and are none of ours. The environment holds other programs' words, too.</summary>
    public static void CheckSections(IEnumerable<string> sections)
    {
        foreach (var section in sections)
        {
            if (KnownSections.Contains(section, StringComparer.OrdinalIgnoreCase)) continue;
            throw StartupException.Configuration($"{section} is not a setting.{Suggest(section, KnownSections, "")}");
        }
    }

    /// <summary>Sections of the environment that look like ours but are not: <c>KaiCat__Port</c>.</summary>
    public static void CheckEnvironment(IEnumerable<string> names)
    {
        foreach (var name in names.Where(name => name.Contains("__", StringComparison.Ordinal)))
        {
            var section = name.Split("__", 2)[0];
            if (KnownSections.Contains(section, StringComparer.OrdinalIgnoreCase) || Nearest(section, KnownSections) is null) continue;
            throw StartupException.Configuration($"{name} (environment) is not a setting.{Suggest(section, KnownSections, "")}");
        }
    }

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
