namespace KaiChat.Shared.Contracts;

/// <summary>How native members will see a text: the answer to <see cref="IChatHub.PreviewNative"/>.</summary>
/// <param name="Lines">One for each PDU they get, in order.</param>
/// <param name="Bytes">The length of all lines together, in bytes.</param>
/// <param name="Replacements">What they see differently, in order of place.</param>
public sealed record NativePreview(IReadOnlyList<string> Lines, int Bytes, IReadOnlyList<NativePreviewReplacement> Replacements);

/// <summary>One piece of a text that native members see differently.</summary>
/// <param name="Original">The piece.</param>
/// <param name="Replacement">What they see in its place; empty if nothing.</param>
public sealed record NativePreviewReplacement(string Original, string Replacement);
