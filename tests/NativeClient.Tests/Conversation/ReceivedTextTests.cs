using KaiChat.NativeClient.Conversation;

namespace KaiChat.NativeClient.Tests.Conversation;

public sealed class ReceivedTextTests
{
    [Fact]
    public void A_folded_text_holds_further_lines_of_others()
    {
        Assert.Equal(
            [("bob", "one"), ("carol", "two"), ("bob", "three]> x"), ("bob", ""), ("bob", "[]> no name"), ("bob", "[elevenchars]> no")],
            FoldedText.Unfold("bob", "one\n[carol]> two\n[bob]> three]> x\n\n[]> no name\n[elevenchars]> no"));
    }

    [Fact]
    public void The_first_line_is_its_authors_whatever_it_looks_like() =>
        Assert.Equal([("bob", "[carol]> I never said this")], FoldedText.Unfold("bob", "[carol]> I never said this"));

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("\u001B[2J\u0007a\u009B31mb\u007F", "[2Ja31mb")]
    [InlineData("a\tb\u2028c\u2029d", "a b c d")]
    [InlineData("a\r\nb", "ab")]
    [InlineData("\u202Eevil\u202C \u2066x\u2069\u200E", "evil x")]
    [InlineData("\U0001F468\u200D\U0001F469", "\U0001F468\u200D\U0001F469")]
    [InlineData("caf\u00E9 \u65E5", "caf\u00E9 \u65E5")]
    public void A_strangers_text_commands_no_terminal(string text, string safe) => Assert.Equal(safe, SafeText.Of(text));

    [Fact]
    public void No_character_at_all_lets_a_control_through()
    {
        for (var value = 0; value <= char.MaxValue; value++) Assert.DoesNotContain(SafeText.Of($"{(char)value}"), char.IsControl);
    }
}
