using FsCheck;
using FsCheck.Fluent;
using KaiChat.Server.Chat;

namespace KaiChat.Server.Tests.Chat;

public sealed class MessageTextTests
{
    private static readonly LimitsOptions Limits = new() { MaxTextLength = 1000, MaxLines = 10 };
    private static readonly LimitsOptions Unlimited = new() { MaxTextLength = int.MaxValue, MaxLines = int.MaxValue };

    [Fact]
    public void A_text_of_too_many_lines_is_refused_with_the_limit_named()
    {
        var most = string.Join('\n', Enumerable.Repeat("x", 10));
        Assert.Equal(most, MessageText.Normalize(most + "\n\n", Limits));
        var refused = Assert.Throws<ChatRefusedException>(() => MessageText.Normalize(most + "\r\nx", Limits));
        Assert.Equal("text-too-long", refused.Code);
        Assert.Contains("11 lines; at most 10", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\r\nb\rc\nd\u0085e", "a\nb\nc\nd\ne")]
    [InlineData("tab\tstays", "tab\tstays")]
    [InlineData("bell\a escape\u001b[1m del\u007f nul\0", "bell escape[1m del nul")]
    [InlineData("\n\n  indented\ntext  \n\n", "  indented\ntext")]
    [InlineData("pair \ud83d\ude00 stays", "pair \ud83d\ude00 stays")]
    public void Normalizes(string text, string expected) => Assert.Equal(expected, MessageText.Normalize(text, Limits));

    /// <summary>Half a pair cannot stand in an attribute.</summary>
    [Fact]
    public void Replaces_half_a_surrogate_pair()
    {
        Assert.Equal("half \ufffd goes, half \ufffd goes", MessageText.Normalize("half \ud83d goes, half \ude00 goes", Limits));
        Assert.Equal("\ufffd", MessageText.Normalize("\ud83d", Limits));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t\n\r\n ")]
    [InlineData("\u0001\u0002")]
    public void Refuses_a_text_with_nothing_in_it(string? text) =>
        Assert.Equal("text-empty", Assert.Throws<ChatRefusedException>(() => MessageText.Normalize(text, Limits)).Code);

    [Fact]
    public void Any_text_becomes_valid_unicode_without_control_characters_and_stays_so()
    {
        Prop.ForAll<string>(text =>
        {
            string normal;
            try
            {
                normal = MessageText.Normalize(text, Unlimited);
            }
            catch (ChatRefusedException refused)
            {
                return refused.Code == "text-empty";
            }
            return normal == MessageText.Normalize(normal, Unlimited)
                && !normal.Any(c => char.IsControl(c) && c is not ('\n' or '\t'))
                && normal == System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(normal));
        }).QuickCheckThrowOnFailure();
    }
}
