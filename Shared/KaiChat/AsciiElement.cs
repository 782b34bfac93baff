using System.Text;

namespace KaiChat.Shared.KaiChat;

/// <summary>
/// The ASCII counterpart of one character as its reader sees it (an extended grapheme cluster, UAX 29): a letter with its marks, or an emoji made of
/// several code points.
/// </summary>
internal static class AsciiElement
{
    private const int BlackFlag = 0x1F3F4;

    /// <param name="element">One text element; unpaired surrogates count as characters without a counterpart.</param>
    public static string Of(ReadOnlySpan<char> element)
    {
        var runes = element.EnumerateRunes();
        runes.MoveNext();
        var first = runes.Current;
        if (first.Utf16SequenceLength == element.Length) return AsciiTable.Of(first);

        var ascii = new StringBuilder();
        if (IsRegionalIndicator(first) || first.Value == BlackFlag)
        {
            foreach (var rune in element.EnumerateRunes()) ascii.Append(FlagLetter(rune));
            if (ascii.Length > 1) return $":flag_{ascii}:";
            ascii.Clear();
        }

        // The parts of a joined emoji follow one another (:man::rocket:); joiners, skin tones and variation selectors have no counterpart.
        foreach (var rune in element.EnumerateRunes()) ascii.Append(AsciiTable.Of(rune));
        return ascii.ToString();
    }

    private static bool IsRegionalIndicator(Rune rune) => rune.Value is >= 0x1F1E6 and <= 0x1F1FF;

    /// <summary>A country's flag is two regional indicators; a region's is a black flag and its code in tag characters (UTS 51, 1.4.5 and ED-14a).</summary>
    private static string FlagLetter(Rune rune) => rune.Value switch
    {
        >= 0x1F1E6 and <= 0x1F1FF => ((char)('a' + rune.Value - 0x1F1E6)).ToString(),
        >= 0xE0061 and <= 0xE007A or >= 0xE0030 and <= 0xE0039 => ((char)(rune.Value - 0xE0000)).ToString(),
        _ => "",
    };
}
