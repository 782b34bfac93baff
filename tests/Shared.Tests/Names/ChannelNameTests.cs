using KaiChat.Shared.Names;

namespace KaiChat.Shared.Tests.Names;

public sealed class ChannelNameTests
{
    private static readonly string Longest = "@" + new string('x', 49);

    public static TheoryData<string?, NameError> Cases => new()
    {
        { null, NameError.Missing },
        { "", NameError.Missing },
        { "@", NameError.Missing },
        { "@a", NameError.None },
        { "@@", NameError.None },
        { "@SERVER", NameError.None },
        { Longest, NameError.None },
        { Longest + "x", NameError.TooLong },
        { "general", NameError.MissingAt },
        { " @general", NameError.MissingAt },
        { "@gen eral", NameError.ContainsSpace },
        { "@general ", NameError.ContainsSpace },
        { "@caf\u00E9", NameError.NotPrintableAscii },
        { "@a\0", NameError.NotPrintableAscii },
        { "@a\u00A0b", NameError.NotPrintableAscii },
    };

    [Theory, MemberData(nameof(Cases))]
    public void Rules(string? text, NameError expected)
    {
        Assert.Equal(expected == NameError.None, ChannelName.TryParse(text, out var channel, out var error));
        Assert.Equal(expected, error);
        Assert.Equal(expected == NameError.None ? text : null, channel?.Value);
    }

    [Fact]
    public void Every_character_is_judged_at_every_place()
    {
        for (var value = 0; value <= char.MaxValue; value++)
        {
            var character = (char)value;
            var allowed = character is >= '!' and <= '~';
            Assert.Equal(character == '@', ChannelName.TryParse($"{character}ab", out _, out _));
            Assert.Equal(allowed, ChannelName.TryParse($"@{character}b", out _, out _));
            Assert.Equal(allowed, ChannelName.TryParse($"@b{character}", out _, out _));
        }
    }

    [Fact]
    public void Letter_case_makes_no_other_channel_but_is_kept()
    {
        Assert.True(ChannelName.TryParse("@General", out var spelt, out _));
        Assert.True(ChannelName.TryParse("@gENERAL", out var other, out _));
        Assert.True(ChannelName.TryParse("@random", out var another, out _));

        Assert.Equal(spelt, other);
        Assert.Equal(spelt.GetHashCode(), other.GetHashCode());
        Assert.Equal(spelt.Key, other.Key);
        Assert.NotEqual(spelt, another);
        Assert.Equal("@General", spelt.ToString());
    }

    [Fact]
    public void Every_broken_rule_has_its_own_sentence_in_ASCII()
    {
        NameError[] errors =
            [NameError.Missing, NameError.TooLong, NameError.MissingAt, NameError.ContainsSpace, NameError.NotPrintableAscii];
        Assert.Equal(errors.Length, errors.Select(error => error.DescribeChannel()).Distinct().Count());
        Assert.All(errors, error => Assert.Matches(@"^[A-Z][ -~]+\.$", error.DescribeChannel()));
    }
}
