using KaiChat.NativeClient.Terminal;

namespace KaiChat.NativeClient.Tests.Terminal;

public sealed class TerminalCommandTests
{
    [Theory]
    [InlineData("", nameof(TerminalCommandKind.Nothing), "")]
    [InlineData("  ", nameof(TerminalCommandKind.Nothing), "")]
    [InlineData("hello there", nameof(TerminalCommandKind.Say), "hello there")]
    [InlineData(" !join @x", nameof(TerminalCommandKind.Say), " !join @x")]
    [InlineData("!!important", nameof(TerminalCommandKind.Say), "!important")]
    [InlineData("!join @x", nameof(TerminalCommandKind.Join), "@x")]
    [InlineData("!JOIN   @x ", nameof(TerminalCommandKind.Join), "@x")]
    [InlineData("!join", nameof(TerminalCommandKind.Join), "")]
    [InlineData("!join @x y", nameof(TerminalCommandKind.Join), "@x y")]
    [InlineData("!leave", nameof(TerminalCommandKind.Leave), "")]
    [InlineData("!quit", nameof(TerminalCommandKind.Quit), "")]
    [InlineData("!help", nameof(TerminalCommandKind.Help), "")]
    [InlineData("!joni @x", nameof(TerminalCommandKind.Unknown), "!joni")]
    [InlineData("!", nameof(TerminalCommandKind.Unknown), "!")]
    public void A_line_is_a_message_or_a_command(string line, string kind, string argument)
    {
        var command = TerminalCommand.Parse(line);

        Assert.Equal(kind, command.Kind.ToString());
        Assert.Equal(argument, command.Argument);
    }
}
