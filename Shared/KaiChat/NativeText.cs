namespace KaiChat.Shared.KaiChat;

/// <summary>How a text looks to a v1 client: ASCII, one line for each PDU (docs/protocols/kaichat.md, "Text").</summary>
public static class NativeText
{
    /// <summary>
    /// Transliterates and splits a text: the one function behind what native clients receive and what the composer's preview shows.
    /// <para>
    /// Every character becomes printable ASCII (é is e, 😀 is :grinning:); a tab becomes a space; combining marks, invisible format characters and
    /// control characters vanish; what has no counterpart becomes <c>?</c>. A line break of any kind ends a line, so that nobody can write a line that
    /// looks like another user's. A line beyond <see cref="KaiPdu.MaxTextLength"/> continues in the next one, cut behind its last space, or hard where
    /// there is none; nothing is added or lost at a cut, so that the pieces put together are the whole line.
    /// </para>
    /// <para>
    /// A line break is no loss, since its line ends. A blank line (empty or nothing but spaces) is left out together with its break, and that is in the
    /// record. Hence: put the replacements into the original, part it at its line breaks, cut what is too long, and these are the lines.
    /// </para>
    /// </summary>
    /// <param name="text">Any string, unpaired surrogates included.</param>
    public static NativeRendering Render(string text) =>
        IsOneNativeLine(text) ? new NativeRendering([text], []) : new NativeTextRenderer(text).Render();

    /// <summary>The text to render for a message: one that answers another has that one's author in front, as people write it: <c>@ben: text</c>.</summary>
    /// <param name="text">The message's text; empty if it was deleted: then nothing is left to see of it.</param>
    /// <param name="answered">The name of the author of the message it answers; null if it answers none.</param>
    public static string Of(string text, string? answered) => answered is null || text.Length == 0 ? text : $"@{answered}: {text}";

    /// <summary>Nearly every message: nothing to change, nothing to cut.</summary>
    private static bool IsOneNativeLine(string text) =>
        text.Length is > 0 and <= KaiPdu.MaxTextLength
        && !text.AsSpan().ContainsAnyExceptInRange(' ', '~')
        && text.AsSpan().ContainsAnyExcept(' ');
}

/// <summary>A text as v1 clients see it.</summary>
/// <param name="Lines">One for each PDU, in order; each 1 to <see cref="KaiPdu.MaxTextLength"/> characters of printable ASCII. Empty if nothing visible is left.</param>
/// <param name="Replacements">The loss record: everything that is not passed on as it stands, in order of place, without overlaps.</param>
public sealed record NativeRendering(IReadOnlyList<string> Lines, IReadOnlyList<NativeReplacement> Replacements);

/// <summary>One piece of a text that v1 clients see differently: a character as its reader sees it (with its marks, or a whole emoji), or a blank line.</summary>
/// <param name="Index">Where it begins, in UTF-16 code units of the original.</param>
/// <param name="Original">The piece.</param>
/// <param name="Replacement">What stands in its place; empty if nothing.</param>
public readonly record struct NativeReplacement(int Index, string Original, string Replacement);
