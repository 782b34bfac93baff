using KaiChat.NativeClient.Terminal;

namespace KaiChat.NativeClient.Tests.Terminal;

public sealed class InputRowTests
{
    [Theory]
    [InlineData("hello", 5, 40, "@x> hello", 9)]
    [InlineData("hello", 0, 40, "@x> hello", 4)]
    [InlineData("0123456789abcdef", 16, 15, "@x> 6789abcdef", 14)] // the end in sight, one column free
    [InlineData("0123456789abcdef", 0, 15, "@x> 0123456789", 4)]
    [InlineData("0123456789abcdef", 12, 15, "@x> 23456789ab", 14)]
    [InlineData("\u65E5\u672C\u8A9E", 2, 40, "@x> \u65E5\u672C\u8A9E", 8)] // two columns each
    [InlineData("\U0001F600x", 3, 40, "@x> \U0001F600x", 7)]
    [InlineData("e\u0301x", 3, 40, "@x> e\u0301x", 6)]
    [InlineData("abc\u65E5", 0, 8, "@x> abc", 4)] // half a character does not fit
    [InlineData("abc", 3, 6, "> abc", 5)] // a prompt that would leave no room
    public void A_line_takes_one_row_around_the_cursor(string line, int cursor, int width, string content, int column)
    {
        var row = InputRow.Of("@x> ", line, cursor, width);

        Assert.Equal(content, row.Content);
        Assert.Equal(column, row.Column);
        Assert.True(row.Column < width);
    }
}
