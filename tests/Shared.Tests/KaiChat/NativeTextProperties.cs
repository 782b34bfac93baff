using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using KaiChat.Shared.KaiChat;

namespace KaiChat.Shared.Tests.KaiChat;

/// <summary>What holds for every text: no byte is lost without a record, none is forged.</summary>
public sealed partial class NativeTextProperties
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(1500);

    [Fact]
    public void Replaying_the_record_over_the_original_yields_the_lines() => ForEveryText(text =>
    {
        var rendering = NativeText.Render(text);
        var replayed = LineBreak().Split(Replay(text, rendering.Replacements)).ToList();
        if (replayed[^1].Length == 0) replayed.RemoveAt(replayed.Count - 1); // behind the last line's break

        // Pieces of a line are told from lines by their place: put together they are the line.
        var lines = new Queue<string>(rendering.Lines);
        foreach (var line in replayed)
        {
            var together = new StringBuilder();
            while (together.Length < line.Length) together.Append(lines.Dequeue());
            Assert.Equal(line, together.ToString());
            Assert.NotEqual("", line.Trim(' '));
        }

        Assert.Empty(lines);
    });

    [Fact]
    public void Every_line_fits_a_PDU_and_is_printable_ASCII() => ForEveryText(text =>
        Assert.All(NativeText.Render(text).Lines, line =>
        {
            Assert.InRange(line.Length, 1, KaiPdu.MaxTextLength);
            Assert.False(line.AsSpan().ContainsAnyExceptInRange(' ', '~'));
        }));

    [Fact]
    public void The_record_is_in_order_without_overlaps_and_names_only_differences() => ForEveryText(text =>
    {
        var end = 0;
        foreach (var replacement in NativeText.Render(text).Replacements)
        {
            Assert.True(replacement.Index >= end);
            Assert.NotEqual(replacement.Original, replacement.Replacement);
            Assert.Equal(text.Substring(replacement.Index, replacement.Original.Length), replacement.Original);
            end = replacement.Index + replacement.Original.Length;
        }
    });

    [Fact]
    public void Rendering_a_rendered_line_changes_nothing() => ForEveryText(text =>
        Assert.All(NativeText.Render(text).Lines, line =>
        {
            if (line.Trim(' ').Length > 0) Assert.Equal([line], NativeText.Render(line).Lines);
        }));

    private static void ForEveryText(Action<string> holds)
    {
        Check.One(Thorough, Prop.ForAll(UnicodeTexts.Short.ToArbitrary(), holds));
        Check.One(Thorough.WithMaxTest(300), Prop.ForAll(UnicodeTexts.Long.ToArbitrary(), holds));
    }

    private static string Replay(string text, IReadOnlyList<NativeReplacement> replacements)
    {
        var replayed = new StringBuilder();
        var end = 0;
        foreach (var replacement in replacements)
        {
            replayed.Append(text, end, replacement.Index - end).Append(replacement.Replacement);
            end = replacement.Index + replacement.Original.Length;
        }

        return replayed.Append(text, end, text.Length - end).ToString();
    }

    [GeneratedRegex("\r\n|[\n\r\v\f\u0085\u2028\u2029]", RegexOptions.None, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex LineBreak();
}
