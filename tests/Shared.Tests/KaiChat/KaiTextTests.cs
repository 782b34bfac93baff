using System.Text;
using KaiChat.Shared.KaiChat;

namespace KaiChat.Shared.Tests.KaiChat;

public sealed class KaiTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("68656C6C6F", "hello")]
    [InlineData("C3A9", "\u00E9")] // UTF-8
    [InlineData("E9", "\u00E9")] // Windows-1252
    [InlineData("80", "\u20AC")]
    [InlineData("93E9949F", "\u201C\u00E9\u201D\u0178")]
    [InlineData("C3A9E9", "\u00C3\u00A9\u00E9")] // one bad byte and the whole text is Windows-1252
    [InlineData("F09F9880", "\U0001F600")]
    [InlineData("EDA080", "\u00ED\u00A0\u20AC")] // half a character is not UTF-8
    [InlineData("C080", "\u00C0\u20AC")] // nor is an overlong NUL
    [InlineData("81", "\u0081")] // unassigned
    public void Bytes_are_UTF8_or_else_Windows_1252(string hex, string text) => Assert.Equal(text, KaiText.Decode(Convert.FromHexString(hex)));

    [Fact]
    public void Every_byte_is_the_character_that_Windows_1252_has_for_it()
    {
        var windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
        for (var value = 0x80; value <= 0xFF; value++)
            Assert.Equal(windows1252.GetString([(byte)value]), KaiText.Decode([(byte)value]));
    }

    [Fact]
    public void Controls_are_dropped_and_tabs_kept()
    {
        for (var value = 0; value <= char.MaxValue; value++)
        {
            var dropped = value is < 0x20 and not '\t' or >= 0x7F and <= 0x9F;
            Assert.Equal(dropped ? "<>" : $"<{(char)value}>", KaiText.WithoutControls($"<{(char)value}>"));
        }
    }

    [Fact]
    public void A_text_without_controls_is_the_same_string()
    {
        const string Text = "caf\u00E9\tau lait";
        Assert.Same(Text, KaiText.WithoutControls(Text));
    }
}
