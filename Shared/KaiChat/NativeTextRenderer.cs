using System.Globalization;
using System.Text;

namespace KaiChat.Shared.KaiChat;

/// <summary>One rendering of one text: walks it character by character as a reader sees them, line by line.</summary>
/// <param name="text">The original.</param>
internal sealed class NativeTextRenderer(string text)
{
    private readonly List<string> _lines = [];
    private readonly List<NativeReplacement> _replacements = [];
    private readonly StringBuilder _line = new();
    private int _lineStart;
    private int _replacementsBeforeLine;

    public NativeRendering Render()
    {
        for (var index = 0; index < text.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(text.AsSpan(index));
            var element = text.AsSpan(index, length);
            if (IsLineBreak(element)) EndLine(index + length);
            else Append(index, element);
            index += length;
        }

        EndLine(text.Length);
        return new NativeRendering(_lines, _replacements);
    }

    /// <summary>CR LF, LF, CR, VT, FF, NEL, LS, PS: Unicode's line breaks (UAX 14, classes BK, CR, LF, NL). CR LF is one element.</summary>
    private static bool IsLineBreak(ReadOnlySpan<char> element) =>
        element[0] is '\n' or '\r' or '\v' or '\f' or '\u0085' or '\u2028' or '\u2029';

    private void Append(int index, ReadOnlySpan<char> element)
    {
        if (element is [>= ' ' and <= '~'])
        {
            _line.Append(element[0]);
            return;
        }

        var ascii = AsciiElement.Of(element);
        _line.Append(ascii);
        if (!element.SequenceEqual(ascii)) _replacements.Add(new NativeReplacement(index, element.ToString(), ascii));
    }

    /// <param name="end">Behind the line's break.</param>
    private void EndLine(int end)
    {
        var line = _line.ToString();
        if (line.AsSpan().ContainsAnyExcept(' ')) NativeLineCutter.Cut(line, _lines);
        else LeaveOut(end);
        _line.Clear();
        _lineStart = end;
        _replacementsBeforeLine = _replacements.Count;
    }

    private void LeaveOut(int end)
    {
        if (end == _lineStart) return;
        _replacements.RemoveRange(_replacementsBeforeLine, _replacements.Count - _replacementsBeforeLine);
        _replacements.Add(new NativeReplacement(_lineStart, text[_lineStart..end], ""));
    }
}
