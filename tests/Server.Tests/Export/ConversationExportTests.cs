using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using KaiChat.Server.Chat;
using KaiChat.Server.Export;
using KaiChat.Server.Storage;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;

namespace KaiChat.Server.Tests.Export;

/// <summary>What people wrote, as others read it later: as text, whatever it is.</summary>
public sealed partial class ConversationExportTests
{
    private static readonly LoggedConversation Conversation = new(
        new ConversationId(17), Drafts.Channel("@<b>\"'&"), Drafts.Noon, ClosedAt: Drafts.Noon.AddDays(2), FirstSeq: 1, LastSeq: 6);

    [Fact]
    public async Task Html_shows_hostile_names_and_texts_as_text()
    {
        var html = await ExportAsync(
            ExportFormat.Html,
            Message(1, "<i>&\"'", "<script>alert(1)</script>"),
            Message(2, "anna", "\" onmouseover=\"alert(1)\" x='</p></article><img src=x onerror=alert(1)>"),
            Message(3, "anna", "nul \0 bell \a escape \e[2J"),
            Message(4, "anna", "\u202Ereversed שלום"),
            Message(5, "anna", "&lt;already&gt; <!-- --> ]]> {{x}}"),
            Message(6, "anna", "two\nlines\tand 🙂 \u2028 \uFFFE"));

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<i>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
        Assert.DoesNotContain(html, c => char.IsControl(c) && c != '\n');
        // Of all markup there is none but ours.
        Assert.Subset(
            new HashSet<string> { "!DOCTYPE", "html", "head", "meta", "title", "style", "body", "header", "h1", "bdi", "p", "time", "main", "h2", "article", "a", "strong", "footer" },
            Tag().Matches(html).Select(tag => tag.Groups["name"].Value).ToHashSet());
        Assert.Equal(6, Tag().Matches(html).Count(tag => tag.Groups["name"].Value == "article" && !tag.Value.StartsWith("</", StringComparison.Ordinal)));
        Assert.Contains("<p dir=\"auto\">&lt;script&gt;alert(1)&lt;/script&gt;</p>", html, StringComparison.Ordinal);
        Assert.Contains("<p dir=\"auto\">nul \uFFFD bell \uFFFD escape \uFFFD[2J</p>", html, StringComparison.Ordinal);
        Assert.Contains("<p dir=\"auto\">\u202Ereversed שלום</p>", html, StringComparison.Ordinal);
        Assert.Contains("&amp;lt;already&amp;gt;", html, StringComparison.Ordinal);
        Assert.Contains("<title>@&lt;b&gt;&quot;&#x27;&amp;</title>", html, StringComparison.Ordinal);
        Assert.Contains("two&#xA;lines&#x9;and &#x1F642;", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_changed_is_marked_and_what_was_deleted_is_gone()
    {
        ChatMessage[] messages =
        [
            Message(1, "anna", "better") with { EditedAt = Drafts.Noon.AddHours(1), Rev = 1, Reactions = [new MessageReaction("👍", 2, [new SessionId(1), new SessionId(2)])] },
            Message(2, "ben", "") with { EditedAt = Drafts.Noon.AddHours(1), DeletedAt = Drafts.Noon.AddHours(2), Rev = 2 },
            Message(3, "ben", "yes") with { ReplyTo = new AnsweredMessage(1, Drafts.Author("<anna>").Name) },
        ];

        var html = (await ExportAsync(ExportFormat.Html, messages)).Split('\n').Where(line => line.StartsWith("<article", StringComparison.Ordinal)).ToArray();
        var json = (await ExportAsync(ExportFormat.JsonLines, messages)).Split('\n');

        Assert.Contains("(edited <time datetime=\"2026-03-01T13:00:00.123Z\">1 March 2026, 13:00</time>)</span><p dir=\"auto\">better</p> <span>&#x1F44D; 2</span></article>", html[0], StringComparison.Ordinal);
        Assert.Contains("(deleted <time datetime=\"2026-03-01T14:00:00.123Z\">1 March 2026, 14:00</time>)</span></article>", html[1], StringComparison.Ordinal);
        Assert.DoesNotContain("edited", html[1], StringComparison.Ordinal);
        Assert.Contains("<span>to</span> <a href=\"#m1\"><bdi>&lt;anna&gt;</bdi></a><p", html[2], StringComparison.Ordinal);
        Assert.Contains("\"editedAt\":\"2026-03-01T13:00:00.123457+00:00\",\"reactions\":[{", json[0], StringComparison.Ordinal);
        Assert.Contains("\"text\":\"\",", json[1], StringComparison.Ordinal);
        Assert.Contains("\"deletedAt\":\"2026-03-01T14:00:00.123457+00:00\",\"rev\":2}", json[1], StringComparison.Ordinal);
        Assert.Contains("\"replyTo\":1}", json[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Html_forbids_the_browser_everything_but_its_own_style()
    {
        var html = await ExportAsync(ExportFormat.Html, Message(1, "anna", "hello"));

        var style = html.Split("<style>")[1].Split("</style>")[0];
        var hash = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(style)));
        Assert.Contains(
            $"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'\">", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)\\s(style|on[a-z]+)=|https?:|javascript:", html);
        Assert.Contains("color-scheme: light dark", style, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", style, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Html_has_a_heading_for_each_day_and_times_for_machines()
    {
        var html = await ExportAsync(ExportFormat.Html, Message(1, "anna", "one"), Message(2, "ben", "two"), Message(3, "anna", "three", days: 1));

        Assert.Equal(["2026-03-01", "2026-03-02"], html.Split("<h2><time datetime=\"")[1..].Select(rest => rest.Split('"')[0]));
        Assert.Contains("<h2><time datetime=\"2026-03-01\">Sunday, 1 March 2026</time></h2>", html, StringComparison.Ordinal);
        Assert.Contains("<time datetime=\"2026-03-01T12:00:00.123Z\">12:00</time>", html, StringComparison.Ordinal);
        Assert.Contains("Conversation #17, opened <time", html, StringComparison.Ordinal);
        Assert.Contains("closed <time datetime=\"2026-03-03T", html, StringComparison.Ordinal);
        Assert.Contains("3 messages, exported <time", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_lines_are_messages_as_the_REST_API_shows_them()
    {
        var lines = (await ExportAsync(ExportFormat.JsonLines, Message(1, "anna", "two\nlines \0 \u2028"), Message(2, "ben", "naïve", origin: Origin.Native))).Split('\n');

        Assert.Equal(3, lines.Length);
        Assert.Equal("", lines[2]);
        var first = JsonSerializer.Deserialize<Message>(lines[0], JsonSerializerOptions.Web)!;
        Assert.Equal((Conversation.Name.Value, 1L, "17-1", "anna", "two\nlines \0 \u2028", Drafts.Noon), (first.Channel, first.Seq, first.Id, first.Author, first.Text, first.SentAt));
        Assert.Contains("\"origin\":\"native\"", lines[1], StringComparison.Ordinal);
        Assert.Contains("\"authorId\":\"", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conversation_without_messages_is_an_empty_file_and_a_whole_page()
    {
        Assert.Equal("", await ExportAsync(ExportFormat.JsonLines));
        Assert.EndsWith("</html>\n", await ExportAsync(ExportFormat.Html), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_read_and_written_in_pieces_whatever_its_length()
    {
        const int Length = 20_000;
        var most = 0;
        var written = await ConversationExport.WriteAsync(
            Conversation, ExportFormat.JsonLines,
            (after, limit, _) =>
            {
                most = Math.Max(most, limit);
                return Task.FromResult<IReadOnlyList<ChatMessage>>([.. Enumerable.Range((int)after + 1, (int)Math.Min(limit, Length - after)).Select(seq => Message(seq, "anna", "text"))]);
            },
            Stream.Null, Drafts.Noon, default);

        Assert.Equal(Length, written);
        Assert.InRange(most, 1, 1000);
    }

    [Fact]
    public void File_names_hold_nothing_of_a_channels_name_that_could_hurt()
    {
        Assert.Equal("_b____-17.html", ConversationExport.FileName(Conversation, ExportFormat.Html));
        Assert.Equal("______etc_passwd-17.jsonl", ConversationExport.FileName(Conversation with { Name = Drafts.Channel("@../../etc/passwd") }, ExportFormat.JsonLines));
    }

    private static async Task<string> ExportAsync(ExportFormat format, params ChatMessage[] messages)
    {
        using var output = new MemoryStream();
        await ConversationExport.WriteAsync(
            Conversation, format,
            (after, limit, _) => Task.FromResult<IReadOnlyList<ChatMessage>>([.. messages.Where(message => message.Seq > after).Take(limit)]),
            output, Drafts.Noon.AddDays(3), default);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private static ChatMessage Message(long seq, string author, string text, int days = 0, Origin origin = Origin.Web) =>
        new(Conversation.Id, seq, Drafts.Author(author), origin, Drafts.Noon.AddDays(days), text, ClientMessageId: null);

    [GeneratedRegex("</?(?<name>[!A-Za-z][A-Za-z0-9]*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Tag();
}
