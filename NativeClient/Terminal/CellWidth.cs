using System.Globalization;
using System.Text;

namespace KaiChat.NativeClient.Terminal;

/// <summary>How many columns a character takes on a terminal (UAX 11, the ranges that are wide throughout).</summary>
internal static class CellWidth
{
    private const char EmojiPresentation = '\uFE0F';

    /// <param name="element">One text element.</param>
    public static int Of(ReadOnlySpan<char> element)
    {
        if (element is [>= ' ' and <= '~']) return 1;
        Rune.DecodeFromUtf16(element, out var rune, out _);
        if (IsWide(rune.Value) || element.Contains(EmojiPresentation)) return 2;
        return Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format ? 0 : 1;
    }

    private static bool IsWide(int value) => value is
        (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0x303E) or (>= 0x3041 and <= 0xA4CF) or (>= 0xA960 and <= 0xA97F)
        or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF01 and <= 0xFF60)
        or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x1F1E6 and <= 0x1F1FF) or (>= 0x1F300 and <= 0x1F64F) or (>= 0x1F680 and <= 0x1F6FF)
        or (>= 0x1F900 and <= 0x1F9FF) or (>= 0x1FA70 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD);
}
