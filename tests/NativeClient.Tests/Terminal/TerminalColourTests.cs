using KaiChat.NativeClient.Conversation;
using KaiChat.NativeClient.Terminal;
using KaiChat.NativeClient.Tests.Kit;

namespace KaiChat.NativeClient.Tests.Terminal;

public sealed class TerminalColourTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Colours_are_only_there_if_wanted_and_change_no_character(bool colours)
    {
        var terminal = new FakeTerminal { Colours = colours };
        var view = new TerminalView(terminal);
        view.Show(new ChatLine("@x", "bob", "hi", default));
        view.Show(new ServerNotice("@x", "notice", default));
        view.Show(new ClientStatus(StatusEvent.Error, "error", default));

        Assert.Equal(["[bob]> hi", "[SERVER]> notice", "error", ""], terminal.Rows);
        Assert.Equal(colours, terminal.Written.Contains("\u001B[0m", StringComparison.Ordinal));
    }

    [Fact]
    public void A_name_has_the_same_colour_in_either_letter_case() =>
        Assert.Equal(new TerminalStyle(colours: true).Author("x", "Bob"), new TerminalStyle(colours: true).Author("x", "bOB"));
}
