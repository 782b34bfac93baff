using System.Globalization;
using System.Text;

namespace KaiChat.NativeClient.Conversation;

/// <summary>
/// Text of strangers on its way to a screen or a program: one line without control characters, which command terminals, and without the invisible
/// format characters that make text read otherwise than it is (bidirectional overrides and the like).
/// </summary>
internal static class SafeText
{
    private const int ZeroWidthNonJoiner = 0x200C;
    private const int ZeroWidthJoiner = 0x200D;

    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~')) return text;
        var safe = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) // halves of characters come as U+FFFD
        {
            if (rune.Value == '\t' || Rune.GetUnicodeCategory(rune) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                safe.Append(' ');
            else if (IsVisible(rune))
                safe.Append(rune);
        }

        return safe.ToString();
    }

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control => false,
        // Emoji and several scripts are written with the joiners.
        UnicodeCategory.Format => rune.Value is ZeroWidthJoiner or ZeroWidthNonJoiner,
        _ => true,
    };
}
