using System.Globalization;

namespace KaiChat.NativeClient.Tests.Kit;

/// <summary>What is on a screen after some text with escape sequences; an escape sequence that the client has no business to write fails the test.</summary>
internal sealed class Screen
{
    private readonly List<string> _rows = [""];

    public IReadOnlyList<string> Rows => _rows;

    public int Column { get; private set; }

    public static Screen Of(string written)
    {
        var screen = new Screen();
        for (var i = 0; i < written.Length; i++)
        {
            if (written[i] == '\u001B') i = screen.Escape(written, i + 1);
            else screen.Put(written[i]);
        }

        return screen;
    }

    private void Put(char character)
    {
        switch (character)
        {
            case '\r':
                Column = 0;
                break;
            case '\n':
                _rows.Add("");
                break;
            default:
                Assert.False(char.IsControl(character), $"A control character, U+{(int)character:X4}.");
                _rows[^1] = _rows[^1].PadRight(Column)[..Column] + character + (Column + 1 < _rows[^1].Length ? _rows[^1][(Column + 1)..] : "");
                Column++;
                break;
        }
    }

    private int Escape(string written, int at)
    {
        Assert.Equal('[', written[at]);
        var end = at + 1;
        while (char.IsAsciiDigit(written[end])) end++;
        var count = end > at + 1 ? int.Parse(written.AsSpan(at + 1, end - at - 1), CultureInfo.InvariantCulture) : 0;
        switch (written[end])
        {
            case 'K':
                _rows[^1] = _rows[^1][..Math.Min(Column, _rows[^1].Length)];
                break;
            case 'C':
                Column += count;
                break;
            case 'm':
                break;
            default:
                Assert.Fail($"Escape sequence {written[at..(end + 1)]}.");
                break;
        }

        return end;
    }
}
