namespace KaiChat.Server.Chat.Search;

/// <summary>Splits a query at its spaces, but not within quotation marks. What is not <c>key:value</c> with one of the known keys is a word.</summary>
internal static class SearchQueryParts
{
    private static readonly string[] Keys = ["from", "mentions", "in", "after", "before"];

    /// <returns>For each part its key, null for words; its value; and whether it was in quotation marks.</returns>
    public static IEnumerable<(string? Key, string Value, bool Quoted)> Split(string text)
    {
        var at = 0;
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
            if (at == text.Length) yield break;
            var key = KeyAt(text, at);
            if (key is not null) at += key.Length + 1;
            var (value, quoted, next) = ValueAt(text, at);
            at = next;
            // An empty pair of marks, or one that is still being typed, is no word.
            if (value.Length > 0 || key is not null) yield return (key, value, quoted);
        }
    }

    private static string? KeyAt(string text, int at)
    {
        foreach (var key in Keys)
        {
            if (at + key.Length < text.Length && text[at + key.Length] == ':' && text.AsSpan(at, key.Length).Equals(key, StringComparison.OrdinalIgnoreCase)) return key;
        }
        return null;
    }

    private static (string Value, bool Quoted, int Next) ValueAt(string text, int at)
    {
        if (at < text.Length && IsQuote(text[at]))
        {
            var end = at + 1;
            while (end < text.Length && !IsQuote(text[end])) end++;
            return (text[(at + 1)..end].Trim(), true, Math.Min(end + 1, text.Length));
        }
        var space = at;
        while (space < text.Length && !char.IsWhiteSpace(text[space])) space++;
        return (text[at..space], false, space);
    }

    /// <summary>Phones write the curved ones.</summary>
    private static bool IsQuote(char c) => c is '"' or '\u201C' or '\u201D' or '\u201E';
}
