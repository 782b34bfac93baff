using FsCheck;
using FsCheck.Fluent;
using KaiChat.Server.Chat;

namespace KaiChat.Server.Tests.Chat;

public sealed class MessageTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\r\nb\rc\nd\u0085e", "a\nb\nc\nd\ne")]
    [InlineData("tab\tstays", "tab\tstays")]
    [InlineData("bell\a escape\u001b[1m del\u007f nul\0", "bell escape[1m del nul")]
    [InlineData("\n\n  indented\ntext  \n\n", "  indented\ntext")]
    [InlineData("pair \ud83d\ude00 stays", "pair \ud83d\ude00 stays")]
    public void Normalizes(string text, string expected) => Assert.Equal(expected, MessageText.Normalize(text, 1000));

    /// <summary>Half a pair cannot stand in an attribute.</summary>
    [Fact]
    public void Replaces_half_a_surrogate_pair()
    {
        Assert.Equal("half \ufffd goes, half \ufffd goes", MessageText.Normalize("half \ud83d goes, half \ude00 goes", 1000));
        Assert.Equal("\ufffd", MessageText.Normalize("\ud83d", 1000));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t\n\r\n ")]
    [InlineData("\u0001\u0002")]
    public void Refuses_a_text_with_nothing_in_it(string? text) =>
        Assert.Equal("text-empty", Assert.Throws<ChatRefusedException>(() => MessageText.Normalize(text, 1000)).Code);

    [Fact]
    public void Any_text_becomes_valid_unicode_without_control_characters_and_stays_so()
    {
        Prop.ForAll<string>(text =>
        {
            string normal;
            try
            {
                normal = MessageText.Normalize(text, int.MaxValue);
            }
            catch (ChatRefusedException refused)
            {
                return refused.Code == "text-empty";
            }
            return normal == MessageText.Normalize(normal, int.MaxValue)
                && !normal.Any(c => char.IsControl(c) && c is not ('\n' or '\t'))
                && normal == System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(normal));
        }).QuickCheckThrowOnFailure();
    }
}
