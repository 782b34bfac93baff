using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using KaiChat.Shared.Markdown;

namespace KaiChat.Shared.Tests.Markdown;

/// <summary>The markdown of messages, by the vectors that the page's parser is held to as well.</summary>
public sealed class MarkdownParserTests
{
    public static TheoryData<string, string, string> Vectors
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Vectors", "markdown.json")));
            foreach (var vector in document.RootElement.EnumerateArray())
            {
                data.Add(vector.GetProperty("name").GetString()!, vector.GetProperty("text").GetString()!, JsonNode.Parse(vector.GetProperty("tree").GetRawText())!.ToJsonString());
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Reads_the_vectors(string name, string text, string tree)
    {
        Assert.NotEmpty(name);
        Assert.Equal(tree, new JsonArray([.. MarkdownParser.Parse(text).Select(Tree)]).ToJsonString());
    }

    /// <summary>Whatever is written, no letter of it is lost.</summary>
    [Fact]
    public void No_word_is_lost() => Prop.ForAll(
        Gen.Elements("a", "b", " ", "*", "**", "_", "~~", "`", "[", "](https://x)", "\\", "\n", "> ", "- ", "```", "1. ", "https://y").ListOf().Select(string.Concat).ToArbitrary(),
        text =>
        {
            var shown = string.Concat(MarkdownParser.Parse(text).Select(block => Tree(block).ToJsonString()));
            // A fence's own line may name a language; it is shown, too.
            return text.Count(char.IsAsciiLetter) - text.Split("](https://x)").Length + 1 <= shown.Count(char.IsAsciiLetter);
        }).QuickCheckThrowOnFailure();

    private static JsonNode Tree(MarkdownBlock block) => block switch
    {
        MarkdownParagraph paragraph => List("p", paragraph.Inlines.Select(Tree)),
        MarkdownCodeBlock code => List("pre", [code.Language, code.Text]),
        MarkdownQuote quote => List("quote", quote.Blocks.Select(Tree)),
        MarkdownList { Start: { } start } list => List("ol", list.Items.Select(Item).Prepend(start)),
        MarkdownList list => List("ul", list.Items.Select(Item)),
        _ => throw new NotSupportedException(),
    };

    private static JsonNode Item(IReadOnlyList<MarkdownInline> item) => new JsonArray([.. item.Select(Tree)]);

    private static JsonNode Tree(MarkdownInline inline) => inline switch
    {
        MarkdownText text => text.Text,
        MarkdownCode code => List("code", [code.Text]),
        MarkdownLink link => List("a", link.Inlines.Select(Tree).Prepend(link.Href)),
        MarkdownEmphasis emphasis => List(emphasis.Kind.ToString()[..1].ToLowerInvariant(), emphasis.Inlines.Select(Tree)),
        _ => throw new NotSupportedException(),
    };

    private static JsonArray List(string kind, IEnumerable<JsonNode> rest) => new([kind, .. rest]);
}
