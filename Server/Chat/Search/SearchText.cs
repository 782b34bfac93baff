using System.Globalization;
using System.Text;

namespace KaiChat.Server.Chat.Search;

/// <summary>
/// A text as the search index takes it: the index splits at everything that is no letter, number or symbol, and knows nothing of scripts that write no spaces. Here each
/// character of those, and each pictograph, is set apart, so that a search for any part of such a text is one for a phrase of single characters. A trigram index would
/// need three characters at least, and most words of Chinese and Japanese have one or two (docs/decisions/0006-search-index.md).
/// </summary>
internal static class SearchText
{
    /// <summary>Stands between characters that are words of their own; splits words in the index and is invisible elsewhere: ZERO WIDTH SPACE.</summary>
    private const char Separator = '\u200B';

    private const char FirstFullWidth = '\uFF01';
    private const char LastFullWidth = '\uFF5E';
    private const int FullWidthOffset = FirstFullWidth - '!';

    /// <summary>
    /// Letters that people leave the marks off when they search, where SQLite's tokenizer does not know them as letters with a mark; and the letters they then write.
    /// </summary>
    private const string Marked = "ŁłØøĐđĦħıΆΈΉΊΌΎΏΪΫάέήίόύώϊϋΐΰЁё";
    private const string Unmarked = "LlOoDdHhiΑΕΗΙΟΥΩΙΥαεηιουωιυιυЕе";

    /// <summary>The text with separators; the same instance if it needs none. Full-width forms of ASCII become ASCII, some letters lose their marks.</summary>
    public static string Separate(string text)
    {
        if (Ascii.IsValid(text)) return text;
        var separated = new StringBuilder(text.Length + 16);
        var apart = false;
        foreach (var rune in text.EnumerateRunes())
        {
            var stands = StandsAlone(rune);
            if ((stands || apart) && separated.Length > 0 && !Continues(rune)) separated.Append(Separator);
            if (rune.IsBmp) separated.Append(Fold((char)rune.Value));
            else separated.Append(rune);
            apart = stands || (apart && Continues(rune));
        }
        return separated.ToString();
    }

    /// <summary>Whether the index would find any word in a text.</summary>
    public static bool HasWords(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber) return true;
        }
        return false;
    }

    /// <summary>Where the marked parts of a separated text are in the text it was made of.</summary>
    /// <param name="text">The text.</param>
    /// <param name="marked">What <see cref="Separate"/> made of it, with a character before and one behind each part.</param>
    /// <param name="begin">The character before a part.</param>
    /// <param name="end">The character behind it.</param>
    public static List<(int Start, int Length)> Ranges(string text, string marked, char begin, char end)
    {
        var ranges = new List<(int Start, int Length)>();
        var (at, start) = (0, -1);
        foreach (var c in marked)
        {
            if (at < text.Length && IsSame(c, text[at])) at++;
            else if (c == begin) start = at;
            else if (c == end && start >= 0)
            {
                // Neighbours are one: the characters of a phrase in a script without spaces are.
                if (ranges.Count > 0 && ranges[^1] is var last && last.Start + last.Length == start) ranges[^1] = (last.Start, at - last.Start);
                else ranges.Add((start, at - start));
                start = -1;
            }
        }
        return ranges;
    }

    private static bool IsSame(char separated, char original) => separated == original || separated == Fold(original);

    private static char Fold(char c) => c switch
    {
        < 'ı' and not ('Đ' or 'đ' or 'Ħ' or 'ħ' or 'Ø' or 'ø') => c,
        >= FirstFullWidth and <= LastFullWidth => (char)(c - FullWidthOffset),
        > 'ё' => c,
        _ => Marked.IndexOf(c, StringComparison.Ordinal) is >= 0 and var at ? Unmarked[at] : c,
    };

    /// <summary>Marks, joiners and variation selectors belong to the character before them.</summary>
    private static bool Continues(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format or UnicodeCategory.ModifierSymbol;

    /// <summary>Whether a character is a word of its own: pictographs, and the letters of scripts that write no spaces.</summary>
    public static bool StandsAlone(Rune rune) => rune.Value switch
    {
        < 0x0E00 => false,
        <= 0x0EFF => true,                      // Thai, Lao
        >= 0x1000 and <= 0x109F => true,        // Myanmar
        >= 0x1100 and <= 0x11FF => true,        // Hangul letters
        >= 0x1780 and <= 0x17FF => true,        // Khmer
        >= 0x3005 and <= 0x3007 => true,        // Ideographic marks
        >= 0x3041 and <= 0x318F => true,        // Kana, Bopomofo, Hangul letters
        >= 0x31A0 and <= 0x31FF => true,        // Bopomofo, Katakana extensions
        >= 0x3400 and <= 0x4DBF => true,        // Ideographs
        >= 0x4E00 and <= 0x9FFF => true,
        >= 0xAC00 and <= 0xD7FF => true,        // Hangul syllables
        >= 0xF900 and <= 0xFAFF => true,        // Ideographs
        >= 0xFF66 and <= 0xFFDC => true,        // Half-width Katakana and Hangul
        >= 0x1B000 and <= 0x1B16F => true,      // Kana
        >= 0x20000 and <= 0x3FFFF => true,      // Ideographs
        _ => Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherSymbol,
    };
}
