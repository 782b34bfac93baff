using System.Text;
using KaiChat.NativeClient.Conversation;

namespace KaiChat.NativeClient.Tests.Conversation;

public sealed class OutgoingTextTests
{
    [Theory]
    [InlineData("hello", "hello")]
    [InlineData("caf\u00E9\t\U0001F600", "caf\u00E9\t\U0001F600")]
    [InlineData("\u001B[31mred\u0007", "[31mred")]
    public void A_line_is_sent_without_controls(string line, string text) => Assert.Equal([text], OutgoingText.Pieces(line));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\u0007")]
    public void Nothing_visible_is_nothing_to_send(string line) => Assert.Empty(OutgoingText.Pieces(line));

    [Fact]
    public void Half_a_character_becomes_the_replacement_character() => Assert.Equal(["a\uFFFDb"], OutgoingText.Pieces("a\uD83Db"));

    [Fact]
    public void A_long_line_is_cut_between_words_by_its_bytes()
    {
        var line = string.Join(' ', Enumerable.Repeat("caf\u00E9s", 700));
        var pieces = OutgoingText.Pieces(line).ToList();

        Assert.Equal(3, pieces.Count);
        Assert.Equal(line, string.Concat(pieces));
        Assert.All(pieces, piece => Assert.InRange(Encoding.UTF8.GetByteCount(piece), 1, 1999));
        Assert.All(pieces[..^1], piece => Assert.EndsWith("s ", piece, StringComparison.Ordinal));
    }

    [Fact]
    public void A_word_beyond_a_PDU_is_cut_but_no_character_is()
    {
        var line = string.Concat(Enumerable.Repeat("\U0001F600", 600));
        Assert.Equal([line[..998], line[998..]], OutgoingText.Pieces(line)); // 499 characters of 4 bytes are 1996
    }

    [Fact]
    public void A_stretch_of_spaces_makes_no_empty_message()
    {
        var pieces = OutgoingText.Pieces("a" + new string(' ', 5000) + "b").ToList();
        Assert.DoesNotContain(pieces, string.IsNullOrWhiteSpace);
        Assert.Equal("ab", string.Concat(pieces).Replace(" ", "", StringComparison.Ordinal));
    }
}
