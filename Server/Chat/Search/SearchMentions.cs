using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using KaiChat.Shared.Markdown;
using KaiChat.Shared.Names;

namespace KaiChat.Server.Chat.Search;

/// <summary>
/// Whom a text mentions: <c>@name</c>, in any letter case; not in code, in an address or in the text of a link, and not as a part of a longer word. The page draws mentions by the same
/// rule (<c>WebClient/src/state/mentions.ts</c>); <c>tests/Vectors/mentions.json</c> holds the two together.
/// </summary>
internal static class SearchMentions
{
    /// <summary>The most names taken from one text, so that a text full of signs does not fill the index.</summary>
    private const int MaxNames = 100;

    private static readonly Regex Address = new("""\bhttps?://[^\s<>"']+""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <summary>All names, in lower case, that a text can be read to mention: names may hold spaces, so <c>@anna b</c> is one of <c>anna</c> and one of <c>anna b</c>.</summary>
    public static IReadOnlySet<string> Of(string text)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (text.Contains('@', StringComparison.Ordinal)) Blocks(MarkdownParser.Parse(text), names);
        return names;
    }

    private static void Blocks(IReadOnlyList<MarkdownBlock> blocks, HashSet<string> names)
    {
        foreach (var block in blocks)
        {
            switch (block)
            {
                case MarkdownParagraph paragraph: Inlines(paragraph.Inlines, names); break;
                case MarkdownQuote quote: Blocks(quote.Blocks, names); break;
                case MarkdownList list:
                    foreach (var item in list.Items) Inlines(item, names);
                    break;
            }
        }
    }

    private static void Inlines(IReadOnlyList<MarkdownInline> inlines, HashSet<string> names)
    {
        foreach (var inline in inlines)
        {
            if (inline is MarkdownText text) Text(Address.Replace(text.Text, "/"), names);
            else if (inline is MarkdownEmphasis emphasis) Inlines(emphasis.Inlines, names);
        }
    }

    private static void Text(string text, HashSet<string> names)
    {
        for (var at = text.IndexOf('@', StringComparison.Ordinal); at >= 0; at = text.IndexOf('@', at + 1))
        {
            if (at > 0 && (text[at - 1] is '@' or '/' or '.' or '-' || EndsWithWord(text.AsSpan(0, at)))) continue;
            for (var end = at + 2; end <= text.Length && end - at - 1 <= Username.MaxLength && text[end - 1] is >= ' ' and <= '~'; end++)
            {
                if (names.Count >= MaxNames) return;
                if (IsEnd(text.AsSpan(end)) && Username.TryParse(text[(at + 1)..end], out var name, out _)) names.Add(name.Value.ToLowerInvariant());
            }
        }
    }

    /// <summary>Whether a name may end before this: no word goes on, nor does an address.</summary>
    private static bool IsEnd(ReadOnlySpan<char> rest) =>
        rest.IsEmpty || (!BeginsWithWord(rest) && !(rest[0] is '-' or '.' or '@' && BeginsWithWord(rest[1..])));

    private static bool BeginsWithWord(ReadOnlySpan<char> text) => Rune.DecodeFromUtf16(text, out var rune, out _) == System.Buffers.OperationStatus.Done && IsWord(rune);

    private static bool EndsWithWord(ReadOnlySpan<char> text) => Rune.DecodeLastFromUtf16(text, out var rune, out _) == System.Buffers.OperationStatus.Done && IsWord(rune);

    /// <summary>Scripts that write no spaces set a name right beside their letters.</summary>
    private static bool IsWord(Rune rune) =>
        rune.Value == '_' || (Rune.GetUnicodeCategory(rune) is UnicodeCategory.DecimalDigitNumber or <= UnicodeCategory.OtherLetter && !SearchText.StandsAlone(rune));
}
