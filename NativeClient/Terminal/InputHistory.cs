namespace KaiChat.NativeClient.Terminal;

/// <summary>The lines entered so far, and the one being typed at their end while the user walks through them.</summary>
internal sealed class InputHistory
{
    private const int Capacity = 200;

    private readonly List<string> _lines = [];
    private int _at;
    private string _draft = "";

    public void Add(string line)
    {
        if (line.Length > 0 && (_lines.Count == 0 || _lines[^1] != line)) _lines.Add(line);
        if (_lines.Count > Capacity) _lines.RemoveAt(0);
        _at = _lines.Count;
        _draft = "";
    }

    /// <summary>The line before; null if there is none.</summary>
    /// <param name="current">What is typed now, kept if it is the draft.</param>
    public string? Back(string current)
    {
        if (_at == 0) return null;
        if (_at == _lines.Count) _draft = current;
        return _lines[--_at];
    }

    /// <summary>The line after, at last the draft; null if this is it.</summary>
    public string? Forward()
    {
        if (_at == _lines.Count) return null;
        return ++_at == _lines.Count ? _draft : _lines[_at];
    }
}
