using System.Text;
using System.Text.RegularExpressions;

namespace KaiChat.Shared.Markdown;

/// <summary>One line of markdown: code, links and emphasis.</summary>
internal ref partial struct MarkdownLine
{
    private const int Patience = 5_000;

    private static readonly (string Sign, MarkdownEmphasisKind Kind)[] Marks =
        [("**", MarkdownEmphasisKind.Bold), ("~~", MarkdownEmphasisKind.Strike), ("*", MarkdownEmphasisKind.Italic), ("_", MarkdownEmphasisKind.Italic)];

    private readonly string _line;
    private readonly int _depth;
    private readonly List<MarkdownInline> _inlines = [];
    private readonly StringBuilder _text = new();

    /// <summary>Signs that nothing closes from here on: looked for once, so that the whole takes time in proportion to the line.</summary>
    private readonly HashSet<string> _hopeless = [];
    private int _at;

    private MarkdownLine(string line, int depth)
    {
        _line = line;
        _depth = depth;
    }

    public static IReadOnlyList<MarkdownInline> Parse(string line) => Parse(line, depth: 0);

    private static List<MarkdownInline> Parse(string line, int depth)
    {
        var parser = new MarkdownLine(line, depth);
        while (parser._at < line.Length) parser.Next();
        parser.EndText();
        return parser._inlines;
    }

    private void Next()
    {
        var c = _line[_at];
        if (c == '\\' && _at + 1 < _line.Length && IsPunctuation(_line[_at + 1]))
        {
            _text.Append(_line[_at + 1]);
            _at += 2;
        }
        else if (c == '`') Code();
        else if (!(c == '[' && Link()) && !(c is 'h' or 'H' && Address()) && !(_depth < MarkdownParser.MaxDepth && Emphasis()))
        {
            _text.Append(c);
            _at++;
        }
    }

    private void Code()
    {
        var ticks = Ticks(_line, _at);
        var end = ClosingTicks(_line, _at + ticks, ticks);
        if (end < 0)
        {
            _text.Append('`', ticks);
            _at += ticks;
            return;
        }
        var code = _line[(_at + ticks)..end];
        // One space at each end is there to keep backticks apart.
        var padded = code.Length > 2 && code[0] == ' ' && code[^1] == ' ' && code.AsSpan().ContainsAnyExcept(' ');
        Add(new MarkdownCode(padded ? code[1..^1] : code));
        _at = end + ticks;
    }

    private bool Link()
    {
        if (LinkPattern().Match(_line, _at) is not { Success: true } link) return false;
        Add(new MarkdownLink(link.Groups["href"].Value, Parse(link.Groups["label"].Value, MarkdownParser.MaxDepth)));
        _at += link.Length;
        return true;
    }

    /// <summary>An address is text as a whole: what looks like a mark in it is none.</summary>
    private bool Address()
    {
        if (IsWord(_at - 1) || AddressPattern().Match(_line, _at) is not { Success: true } address) return false;
        // Marks behind an address are the end of an emphasis around it.
        var shown = address.Value.TrimEnd('*', '_', '~', '`');
        _text.Append(shown);
        _at += shown.Length;
        return true;
    }

    private bool Emphasis()
    {
        foreach (var (sign, kind) in Marks)
        {
            if (string.CompareOrdinal(_line, _at, sign, 0, sign.Length) != 0) continue;
            var opens = Opens(sign);
            var end = opens && !_hopeless.Contains(sign) ? Closing(_at + sign.Length, sign) : -1;
            if (end >= 0)
            {
                Add(new MarkdownEmphasis(kind, Parse(_line[(_at + sign.Length)..end], _depth + 1)));
                _at = end + sign.Length;
                return true;
            }
            if (opens) _hopeless.Add(sign);
            _text.Append(sign);
            _at += sign.Length;
            return true;
        }
        return false;
    }

    /// <summary>An emphasis begins before something visible, and not within a word.</summary>
    private readonly bool Opens(string sign)
    {
        var next = _at + sign.Length;
        return !IsWord(_at - 1) && next < _line.Length && _line[next] is not (' ' or '\t') && _line[next] != sign[0];
    }

    /// <summary>Where an emphasis ends: behind something visible, and not within a word. Code and escaped characters are passed over. -1 if nowhere.</summary>
    private readonly int Closing(int from, string sign)
    {
        for (var at = from; at < _line.Length;)
        {
            if (_line[at] == '\\') at += 2;
            else if (_line[at] == '`')
            {
                var ticks = Ticks(_line, at);
                var end = ClosingTicks(_line, at + ticks, ticks);
                at = (end >= 0 ? end : at) + ticks;
            }
            else if (at > from && string.CompareOrdinal(_line, at, sign, 0, sign.Length) == 0)
            {
                var run = at;
                while (run < _line.Length && _line[run] == sign[0]) run++;
                if (run - at == sign.Length && _line[at - 1] is not (' ' or '\t') && !IsWord(run)) return at;
                at = run;
            }
            else at++;
        }
        return -1;
    }

    private void Add(MarkdownInline inline)
    {
        EndText();
        _inlines.Add(inline);
    }

    private readonly void EndText()
    {
        if (_text.Length > 0) _inlines.Add(new MarkdownText(_text.ToString()));
        _text.Clear();
    }

    /// <summary>How many backticks stand in a row.</summary>
    private static int Ticks(string line, int at)
    {
        var end = at;
        while (end < line.Length && line[end] == '`') end++;
        return end - at;
    }

    /// <summary>Where as many backticks stand again, no more and no fewer; -1 if nowhere.</summary>
    private static int ClosingTicks(string line, int from, int ticks)
    {
        for (var at = line.IndexOf('`', from); at >= 0;)
        {
            var run = Ticks(line, at);
            if (run == ticks) return at;
            at = line.IndexOf('`', at + run);
        }
        return -1;
    }

    private readonly bool IsWord(int at) => at >= 0 && at < _line.Length && char.IsLetterOrDigit(_line[at]);

    private static bool IsPunctuation(char c) => char.IsAscii(c) && (char.IsPunctuation(c) || char.IsSymbol(c));

    [GeneratedRegex(@"\Ghttps?://[^\s<>""']+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Patience)]
    private static partial Regex AddressPattern();

    [GeneratedRegex(@"\G\[(?<label>[^\[\]\n]+)\]\((?<href>https?://[^\s<>""'()]+)\)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex LinkPattern();
}
