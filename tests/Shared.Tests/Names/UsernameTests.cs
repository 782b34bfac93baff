using KaiChat.Shared.Names;

namespace KaiChat.Shared.Tests.Names;

public sealed class UsernameTests
{
    [Theory]
    [InlineData(null, NameError.Missing)]
    [InlineData("", NameError.Missing)]
    [InlineData("a", NameError.None)]
    [InlineData("abcdefghij", NameError.None)]
    [InlineData("abcdefghijk", NameError.TooLong)]
    [InlineData("a b", NameError.None)]
    [InlineData(" ab", NameError.SpaceAtEnd)]
    [InlineData("ab ", NameError.SpaceAtEnd)]
    [InlineData(" ", NameError.SpaceAtEnd)]
    [InlineData("@ab", NameError.StartsWithAt)]
    [InlineData("a@b", NameError.None)]
    [InlineData("SERVER", NameError.Reserved)]
    [InlineData("server", NameError.Reserved)]
    [InlineData("SeRvEr", NameError.Reserved)]
    [InlineData("SERVER1", NameError.None)]
    [InlineData("J\u00F6rg", NameError.NotPrintableAscii)]
    [InlineData("a\tb", NameError.NotPrintableAscii)]
    [InlineData("\uD83D\uDE00", NameError.NotPrintableAscii)]
    public void Rules(string? text, NameError expected)
    {
        Assert.Equal(expected == NameError.None, Username.TryParse(text, out var username, out var error));
        Assert.Equal(expected, error);
        Assert.Equal(expected == NameError.None ? text : null, username?.Value);
    }

    [Fact]
    public void Every_character_is_judged_at_every_place()
    {
        for (var value = 0; value <= char.MaxValue; value++)
        {
            var character = (char)value;
            var printable = character is >= ' ' and <= '~';
            Assert.Equal(printable && character is not (' ' or '@'), Username.TryParse($"{character}bc", out _, out _));
            Assert.Equal(printable, Username.TryParse($"a{character}c", out _, out _));
            Assert.Equal(printable && character != ' ', Username.TryParse($"ab{character}", out _, out _));
        }
    }

    [Fact]
    public void Letter_case_makes_no_other_user_but_is_kept()
    {
        Assert.True(Username.TryParse("Alice", out var spelt, out _));
        Assert.True(Username.TryParse("aLICE", out var other, out _));
        Assert.True(Username.TryParse("Bob", out var another, out _));

        Assert.Equal(spelt, other);
        Assert.Equal(spelt.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(spelt, another);
        Assert.Equal("Alice", spelt.ToString());
    }

    [Fact]
    public void Every_broken_rule_has_its_own_sentence_in_ASCII()
    {
        NameError[] errors =
        [
            NameError.Missing, NameError.TooLong, NameError.NotPrintableAscii, NameError.SpaceAtEnd, NameError.StartsWithAt, NameError.Reserved,
        ];
        Assert.Equal(errors.Length, errors.Select(error => error.DescribeUsername()).Distinct().Count());
        Assert.All(errors, error => Assert.Matches(@"^[A-Z][ -~]+\.$", error.DescribeUsername()));
    }
}
