using KaiChat.NativeClient.Terminal;

namespace KaiChat.NativeClient.Tests.Terminal;

public sealed class LineEditorTests
{
    private readonly LineEditor _editor = new();

    [Fact]
    public void Typing_inserts_at_the_cursor()
    {
        Type("helo");
        Press(ConsoleKey.LeftArrow);
        Type("l");
        AssertLine("hell|o");
    }

    [Theory]
    [InlineData(ConsoleKey.Backspace, "one tw|four")]
    [InlineData(ConsoleKey.Delete, "one two|our")]
    [InlineData(ConsoleKey.LeftArrow, "one tw|ofour")]
    [InlineData(ConsoleKey.RightArrow, "one twof|our")]
    [InlineData(ConsoleKey.Home, "|one twofour")]
    [InlineData(ConsoleKey.End, "one twofour|")]
    public void Keys_edit(ConsoleKey key, string line)
    {
        Type("one twofour");
        for (var i = 0; i < 4; i++) Press(ConsoleKey.LeftArrow);
        Assert.Equal(LineEdit.Changed, Press(key));
        AssertLine(line);
    }

    [Theory]
    [InlineData(ConsoleKey.A, "|one two")]
    [InlineData(ConsoleKey.E, "one two|")]
    [InlineData(ConsoleKey.U, "|two")]
    [InlineData(ConsoleKey.K, "one |")]
    [InlineData(ConsoleKey.W, "|two")]
    [InlineData(ConsoleKey.H, "one|two")]
    [InlineData(ConsoleKey.D, "one |wo")]
    public void Keys_of_a_shell_edit_too(ConsoleKey key, string line)
    {
        Type("one two");
        for (var i = 0; i < 3; i++) Press(ConsoleKey.LeftArrow);
        Press(key, control: true);
        AssertLine(line);
    }

    [Theory]
    [InlineData(ConsoleKey.Backspace)]
    [InlineData(ConsoleKey.Delete)]
    [InlineData(ConsoleKey.LeftArrow)]
    [InlineData(ConsoleKey.RightArrow)]
    [InlineData(ConsoleKey.Home)]
    [InlineData(ConsoleKey.End)]
    [InlineData(ConsoleKey.UpArrow)]
    [InlineData(ConsoleKey.DownArrow)]
    [InlineData(ConsoleKey.F1)]
    public void In_an_empty_line_nothing_happens(ConsoleKey key) => Assert.Equal(LineEdit.None, Press(key));

    [Theory]
    [InlineData("e\u0301")]
    [InlineData("\U0001F600")]
    [InlineData("\U0001F468\u200D\U0001F469\u200D\U0001F467")]
    public void The_cursor_steps_over_a_whole_character(string character)
    {
        Type("a" + character);
        Press(ConsoleKey.LeftArrow);
        Assert.Equal(1, _editor.Cursor);
        Press(ConsoleKey.RightArrow);
        Press(ConsoleKey.Backspace);
        AssertLine("a|");
    }

    [Fact]
    public void Up_and_down_walk_through_the_lines_and_back_to_the_draft()
    {
        Enter("first");
        Enter("second");
        Enter("second"); // once in the history
        Type("draft");

        Press(ConsoleKey.UpArrow);
        AssertLine("second|");
        Press(ConsoleKey.UpArrow);
        AssertLine("first|");
        Press(ConsoleKey.UpArrow);
        AssertLine("first|");
        Press(ConsoleKey.DownArrow);
        AssertLine("second|");
        Press(ConsoleKey.DownArrow);
        AssertLine("draft|");
        Assert.Equal(LineEdit.None, Press(ConsoleKey.DownArrow));
    }

    [Fact]
    public void End_of_input_is_only_on_an_empty_line()
    {
        Assert.Equal(LineEdit.Ended, Press(ConsoleKey.D, control: true));
        Type("x");
        Assert.Equal(LineEdit.None, Press(ConsoleKey.D, control: true));
    }

    private void Type(string text)
    {
        foreach (var character in text) _editor.Apply(new ConsoleKeyInfo(character, ConsoleKey.None, shift: false, alt: false, control: false));
    }

    private void Enter(string line)
    {
        Type(line);
        Assert.Equal(LineEdit.Entered, Press(ConsoleKey.Enter));
        Assert.Equal(line, _editor.Take());
    }

    private LineEdit Press(ConsoleKey key, bool control = false) =>
        _editor.Apply(new ConsoleKeyInfo('\0', key, shift: false, alt: false, control));

    private void AssertLine(string withCursor) => Assert.Equal(withCursor, _editor.Text.Insert(_editor.Cursor, "|"));
}
