using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace KaiChat.Shared.KaiChat;

/// <summary>
/// The ASCII counterpart of one code point: the data of any-ascii (THIRD-PARTY-NOTICES.md; made by eng/any-ascii/generate.mjs, which describes the
/// resource's format) and what this project decides where that is silent or unsuitable.
/// </summary>
internal static class AsciiTable
{
    private const string Resource = "any-ascii.bin";
    private const int BlockSize = 256;

    /// <summary>
    /// Letters without a counterpart because they have no sound of their own (the Arabic tatweel, the kana length mark, silent Korean and Tibetan
    /// letters): they vanish, where an unknown letter becomes <c>?</c>.
    /// </summary>
    private const string Silent = "\u0640\u0EAD\u0F68\u110B\u1147\u115F\u1160\u30FC\u3147\u3164\u3180\uFF70\uFFA0\uFFB7";

    /// <summary>Blocks of 256 code points, each a row of the resource; a row is parted into its cells when first asked for.</summary>
    private static readonly Lazy<Block?[]> Blocks = new(Load);

    /// <summary>Printable ASCII; empty if the character vanishes.</summary>
    public static string Of(Rune rune)
    {
        if (rune.IsAscii) return OfAscii(rune.Value);
        if (Vanishes(rune)) return "";
        if (rune.Value == 0x0627) return "a"; // Arabic alif, the commonest letter, which any-ascii leaves out
        var ascii = Blocks.Value[rune.Value / BlockSize]?.Cell(rune.Value % BlockSize) ?? "";
        return ascii.Length > 0 || IsSilent(rune) ? ascii : "?";
    }

    private static string OfAscii(int value) => value switch
    {
        '\t' => " ",
        < ' ' or 0x7F => "",
        _ => ((char)value).ToString(),
    };

    /// <summary>What shows nothing by itself although any-ascii may have a counterpart for it.</summary>
    private static bool Vanishes(Rune rune) => rune.Value switch
    {
        0x00AD => true, // soft hyphen: a hint, not a hyphen
        >= 0x1F3FB and <= 0x1F3FF => true, // skin tones
        >= 0xE0000 and <= 0xE007F => true, // tags, invisible outside a flag
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.EnclosingMark or UnicodeCategory.Control,
    };

    private static bool IsSilent(Rune rune) =>
        rune.IsBmp && Silent.Contains((char)rune.Value, StringComparison.Ordinal)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.Format;

    private static Block?[] Load()
    {
        using var packed = typeof(AsciiTable).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is missing from the assembly.");
        using var text = new StreamReader(new BrotliStream(packed, CompressionMode.Decompress), Encoding.ASCII);
        var blocks = new Block?[(0x10FFFF / BlockSize) + 1];
        while (text.ReadLine() is { } row)
        {
            var number = int.Parse(row.AsSpan(0, row.IndexOf('\t', StringComparison.Ordinal)), NumberStyles.HexNumber);
            blocks[number] = new Block(row);
        }

        return blocks;
    }

    private sealed class Block(string row)
    {
        private string[]? _cells;

        /// <summary>The counterpart of the block's nth code point; empty if it has none. Cell 0 of the row is the block's number.</summary>
        public string Cell(int index)
        {
            var cells = _cells ??= row.Split('\t'); // two threads may do it twice, to the same result
            return index + 1 < cells.Length ? cells[index + 1] : "";
        }
    }
}
