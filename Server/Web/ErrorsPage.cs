using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace KaiChat.Server.Web;

/// <summary>
/// <c>/docs/errors</c>, to which the <c>type</c> of every problem document leads (RFC 9457, 3.1.1): docs/errors.md of this very version, with each code as an anchor. Of
/// Markdown it knows what that page has: headings, paragraphs, code, strong words, and links, of which it keeps the words.
/// </summary>
internal static partial class ErrorsPage
{
    public const string Path = "/docs/errors";

    private static readonly Lazy<string> Page = new(() => Render(ReadResource()));

    public static void MapErrorsPage(this WebApplication app) =>
        app.MapGet(Path, (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "no-cache";
            return TypedResults.Content(Page.Value, "text/html; charset=utf-8", Encoding.UTF8);
        }).ExcludeFromDescription();

    private static string ReadResource()
    {
        using var reader = new StreamReader(typeof(ErrorsPage).Assembly.GetManifestResourceStream("docs/errors.md")!, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string Render(string markdown)
    {
        var page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">")
            .Append("<meta name=\"color-scheme\" content=\"light dark\"><title>Error codes – KaiChat</title></head><body><main>\n");
        foreach (var block in markdown.Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            page.Append(block switch
            {
                ['#', '#', ' ', .. var code] => $"<h2 id=\"{WebUtility.HtmlEncode(code)}\"><code>{WebUtility.HtmlEncode(code)}</code></h2>\n",
                ['#', ' ', .. var title] => $"<h1>{WebUtility.HtmlEncode(title)}</h1>\n",
                _ => $"<p>{Inline(block)}</p>\n",
            });
        }
        return page.Append("</main></body></html>\n").ToString();
    }

    private static string Inline(string text)
    {
        var html = Link().Replace(WebUtility.HtmlEncode(text), "${words}");
        return Strong().Replace(Code().Replace(html, "<code>${words}</code>"), "<strong>${words}</strong>");
    }

    [GeneratedRegex(@"\[(?<words>[^\]]*)\]\([^)]*\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    [GeneratedRegex("`(?<words>[^`]*)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();

    [GeneratedRegex(@"\*\*(?<words>[^*]*)\*\*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Strong();
}
