namespace KaiChat.Server.Diagnostics.Prometheus;

/// <summary>Writes labels as they stand in the text format, <c>kind="native",reason="Quit"</c>, into a place of fixed size and without taking memory.</summary>
internal ref struct LabelWriter(Span<char> place)
{
    private readonly Span<char> _place = place;
    private int _length;

    /// <summary>Whether all had room.</summary>
    public bool IsWhole { get; private set; } = true;

    public readonly ReadOnlySpan<char> Text => _place[.._length];

    /// <param name="name">The tag's name; what a label's may not have becomes an underscore.</param>
    /// <param name="value">Its value, which is escaped.</param>
    public void Write(string name, string value)
    {
        if (_length > 0) Append(',');
        if (name.Length == 0 || char.IsAsciiDigit(name[0])) Append('_');
        foreach (var c in name) Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        Append('=');
        Append('"');
        foreach (var c in value)
        {
            if (c is '\\' or '"') Append('\\');
            if (c == '\n') Append('\\');
            Append(c == '\n' ? 'n' : c);
        }
        Append('"');
    }

    private void Append(char c)
    {
        if (_length < _place.Length) _place[_length++] = c;
        else IsWhole = false;
    }
}
