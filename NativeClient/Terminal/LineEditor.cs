using System.Globalization;

namespace KaiChat.NativeClient.Terminal;

/// <summary>What a key did to the line.</summary>
internal enum LineEdit
{
    None,
    Changed,

    /// <summary>The line is complete: <see cref="LineEditor.Take"/> it.</summary>
    Entered,

    /// <summary>Ctrl+D on an empty line: the user has nothing more to say.</summary>
    Ended,
}

/// <summary>The line being typed: keys in, text and cursor out. The cursor moves over characters as their reader sees them.</summary>
internal sealed class LineEditor
{
    private readonly InputHistory _history = new();

    public string Text { get; private set; } = "";

    /// <summary>In UTF-16 code units of <see cref="Text"/>.</summary>
    public int Cursor { get; private set; }

    public LineEdit Apply(ConsoleKeyInfo key) => key.Modifiers.HasFlag(ConsoleModifiers.Control) ? ApplyControl(key.Key) : key.Key switch
    {
        ConsoleKey.Enter => LineEdit.Entered,
        ConsoleKey.Backspace => Remove(Before(), Cursor),
        ConsoleKey.Delete => Remove(Cursor, After()),
        ConsoleKey.LeftArrow => MoveTo(Before()),
        ConsoleKey.RightArrow => MoveTo(After()),
        ConsoleKey.Home => MoveTo(0),
        ConsoleKey.End => MoveTo(Text.Length),
        ConsoleKey.UpArrow => Replace(_history.Back(Text)),
        ConsoleKey.DownArrow => Replace(_history.Forward()),
        _ => Insert(key.KeyChar),
    };

    /// <summary>The entered line; the editor is empty again.</summary>
    public string Take()
    {
        var line = Text;
        _history.Add(line);
        (Text, Cursor) = ("", 0);
        return line;
    }

    /// <summary>The keys of a shell.</summary>
    private LineEdit ApplyControl(ConsoleKey key) => key switch
    {
        ConsoleKey.A => MoveTo(0),
        ConsoleKey.E => MoveTo(Text.Length),
        ConsoleKey.U => Remove(0, Cursor),
        ConsoleKey.K => Remove(Cursor, Text.Length),
        ConsoleKey.W => Remove(BeforeWord(), Cursor),
        ConsoleKey.H => Remove(Before(), Cursor), // backspace on some terminals
        ConsoleKey.D when Text.Length == 0 => LineEdit.Ended,
        ConsoleKey.D => Remove(Cursor, After()),
        ConsoleKey.J or ConsoleKey.M => LineEdit.Entered, // a pasted line break
        _ => LineEdit.None,
    };

    private LineEdit Insert(char character)
    {
        if (char.IsControl(character)) return LineEdit.None;
        Text = Text.Insert(Cursor, character.ToString());
        Cursor++;
        // The keyboard sends a character beyond 16 bits in halves: there is nothing to draw before the second one.
        return char.IsHighSurrogate(character) ? LineEdit.None : LineEdit.Changed;
    }

    private LineEdit Remove(int start, int end)
    {
        if (start == end) return LineEdit.None;
        Text = Text.Remove(start, end - start);
        Cursor = start;
        return LineEdit.Changed;
    }

    private LineEdit MoveTo(int place)
    {
        if (place == Cursor) return LineEdit.None;
        Cursor = place;
        return LineEdit.Changed;
    }

    private LineEdit Replace(string? line)
    {
        if (line is null) return LineEdit.None;
        (Text, Cursor) = (line, line.Length);
        return LineEdit.Changed;
    }

    private int Before()
    {
        var place = 0;
        foreach (var start in StringInfo.ParseCombiningCharacters(Text))
        {
            if (start < Cursor) place = start;
        }

        return place;
    }

    private int After() => Cursor + (Cursor == Text.Length ? 0 : StringInfo.GetNextTextElementLength(Text, Cursor));

    private int BeforeWord()
    {
        var place = Cursor;
        while (place > 0 && Text[place - 1] == ' ') place--;
        while (place > 0 && Text[place - 1] != ' ') place--;
        return place;
    }
}
