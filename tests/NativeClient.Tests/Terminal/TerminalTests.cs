using KaiChat.NativeClient.Tests.Kit;
using KaiChat.Shared.KaiChat;

namespace KaiChat.NativeClient.Tests.Terminal;

/// <summary>alice at a terminal.</summary>
public sealed class TerminalTests : IAsyncLifetime
{
    private readonly ScriptedServer _server = new();
    private readonly FakeTerminal _terminal = new();
    private ClientRun _run = null!;
    private ServerEnd _end = null!;

    public async ValueTask InitializeAsync()
    {
        _run = ClientRun.Interactive(_server, _terminal);
        _end = await _server.AcceptAsync();
        await _end.WelcomeAsync();
        await _terminal.ShowsLast("@general> ");
    }

    public async ValueTask DisposeAsync()
    {
        await _end.DisposeAsync();
        _run.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task A_message_appears_above_the_half_typed_line()
    {
        _terminal.Type("half ty");
        _terminal.Press(ConsoleKey.LeftArrow);
        await _terminal.ShowsLast("@general> half ty", column: "@general> half t".Length);
        await _end.SendAsync(ServerEnd.Message("bob", "hello"));
        await _terminal.Shows(rows => rows[^2] == "[bob]> hello" && rows[^1] == "@general> half ty");
        Assert.Equal("@general> half t".Length, _terminal.Column);

        _terminal.Press(ConsoleKey.End);
        _terminal.Type("ped\n");
        await _end.ExpectAsync(KaiPdu.Query, KaiPdu.Send("half typed"));
        await _terminal.Shows(rows => rows[^2] == "[alice]> half typed" && rows[^1] == "@general> ");
        await QuitAsync();
    }

    [Fact]
    public async Task A_message_that_commands_a_terminal_commands_nothing()
    {
        await _end.SendAsync(KaiPdu.Receive("bob", "@general", "\u001B[2J\u001B]0;gotcha\u0007\u009B1m ok"));
        await _terminal.Shows(rows => rows[^2] == "[bob]> [2J]0;gotcha1m ok"); // the screen knows no other sequences
        await _end.ExpectAsync(KaiPdu.Query);
        await QuitAsync();
    }

    [Fact]
    public async Task Commands_move_between_channels()
    {
        _terminal.Type("!join @other\n");
        await _end.ExpectAsync(KaiPdu.Join("alice", "@other"), KaiPdu.Query);
        await _terminal.ShowsLast("@other> ");
        await _end.SendAsync(KaiPdu.NothingNew("@other"));
        _terminal.Type("!leave\n");
        await _end.ExpectAsync(KaiPdu.Leave);
        await _terminal.ShowsLast("> ");
        _terminal.Type("!leave\nhello\n!join nowhere\n!what\n!help\n");
        await _terminal.Shows(rows => rows[^2].StartsWith("!join @name enters", StringComparison.Ordinal) && rows[^1] == "> ");
        Assert.Contains("You are in no channel.", _terminal.Rows);
        Assert.Contains("You are in no channel: enter one with !join @name.", _terminal.Rows);
        Assert.Contains("A channel name starts with @, like @general.", _terminal.Rows);
        Assert.Contains(_terminal.Rows, row => row.StartsWith("There is no command !what.", StringComparison.Ordinal));
        await QuitAsync(); // and nothing of all this was sent
    }

    [Fact]
    public async Task A_refused_channel_leaves_the_user_in_the_one_before()
    {
        _terminal.Type("!join @secret\n");
        await _end.ExpectAsync(KaiPdu.Join("alice", "@secret"), KaiPdu.Query);
        await _terminal.ShowsLast("@secret> ");
        await _end.SendAsync(KaiPdu.Receive("SERVER", "@secret", KaiNotice.NotJoined + "You are banned."));
        await _terminal.Shows(rows => rows[^2] == "[SERVER]> Not joined: You are banned." && rows[^1] == "@general> ");
        await _end.ExpectAsync(KaiPdu.Query);
        await QuitAsync();
    }

    [Fact]
    public async Task The_end_of_input_says_goodbye()
    {
        _terminal.Press(ConsoleKey.D, control: true);
        await _end.ExpectGoodbyeAsync();
        Assert.Equal(0, await _run.Exit);
    }

    [Fact]
    public async Task Stopping_says_goodbye_and_takes_the_row_away()
    {
        _terminal.Type("half");
        await _terminal.ShowsLast("@general> half");
        await _run.StopAsync();
        await _end.ExpectGoodbyeAsync();

        Assert.Equal(0, await _run.Exit);
        Assert.Equal("", _terminal.Rows[^1]);
    }

    [Fact]
    public async Task A_lost_connection_is_said_and_ends_the_program()
    {
        _terminal.Type("half");
        await _terminal.ShowsLast("@general> half");
        await _end.DisposeAsync();

        Assert.Equal(1, await _run.Exit);
        Assert.Equal("The server closed the connection.", _terminal.Rows[^2]);
        Assert.Equal("", _terminal.Rows[^1]);
    }

    [Fact]
    public void Nothing_goes_to_the_streams_of_scripts()
    {
        Assert.Empty(_run.Output.Text);
        Assert.Empty(_run.Error.Text);
    }

    private async Task QuitAsync()
    {
        _terminal.Type("!quit\n");
        await _end.ExpectGoodbyeAsync();
        Assert.Equal(0, await _run.Exit);
    }
}
