namespace KaiChat.Shared.Markdown;

/// <summary>A part of a message that begins and ends with a line.</summary>
public abstract record MarkdownBlock;

/// <summary>Lines of text; line breaks in it are texts of their own or parts of texts.</summary>
public sealed record MarkdownParagraph(IReadOnlyList<MarkdownInline> Inlines) : MarkdownBlock;

/// <summary>Lines between fences, as they are. <paramref name="Language"/> is what stands behind the first fence, perhaps nothing.</summary>
public sealed record MarkdownCodeBlock(string Language, string Text) : MarkdownBlock;

/// <summary>Lines that begin with <c>&gt;</c>.</summary>
public sealed record MarkdownQuote(IReadOnlyList<MarkdownBlock> Blocks) : MarkdownBlock;

/// <summary>Lines that begin with a bullet or a number. <paramref name="Start"/> is the first number; null if it is bullets.</summary>
public sealed record MarkdownList(int? Start, IReadOnlyList<IReadOnlyList<MarkdownInline>> Items) : MarkdownBlock;

/// <summary>A part of a line.</summary>
public abstract record MarkdownInline;

/// <summary>Text as it is to be shown.</summary>
public sealed record MarkdownText(string Text) : MarkdownInline;

/// <summary>Code within a line, as it is.</summary>
public sealed record MarkdownCode(string Text) : MarkdownInline;

/// <summary>A link with a text of its own. Its address begins with <c>http://</c> or <c>https://</c>.</summary>
public sealed record MarkdownLink(string Href, IReadOnlyList<MarkdownInline> Inlines) : MarkdownInline;

/// <summary>Text that stands out.</summary>
public sealed record MarkdownEmphasis(MarkdownEmphasisKind Kind, IReadOnlyList<MarkdownInline> Inlines) : MarkdownInline;

/// <summary>How a text stands out.</summary>
public enum MarkdownEmphasisKind
{
    /// <summary><c>**bold**</c></summary>
    Bold,

    /// <summary><c>*italic*</c> or <c>_italic_</c></summary>
    Italic,

    /// <summary><c>~~strike~~</c></summary>
    Strike,
}
