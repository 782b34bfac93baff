using KaiChat.NativeClient.Conversation;
using KaiChat.Shared.Names;

namespace KaiChat.NativeClient.Terminal;

/// <summary>A user at a terminal: reads keys, carries out what is typed.</summary>
internal sealed class TerminalSession(KaiClient client, ITerminal terminal, TerminalView view, TimeProvider clock)
{
    private const string Help = "!join @name enters a channel, !leave leaves it, !quit ends. A line that begins with !! is a message that begins with !.";

    private readonly LineEditor _editor = new();

    /// <param name="stop">The user wants to leave.</param>
    public async Task<ExitCode> RunAsync(CancellationToken stop)
    {
        view.Prompt = () => client.Channel is { } channel ? $"{channel}> " : "> ";
        try
        {
            await client.SignInAsync(stop);
            Answer("Type to talk, !help for help.");
            await Together.RunAsync(CancellationToken.None, client.ListenAsync, client.PollAsync, end => TypeAsync(stop, end));
            return ExitCode.Ok;
        }
        finally
        {
            view.Close();
        }
    }

    /// <param name="stop">Ends the typing, but not what is being written: half a PDU would garble the goodbye.</param>
    private async Task TypeAsync(CancellationToken stop, CancellationToken end)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, end);
        try
        {
            while (true)
            {
                Draw();
                var edit = _editor.Apply(await terminal.ReadKeyAsync(either.Token));
                if (edit == LineEdit.Ended || (edit == LineEdit.Entered && !await CarryOutAsync(_editor.Take(), end))) break;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Ctrl+C is as good a goodbye as any.
        }

        await client.QuitAsync(end);
    }

    /// <summary>False: the user wants to leave.</summary>
    private async Task<bool> CarryOutAsync(string line, CancellationToken cancellation)
    {
        Draw();
        var command = TerminalCommand.Parse(line);
        switch (command.Kind)
        {
            case TerminalCommandKind.Quit:
                return false;
            case TerminalCommandKind.Say:
                await SayAsync(command.Argument, cancellation);
                break;
            case TerminalCommandKind.Join:
                if (ChannelName.TryParse(command.Argument, out var channel, out var error)) await client.JoinAsync(channel, cancellation);
                else Answer(error.DescribeChannel());
                break;
            case TerminalCommandKind.Leave when client.Channel is null:
                Answer("You are in no channel.");
                break;
            case TerminalCommandKind.Leave:
                await client.LeaveAsync(cancellation);
                break;
            case TerminalCommandKind.Help:
                Answer(Help);
                break;
            case TerminalCommandKind.Unknown:
                Answer($"There is no command {command.Argument}. {Help}");
                break;
        }

        return true;
    }

    /// <summary>The server sends nobody their own messages, so they are shown from here.</summary>
    private async Task SayAsync(string text, CancellationToken cancellation)
    {
        if (client.Channel is not { } channel)
        {
            Answer("You are in no channel: enter one with !join @name.");
            return;
        }

        foreach (var piece in OutgoingText.Pieces(text))
        {
            await client.SayAsync(piece, cancellation);
            view.Show(new ChatLine(channel.Value, client.User.Value, piece, clock.GetUtcNow()));
        }
    }

    private void Draw() => view.Draw(_editor.Text, _editor.Cursor);

    private void Answer(string text) => view.Show(new ClientStatus(StatusEvent.Answer, text, clock.GetUtcNow()));
}
