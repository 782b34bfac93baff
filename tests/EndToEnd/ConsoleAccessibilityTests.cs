using KaiChat.Shared.KaiChat;
using KaiChat.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KaiChat.EndToEnd;

/// <summary>axe finds nothing on any screen of the console, in every theme, and nothing scrolls sideways but what is meant to.</summary>
public sealed class ConsoleAccessibilityTests(Browser browser)
{
    private static readonly (string Path, string Wait)[] Screens =
    [
        ("", "Charts"), ("/connections", "natalie"), ("/sessions", "natalie"), ("/channels", "@room"), ("/channels/@room", "Put out"), ("/bans", "Nobody is banned."), ("/bans?new=ban", "Whom does it meet?"),
        ("/raid-level", "Now: level 0"), ("/notices", "Write a text"), ("/audit", "console.signIn"), ("/jobs", "No job since"), ("/settings", "Storage:Directory"), ("/keys", "No key but"),
        ("/nowhere", "No such place"),
    ];

    [Theory]
    [InlineData(ColorScheme.Light, 1280, null)]
    [InlineData(ColorScheme.Dark, 1280, null)]
    [InlineData(ColorScheme.Light, 320, null)]
    [InlineData(ColorScheme.Dark, 320, null)]
    [InlineData(ColorScheme.Light, 1280, "contrast")]
    [InlineData(ColorScheme.Dark, 320, "contrast")]
    public async Task Axe_finds_nothing_on_any_screen(ColorScheme theme, int width, string? chosen)
    {
        await using var server = await ChatServer.StartAsync();
        await using var natalie = await RawKaiClient.SignInAsync(server.Native, "natalie", "@room");
        await using var person = await Person.OpenAsync(browser, server.Web, "/admin", new() { ColorScheme = theme, ViewportSize = new() { Width = width, Height = 800 } });
        person.Expected = line => line.Contains("401 (Unauthorized)", StringComparison.Ordinal);
        var page = person.Page;
        await Expect(page.GetByLabel("Admin key")).ToBeVisibleAsync();
        await ExpectNothingAsync(page, width);
        if (chosen is not null) await page.EvaluateAsync("theme => localStorage.setItem('kaichat.preferences', JSON.stringify({ theme }))", chosen);
        await person.ShowKeyAsync(await server.FirstKeyAsync());
        await Expect(page.GetByLabel("Admin key")).ToHaveCountAsync(0);
        foreach (var (path, wait) in Screens)
        {
            await page.GotoAsync(new Uri(server.Web, "/admin" + path).ToString());
            await Expect(page.Locator("main, dialog").GetByText(wait).First).ToBeVisibleAsync();
            await ExpectNothingAsync(page, width);
        }
        await page.GotoAsync(new Uri(server.Web, "/admin/connections").ToString());
        await page.GetByRole(AriaRole.Link, new() { Name = "natalie" }).ClickAsync();
        await page.Button("Inspect").ClickAsync();
        await Expect(page.GetByText("Inspecting;")).ToBeVisibleAsync();
        await natalie.SendAsync(KaiPdu.Send("hello"));
        await Expect(page.GetByRole(AriaRole.Article).First).ToBeVisibleAsync();
        await ExpectNothingAsync(page, width);
        await page.Button("Disconnect").ClickAsync();
        await Expect(page.OpenDialog()).ToBeVisibleAsync();
        await ExpectNothingAsync(page, width);
    }

    private static async Task ExpectNothingAsync(IPage page, int width)
    {
        await page.EvaluateAsync(await File.ReadAllTextAsync(Path.Combine(Root(), "WebClient/node_modules/axe-core/axe.min.js")));
        var findings = await page.EvaluateAsync<string[]>(
            "async () => (await axe.run()).violations.map(v => `${location.pathname} ${v.id}: ${v.nodes.map(n => n.target + ' ' + n.failureSummary).join('; ')}`)");
        Assert.Empty(findings);
        Assert.Equal((page.Url, width), (page.Url, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")));
    }

    private static string Root()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "KaiChat.Web.sln"))) directory = Path.GetDirectoryName(directory)!;
        return directory;
    }
}
