using System.Globalization;

namespace KaiChat.NativeClient.Terminal;

/// <summary>
/// The row at the bottom of the screen where the user types. It never takes more than one row: of a line that is too long it shows the part around the
/// cursor, so that erasing it is erasing one row.
/// </summary>
/// <param name="Content">The prompt and the visible part of the line.</param>
/// <param name="Column">Where the cursor stands, from 0.</param>
internal readonly record struct InputRow(string Content, int Column)
{
    private const string ShortPrompt = "> ";

    /// <param name="prompt">One column a character.</param>
    /// <param name="line">What is typed.</param>
    /// <param name="cursor">In UTF-16 code units of <paramref name="line"/>.</param>
    /// <param name="width">Of the screen, in columns.</param>
    public static InputRow Of(string prompt, string line, int cursor, int width)
    {
        if (prompt.Length > width / 2) prompt = ShortPrompt;
        // The last column stays free: writing into it makes some terminals begin a new row.
        var room = Math.Max(0, width - prompt.Length - 1);
        var start = 0;
        while (Columns(line.AsSpan(start, cursor - start)) > room) start += StringInfo.GetNextTextElementLength(line, start);
        var visible = line.AsSpan(start, Fitting(line.AsSpan(start), room));
        return new InputRow(string.Concat(prompt, visible), prompt.Length + Columns(line.AsSpan(start, cursor - start)));
    }

    private static int Columns(ReadOnlySpan<char> text)
    {
        var columns = 0;
        while (!text.IsEmpty)
        {
            var length = StringInfo.GetNextTextElementLength(text);
            columns += CellWidth.Of(text[..length]);
            text = text[length..];
        }

        return columns;
    }

    private static int Fitting(ReadOnlySpan<char> text, int room)
    {
        var end = 0;
        while (end < text.Length)
        {
            var length = StringInfo.GetNextTextElementLength(text[end..]);
            room -= CellWidth.Of(text.Slice(end, length));
            if (room < 0) break;
            end += length;
        }

        return end;
    }
}
