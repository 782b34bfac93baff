using System.Globalization;
using System.Text.RegularExpressions;

namespace KaiChat.Shared.Markdown;

/// <summary>
/// The markdown of messages: a small part of CommonMark that stays readable where it is not rendered, which is what native clients show. One grammar (docs/markdown.md),
/// written here and in <c>WebClient/src/state/markdown.ts</c>, held together by <c>tests/Vectors/markdown.json</c>. Takes time in proportion to the text.
/// </summary>
public static partial class MarkdownParser
{
    /// <summary>How deep quotes may stand in quotes and emphasis in emphasis; what is deeper is text.</summary>
    internal const int MaxDepth = 4;

    private const int Patience = 5_000;

    /// <summary>Reads a message's text, whose line breaks are <c>\n</c>. Every text is a message: nothing is an error.</summary>
    public static IReadOnlyList<MarkdownBlock> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Blocks(text.Split('\n'), depth: 0);
    }

    private static List<MarkdownBlock> Blocks(string[] lines, int depth)
    {
        var blocks = new List<MarkdownBlock>();
        var paragraph = new List<string>();
        for (var at = 0; at < lines.Length;)
        {
            var (block, next) = BlockAt(lines, at, depth);
            if (block is null && !IsBlank(lines[at])) paragraph.Add(lines[at]);
            else EndParagraph(blocks, paragraph);
            if (block is not null) blocks.Add(block);
            at = next;
        }
        EndParagraph(blocks, paragraph);
        return blocks;
    }

    private static void EndParagraph(List<MarkdownBlock> blocks, List<string> lines)
    {
        if (lines.Count == 0) return;
        var inlines = new List<MarkdownInline>();
        foreach (var line in lines)
        {
            if (inlines.Count > 0) Add(inlines, new MarkdownText("\n"));
            foreach (var inline in MarkdownLine.Parse(line)) Add(inlines, inline);
        }
        blocks.Add(new MarkdownParagraph(inlines));
        lines.Clear();
    }

    /// <summary>Neighbouring texts are one.</summary>
    private static void Add(List<MarkdownInline> inlines, MarkdownInline inline)
    {
        if (inline is MarkdownText text && inlines.Count > 0 && inlines[^1] is MarkdownText last) inlines[^1] = new MarkdownText(last.Text + text.Text);
        else inlines.Add(inline);
    }

    /// <summary>What begins at a line and is more than a line of a paragraph, and the line behind it.</summary>
    private static (MarkdownBlock? Block, int Next) BlockAt(string[] lines, int at, int depth)
    {
        var line = lines[at];
        if (Fence().Match(line) is { Success: true } fence && ClosingFenceAfter(lines, at) is var end and > 0)
        {
            return (new MarkdownCodeBlock(fence.Groups["language"].Value, string.Join('\n', lines.Skip(at + 1).Take(end - at - 1))), end + 1);
        }
        if (depth < MaxDepth && Run(lines, at, Quote()) is var quoted and > 0)
        {
            return (new MarkdownQuote(Blocks([.. lines.Skip(at).Take(quoted).Select(item => Quote().Replace(item, "", 1))], depth + 1)), at + quoted);
        }
        if (Run(lines, at, Bullet()) is var bullets and > 0) return (new MarkdownList(null, Items(lines, at, bullets, Bullet())), at + bullets);
        if (Run(lines, at, Ordinal()) is var numbered and > 0)
        {
            var start = int.Parse(Ordinal().Match(line).Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
            return (new MarkdownList(start, Items(lines, at, numbered, Ordinal())), at + numbered);
        }
        return (null, at + 1);
    }

    private static int ClosingFenceAfter(string[] lines, int at)
    {
        for (var end = at + 1; end < lines.Length; end++)
        {
            if (ClosingFence().IsMatch(lines[end])) return end;
        }
        return -1;
    }

    private static int Run(string[] lines, int at, Regex pattern)
    {
        var end = at;
        while (end < lines.Length && pattern.IsMatch(lines[end])) end++;
        return end - at;
    }

    private static List<IReadOnlyList<MarkdownInline>> Items(string[] lines, int at, int count, Regex pattern) =>
        [.. lines.Skip(at).Take(count).Select(item => MarkdownLine.Parse(pattern.Replace(item, "", 1)))];

    private static bool IsBlank(string line) => line.AsSpan().Trim(" \t").IsEmpty;

    [GeneratedRegex("^```(?<language>[A-Za-z0-9+#.-]{0,20})[ \t]*$", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Fence();

    [GeneratedRegex("^```[ \t]*$", RegexOptions.None, Patience)]
    private static partial Regex ClosingFence();

    [GeneratedRegex("^> ?", RegexOptions.None, Patience)]
    private static partial Regex Quote();

    [GeneratedRegex(@"^[-*•][ \t]+(?=\S)", RegexOptions.None, Patience)]
    private static partial Regex Bullet();

    [GeneratedRegex(@"^(?<number>[0-9]{1,3})[.)][ \t]+(?=\S)", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Ordinal();
}
