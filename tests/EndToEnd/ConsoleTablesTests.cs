using KaiChat.TestKit;
using static Microsoft.Playwright.Assertions;

namespace KaiChat.EndToEnd;

/// <summary>The console's tables have room on a usual screen: nothing of a row is beyond the edge.</summary>
public sealed class ConsoleTablesTests(Browser browser)
{
    private static readonly (string Path, string Wait)[] Screens =
    [
        ("/sessions", "natalie"), ("/connections", "natalie"), ("/channels", "@room"), ("/channels/@room", "natalie"), ("/bans", "203.0.113.0/24"), ("/notices", "Tea tomorrow"),
        ("/audit", "ban.create"), ("/jobs", ".zip"), ("/settings", "Storage:Directory"), ("/keys", "statistics"),
    ];

    /// <summary>What a screen of 1,024 pixels has no room for: there they scroll by themselves, and a row's name and its action stay.</summary>
    private static readonly string[] Wide = ["/admin/sessions", "/admin/connections", "/admin/audit", "/admin/settings"];

    [Theory]
    [InlineData(1280, "en-GB")]
    [InlineData(1280, "en-US")]
    [InlineData(1280, "ja")]
    [InlineData(1024, "en-US")]
    public async Task A_row_is_seen_whole(int width, string language)
    {
        await using var server = await ChatServer.StartAsync();
        await using var natalie = await RawKaiClient.SignInAsync(server.Native, "natalie", "@room");
        await using var anna = await WebUser.SignInAsync(server, "annabelle1", "@room");
        await anna.JoinAsync("@other");
        await server.AskAsync(HttpMethod.Post, "/api/v1/channels", new { name = "@announce", topic = "What is going on at our place this week and the next", readOnly = true });
        await server.AskAsync(HttpMethod.Post, "/api/v1/bans", new { network = "203.0.113.0/24", reason = "Does not stop to advertise", minutes = 60 });
        await server.AskAsync(HttpMethod.Post, "/api/v1/mutes", new { username = "annabelle1", channel = "@room", reason = "Too loud", minutes = 60 });
        await server.AskAsync(HttpMethod.Post, "/api/v1/mutes", new { username = "annabelle1", reason = "Too loud", minutes = 60 });
        await server.AskAsync(HttpMethod.Post, "/api/v1/notices", new { text = "Tea tomorrow", sendAt = DateTimeOffset.UtcNow.AddDays(1) });
        await server.AskAsync(HttpMethod.Post, "/api/v1/keys", new { name = "statistics", scopes = new[] { "server:read", "connections:read" }, expiresAt = DateTimeOffset.UtcNow.AddDays(90) });
        await server.AskAsync(HttpMethod.Post, "/api/v1/backups", new { });
        await using var person = await Person.OpenAsync(browser, server.Web, "/admin", new() { Locale = language, ViewportSize = new() { Width = width, Height = 800 } });
        person.Expected = line => line.Contains("401 (Unauthorized)", StringComparison.Ordinal);
        var page = person.Page;
        await page.Locator("input[type=password]").FillAsync(await server.FirstKeyAsync());
        await page.Locator("button[type=submit]").ClickAsync();
        await Expect(page.Locator(".side-bar")).ToBeVisibleAsync();
        var cut = new List<string>();
        foreach (var (path, wait) in Screens)
        {
            await page.GotoAsync(new Uri(server.Web, "/admin" + path).ToString());
            await Expect(page.Locator("main .table").GetByText(wait).First).ToBeVisibleAsync();
            cut.AddRange(await page.EvaluateAsync<string[]>(
                "() => [...document.querySelectorAll('.table-scroll')].filter(s => s.scrollWidth > s.clientWidth)"
                + ".map(s => `${location.pathname}: ${s.scrollWidth} of ${s.clientWidth} px: ${[...s.querySelectorAll('th')].map(head => `${head.textContent} ${head.offsetWidth}`).join(', ')}`)"));
        }
        Assert.DoesNotContain(cut, table => width >= 1280 || !Wide.Any(path => table.StartsWith(path + ":", StringComparison.Ordinal)));
    }
}
