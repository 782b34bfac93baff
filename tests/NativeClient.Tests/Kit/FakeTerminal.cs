using System.Threading.Channels;
using KaiChat.NativeClient.Terminal;

namespace KaiChat.NativeClient.Tests.Kit;

/// <summary>A keyboard that a test types on, and a screen that understands what this client writes and nothing else.</summary>
internal sealed class FakeTerminal : ITerminal
{
    private readonly Channel<ConsoleKeyInfo> _keys = Channel.CreateUnbounded<ConsoleKeyInfo>();
    private readonly Recorder _written = new();

    public int Width { get; set; } = 80;

    public bool Colours { get; init; }

    public string Written => _written.Text;

    /// <summary>What the user sees: the rows, the last one the row being typed.</summary>
    public IReadOnlyList<string> Rows => Screen.Of(Written).Rows;

    public int Column => Screen.Of(Written).Column;

    public void Write(string text) => _written.Write(text);

    public ValueTask<ConsoleKeyInfo> ReadKeyAsync(CancellationToken cancellation) => _keys.Reader.ReadAsync(cancellation);

    public void Type(string text)
    {
        foreach (var character in text) Press(character == '\n' ? ConsoleKey.Enter : ConsoleKey.None, character);
    }

    public void Press(ConsoleKey key, char character = '\0', bool control = false) =>
        _keys.Writer.TryWrite(new ConsoleKeyInfo(character, key, shift: false, alt: false, control));

    public Task Shows(Func<IReadOnlyList<string>, bool> holds) => _written.Until(text => holds(Screen.Of(text).Rows));

    public Task ShowsLast(string row) => Shows(rows => rows[^1] == row);

    /// <summary>The row being typed, with the cursor where the last key has put it.</summary>
    public Task ShowsLast(string row, int column) => _written.Until(text => Screen.Of(text) is var screen && screen.Rows[^1] == row && screen.Column == column);
}
