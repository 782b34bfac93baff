using System.Globalization;
using System.Text;

namespace KaiChat.Server.Chat;

/// <summary>What may be a reaction: one emoji as its reader sees it, without ICU and without a list of all that there are, which would be old next year.</summary>
internal static class ReactionEmoji
{
    /// <summary>The longest, in UTF-16 code units: a family of four with its joiners has 11, a subdivision's flag 14.</summary>
    public const int MaxLength = 32;

    /// <summary>
    /// One grapheme cluster that holds a symbol, and nothing but symbols and what joins and colours them; or a keycap. Letters, spaces, digits alone, marks and control
    /// characters are none.
    /// </summary>
    public static bool IsOne(string? text)
    {
        if (text is not { Length: > 0 and <= MaxLength } || StringInfo.GetNextTextElementLength(text) != text.Length) return false;
        if (text is [>= '0' and <= '9' or '#' or '*', .., '\u20E3']) return text.Length == 2 || (text.Length == 3 && text[1] == '\uFE0F');
        var any = false;
        for (var i = 0; i < text.Length;)
        {
            // Half a surrogate pair is nothing.
            if (!Rune.TryGetRuneAt(text, i, out var rune)) return false;
            if (IsSymbol(rune)) any = true;
            else if (!Joins(rune.Value)) return false;
            i += rune.Utf16SequenceLength;
        }
        return any;
    }

    private static bool IsSymbol(Rune rune) => rune.Value switch
    {
        0x203C or 0x2049 or 0x2139 or 0x3030 or 0x303D => true,      // double marks, information, dashes: no symbols to Unicode, and emoji all the same
        >= 0x1F3FB and <= 0x1F3FF => false,                          // skin tones
        >= 0x1F000 and <= 0x1FAFF => true,                           // pictographs, also those younger than the framework's tables
        < 0x80 => false,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.MathSymbol,
    };

    /// <summary>Joiner, variation selectors, skin tones, the tags of flags.</summary>
    private static bool Joins(int rune) => rune is 0x200D or 0xFE0E or 0xFE0F or (>= 0x1F3FB and <= 0x1F3FF) or (>= 0xE0020 and <= 0xE007F);
}
