using System.Text;
using KaiChat.Shared.KaiChat;

namespace KaiChat.Shared.Tests.KaiChat;

public sealed class NativeTextTests
{
    [Theory]
    [InlineData("caf\u00E9", "cafe")]
    [InlineData("cafe\u0301", "cafe")]
    [InlineData("\u201CHello\u201D \u2013 he said\u2026", "\"Hello\" - he said...")]
    [InlineData("na\u00EFve stra\u00DFe \u20AC5", "naive strasse EUR5")]
    [InlineData("\u041F\u0440\u0438\u0432\u0435\u0442", "Privet")]
    [InlineData("\u65E5\u672C", "RiBen")]
    [InlineData("\u30B3\u30FC\u30D2\u30FC", "kohi")]
    [InlineData("\u0627\u0644", "al")]
    [InlineData("a\u00A0b\u3000c", "a b c")]
    [InlineData("a\tb", "a b")]
    [InlineData("so\u00ADft", "soft")]
    [InlineData("zero\u200Bwidth\uFEFF", "zerowidth")]
    [InlineData("\u202Eevil\u202C", "evil")]
    [InlineData("\u001B[31mred\u0007\u007F\u009B", "[31mred")]
    [InlineData("\uFFFD", "?")]
    [InlineData("\uE000", "?")]
    [InlineData("\U00012000", "?")] // cuneiform
    [InlineData("\U000E0041hidden", "hidden")] // a tag character
    public void Text_becomes_ASCII(string text, string line) => Assert.Equal([line], NativeText.Render(text).Lines);

    [Fact]
    public void Half_a_character_is_a_question_mark()
    {
        // Not in the theory above: its data travel as UTF-8, which has no halves.
        Assert.Equal(["half ?"], NativeText.Render("half \uD83D").Lines);
        Assert.Equal(["? half"], NativeText.Render("\uDE00 half").Lines);
        Assert.Equal([new NativeReplacement(1, "\uDE00", "?")], NativeText.Render("a\uDE00").Replacements);
    }

    [Theory]
    [InlineData("\U0001F600", ":grinning:")]
    [InlineData("\u2764\uFE0F", ":heart:")]
    [InlineData("\U0001F44D\U0001F3FD", ":thumbsup:")]
    [InlineData("\U0001F469\U0001F3FF\u200D\U0001F680", ":woman::rocket:")]
    [InlineData("\U0001F468\u200D\U0001F469\u200D\U0001F467", ":man::woman::girl:")]
    [InlineData("1\uFE0F\u20E3", "1")]
    [InlineData("\U0001F1E9\U0001F1EA", ":flag_de:")]
    [InlineData("\U0001F1E6", "A")] // half a flag
    [InlineData("\U0001F3F4\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F", ":flag_gbeng:")]
    [InlineData("\U0001F3F4", ":flag_black:")]
    [InlineData("\U0001F3F4\u200D\u2620\uFE0F", ":flag_black::skull_crossbones:")]
    public void An_emoji_reads_sensibly_and_is_one_replacement(string emoji, string ascii)
    {
        var rendering = NativeText.Render("<" + emoji + ">");

        Assert.Equal(["<" + ascii + ">"], rendering.Lines);
        Assert.Equal([new NativeReplacement(1, emoji, ascii)], rendering.Replacements);
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    [InlineData("\r")]
    [InlineData("\v")]
    [InlineData("\f")]
    [InlineData("\u0085")]
    [InlineData("\u2028")]
    [InlineData("\u2029")]
    public void Every_line_break_ends_a_line_and_is_no_loss(string lineBreak)
    {
        var rendering = NativeText.Render($"one{lineBreak}[bob]> two{lineBreak}");

        Assert.Equal(["one", "[bob]> two"], rendering.Lines);
        Assert.Empty(rendering.Replacements);
    }

    [Fact]
    public void Blank_lines_are_left_out_and_recorded()
    {
        var rendering = NativeText.Render("\r\none\n \u00A0\n\ntwo\n\t");

        Assert.Equal(["one", "two"], rendering.Lines);
        Assert.Equal(
            [new(0, "\r\n", ""), new(6, " \u00A0\n", ""), new(9, "\n", ""), new NativeReplacement(14, "\t", "")],
            rendering.Replacements);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\n\n")]
    [InlineData("\u200B\u0301")]
    [InlineData("\u001B\u0007")]
    public void Where_nothing_visible_is_left_there_are_no_lines(string text)
    {
        var rendering = NativeText.Render(text);

        Assert.Empty(rendering.Lines);
        Assert.Equal(text, string.Concat(rendering.Replacements.Select(replacement => replacement.Original)));
    }

    [Fact]
    public void A_plain_line_is_passed_on_as_the_very_string()
    {
        var text = new string('x', KaiPdu.MaxTextLength);
        var rendering = NativeText.Render(text);

        Assert.Same(text, Assert.Single(rendering.Lines));
        Assert.Empty(rendering.Replacements);
    }

    [Fact]
    public void A_long_line_is_cut_behind_its_last_space()
    {
        var text = new string('a', 1500) + " " + new string('b', 1000);
        Assert.Equal([new string('a', 1500) + " ", new string('b', 1000)], NativeText.Render(text).Lines);
    }

    [Fact]
    public void A_word_that_ends_with_the_PDU_is_left_whole()
    {
        var text = new string('a', 1000) + " " + new string('b', 998) + " c";
        Assert.Equal([text[..1999], " c"], NativeText.Render(text).Lines);
    }

    [Fact]
    public void A_word_longer_than_a_PDU_is_cut_hard_even_behind_indentation()
    {
        var text = "  " + new string('a', 3000);
        Assert.Equal([text[..1999], text[1999..]], NativeText.Render(text).Lines);
    }

    [Fact]
    public void Every_character_becomes_printable_ASCII_or_vanishes()
    {
        for (var value = 0; value <= 0x10FFFF; value++)
        {
            if (!Rune.IsValid(value)) continue;
            var rendering = NativeText.Render($"<{new Rune(value)}>");
            Assert.All(rendering.Lines, line => Assert.False(line.AsSpan().ContainsAnyExceptInRange(' ', '~')));
        }
    }
}
