using System.Text.Json;

namespace KaiChat.Server.Web;

/// <summary>An enumeration's value in a query, in the very word that JSON has for it; the framework itself takes C#'s names and numbers.</summary>
internal readonly record struct Word<T>(T Value)
    where T : struct, Enum
{
    private static readonly Dictionary<string, T> Values =
        Enum.GetValues<T>().ToDictionary(value => JsonSerializer.SerializeToElement(value).GetString()!, StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a word, in any letter case. Found by the framework by its name.</summary>
    public static bool TryParse(string? text, out Word<T> word)
    {
        var known = Values.TryGetValue(text ?? "", out var value);
        word = new Word<T>(value);
        return known;
    }

    /// <summary>All there are.</summary>
    public static IReadOnlyCollection<string> All => Values.Keys;
}
