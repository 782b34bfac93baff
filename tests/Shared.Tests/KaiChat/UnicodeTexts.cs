using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace KaiChat.Shared.Tests.KaiChat;

/// <summary>Random texts with everything that goes wrong in texts: controls, all line breaks, emoji sequences, marks, halves of characters, long words.</summary>
internal static class UnicodeTexts
{
    private static readonly Gen<string> Piece = Gen.Frequency(
        (6, Gen.Choose(' ', '~').Select(value => ((char)value).ToString())),
        (3, Gen.Constant(" ")),
        (2, Gen.Choose(0, 0x9F).Select(value => ((char)value).ToString())),
        (2, Gen.Choose(0, 0xFFFF).Select(value => ((char)value).ToString())), // halves of pairs among them
        (2, Gen.Choose(0x10000, 0x10FFFF).Select(char.ConvertFromUtf32)),
        (2, Gen.Choose(0x1F000, 0x1FAFF).Select(char.ConvertFromUtf32)),
        (2, Gen.Choose(0x1F1E6, 0x1F1FF).Select(char.ConvertFromUtf32)),
        (1, Gen.Choose(0x1F3FB, 0x1F3FF).Select(char.ConvertFromUtf32)),
        (1, Gen.Choose(0xE0020, 0xE007F).Select(char.ConvertFromUtf32)),
        (2, Gen.Elements("\r\n", "\n", "\r", "\v", "\f", "\u0085", "\u2028", "\u2029", "\n\n", "\n  \n", "\t")),
        (2, Gen.Elements("\u200D", "\uFE0F", "\u20E3", "\u0301", "\u0488", "\u1100", "\u1161", "\u0915", "\u094D", "\U0001F3F4", "\u0600")));

    /// <summary>Up to some sixty characters.</summary>
    public static Gen<string> Short { get; } = Pieces(0, 60, Piece);

    /// <summary>Up to some thousands, with words beyond one PDU.</summary>
    public static Gen<string> Long { get; } = Pieces(0, 12, Gen.Frequency(
        (3, Short),
        (1, Gen.Choose(1, 4500).Select(length => new string('w', length))),
        (1, Gen.Choose(1, 2500).Select(length => new string(' ', length))),
        (1, Gen.Choose(1, 900).Select(count => string.Concat(Enumerable.Repeat("two words ", count)))),
        (1, Gen.Choose(1, 300).Select(count => string.Concat(Enumerable.Repeat("\U0001F600", count))))));

    public static bool IsWellFormed(string text) => text.EnumerateRunes().Sum(rune => rune.Utf16SequenceLength) == text.Length
        && !text.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar);

    private static Gen<string> Pieces(int fewest, int most, Gen<string> piece) =>
        from count in Gen.Choose(fewest, most)
        from pieces in piece.ArrayOf(count)
        select string.Concat(pieces);
}
