using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using KaiChat.Server.Chat;
using KaiChat.Server.Storage;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Export;

/// <summary>
/// One page to read: no script, nothing from elsewhere, and a policy in it that says so to the browser. Everything people wrote is text in it, never markup.
/// </summary>
internal sealed class HtmlExport(TextWriter writer, LoggedConversation conversation, DateTimeOffset now) : IExportWriter
{
    private const string Style = """
        :root { color-scheme: light dark; --quiet: #5b6470; --line: #d5dae0; --page: #fff; --text: #16191d }
        @media (prefers-color-scheme: dark) { :root { --quiet: #9aa5b1; --line: #363d45; --page: #14171a; --text: #e6e9ec } }
        body { margin: 0 auto; padding: 1rem; max-width: 50rem; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif }
        header, footer, article > span, article > a { color: var(--quiet) }
        h2 { margin: 2rem 0 .5rem; border-bottom: 1px solid var(--line); font-size: 1rem }
        article { margin: .5rem 0 }
        article > a { text-decoration: none; font-variant-numeric: tabular-nums }
        p { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere }
        """;

    /// <summary>Letters of all scripts as they are; what has a meaning in HTML, control characters and what is beyond 16 bits as references.</summary>
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'";

    private DateOnly? _day;

    public Task BeginAsync()
    {
        var name = Encode(conversation.Name.Value);
        var closed = conversation.ClosedAt is { } at ? $", closed {Time(at, "d MMMM yyyy, HH:mm")}" : "";
        return writer.WriteAsync(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{Policy}">
            <meta name="referrer" content="no-referrer">
            <meta name="viewport" content="width=device-width">
            <title>{name}</title>
            <style>{Style}</style>
            </head>
            <body>
            <header>
            <h1><bdi>{name}</bdi></h1>
            <p>Conversation #{conversation.Id}, opened {Time(conversation.OpenedAt, "d MMMM yyyy, HH:mm")}{closed}. All times are UTC.</p>
            </header>
            <main>

            """);
    }

    public async Task WriteAsync(ChatMessage message)
    {
        var sent = message.SentAt.ToUniversalTime();
        var day = DateOnly.FromDateTime(sent.DateTime);
        if (day != _day)
        {
            _day = day;
            await writer.WriteLineAsync($"<h2><time datetime=\"{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}\">{day.ToString("dddd, d MMMM yyyy", CultureInfo.InvariantCulture)}</time></h2>");
        }
        var seq = message.Seq.ToString(CultureInfo.InvariantCulture);
        var native = message.Origin == Origin.Native ? " <span>(native)</span>" : "";
        var answer = message.ReplyTo is { } to ? $" <span>to</span> <a href=\"#m{to.Seq.ToString(CultureInfo.InvariantCulture)}\"><bdi>{Encode(to.Author.Value)}</bdi></a>" : "";
        var edited = message is { EditedAt: { } at, DeletedAt: null } ? $" <span>(edited {Time(at, "d MMMM yyyy, HH:mm")})</span>" : "";
        var text = message.DeletedAt is { } gone ? $" <span>(deleted{(message.DeletedBy == Deleter.Moderator ? " by a moderator" : "")} {Time(gone, "d MMMM yyyy, HH:mm")})</span>" : $"<p dir=\"auto\">{Encode(message.Text)}</p>";
        var reactions = string.Concat(message.Reactions.Select(reaction => $" <span>{Encode(reaction.Emoji)} {reaction.Count.ToString(CultureInfo.InvariantCulture)}</span>"));
        await writer.WriteLineAsync(
            $"<article id=\"m{seq}\"><a href=\"#m{seq}\">{Time(sent, "HH:mm")}</a> <strong><bdi>{Encode(message.Author.Name.Value)}</bdi></strong>{native}{answer}{edited}{text}{reactions}</article>");
    }

    public Task EndAsync(long count) => writer.WriteAsync(
        $"""
        </main>
        <footer><p>{count.ToString("N0", CultureInfo.InvariantCulture)} {(count == 1 ? "message" : "messages")}, exported {Time(now, "d MMMM yyyy, HH:mm")}.</p></footer>
        </body>
        </html>

        """);

    private static string Time(DateTimeOffset time, string format)
    {
        var utc = time.ToUniversalTime();
        return $"<time datetime=\"{utc.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)}\">{utc.ToString(format, CultureInfo.InvariantCulture)}</time>";
    }

    /// <summary>A stranger's text. HTML has no control characters but tab and line feed, not even as references: they show as U+FFFD.</summary>
    private static string Encode(string text)
    {
        var safe = text.AsSpan().ContainsAnyExceptInRange(' ', '~') ? new string([.. text.Select(c => char.IsControl(c) && c is not ('\n' or '\t') ? '\uFFFD' : c)]) : text;
        return Encoder.Encode(safe);
    }
}
