using KaiChat.NativeClient.Conversation;

namespace KaiChat.NativeClient.Terminal;

/// <summary>
/// A conversation on a screen: what comes in scrolls above, the row with the half-typed line stays below. Everything is written as one piece for each
/// change, so that nothing comes between.
/// </summary>
internal sealed class TerminalView(ITerminal terminal) : IChatView
{
    private const string EraseRow = "\r\u001B[K";

    private readonly Lock _gate = new();
    private readonly TerminalStyle _style = new(terminal.Colours);
    private bool _open;
    private string _line = "";
    private int _cursor;

    /// <summary>What stands before the line; asked for anew at each drawing, since the channel may have changed meanwhile.</summary>
    public Func<string> Prompt { get; set; } = () => "> ";

    public void Show(ChatEvent chatEvent)
    {
        lock (_gate) terminal.Write($"{EraseRow}{Render(chatEvent)}\r\n{Row()}");
    }

    /// <summary>Draws the row where the user types.</summary>
    /// <param name="line">Without control characters.</param>
    /// <param name="cursor">In UTF-16 code units of <paramref name="line"/>.</param>
    public void Draw(string line, int cursor)
    {
        lock (_gate)
        {
            (_open, _line, _cursor) = (true, line, cursor);
            terminal.Write(EraseRow + Row());
        }
    }

    /// <summary>Takes the row away: the user types no more.</summary>
    public void Close()
    {
        lock (_gate)
        {
            if (_open) terminal.Write(EraseRow);
            _open = false;
        }
    }

    private string Row()
    {
        if (!_open) return "";
        var row = InputRow.Of(Prompt(), _line, _cursor, terminal.Width);
        return row.Column == 0 ? $"{row.Content}\r" : $"{row.Content}\r\u001B[{row.Column}C";
    }

    private string Render(ChatEvent chatEvent) => chatEvent switch
    {
        ChatLine line => $"{_style.Author($"[{SafeText.Of(line.Author)}]>", line.Author)} {SafeText.Of(line.Text)}",
        ServerNotice notice => _style.Notice($"[SERVER]> {SafeText.Of(notice.Text)}"),
        ClientStatus { Event: StatusEvent.Error } status => _style.Error(SafeText.Of(status.Text)),
        ClientStatus status => _style.Status(SafeText.Of(status.Text)),
        _ => throw new NotSupportedException($"{chatEvent.GetType().Name} has no place on a terminal."),
    };
}
