namespace KaiChat.Shared.KaiChat;

/// <summary>How a text looks to a v1 client: ASCII, one line for each PDU (docs/protocols/kaichat.md, "Text").</summary>
public static class NativeText
{
    /// <summary>
    /// Transliterates and splits a text: the one function behind what native clients receive and what the composer's preview shows.
    /// </summary>
    /// <param name="text">Any string, unpaired surrogates included.</param>
    public static NativeRendering Render(string text) => throw new NotSupportedException();
}

/// <summary>A text as v1 clients see it.</summary>
/// <param name="Lines">One for each PDU, in order; each 1 to <see cref="KaiPdu.MaxTextLength"/> characters of printable ASCII. Empty if nothing visible is left.</param>
/// <param name="Replacements">The loss record: everything that is not passed on as it stands, in order of place.</param>
public sealed record NativeRendering(IReadOnlyList<string> Lines, IReadOnlyList<NativeReplacement> Replacements);

/// <summary>One piece of a text that v1 clients see differently.</summary>
/// <param name="Index">Where it begins, in UTF-16 code units of the original.</param>
/// <param name="Original">The piece.</param>
/// <param name="Replacement">What stands in its place; empty if nothing.</param>
public readonly record struct NativeReplacement(int Index, string Original, string Replacement);
