using KaiChat.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KaiChat.EndToEnd;

/// <summary>The console as a place: who comes in, how it is walked through, what is live.</summary>
public sealed class ConsoleTests(Browser browser)
{
    [Fact]
    public async Task Comes_in_with_the_key_stays_over_a_reload_and_goes()
    {
        await using var server = await ChatServer.StartAsync();
        await using var person = await Person.OpenAsync(browser, server.Web, "/admin/settings");
        person.Expected = line => line.Contains("401 (Unauthorized)", StringComparison.Ordinal);
        var page = person.Page;
        await person.ShowKeyAsync("not the key");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The admin key is wrong");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("unauthorized");
        await person.ShowKeyAsync(await server.FirstKeyAsync());
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Settings" })).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.RowWith("Storage:Directory")).ToContainTextAsync("command line");
        // The key is in no storage that a script can read.
        Assert.DoesNotContain(await server.FirstKeyAsync(), await page.EvaluateAsync<string>("JSON.stringify({ ...localStorage, ...sessionStorage, cookie: document.cookie })"), StringComparison.Ordinal);

        await page.Button("Sign out").ClickAsync();
        await Expect(page.GetByLabel("Admin key")).ToBeFocusedAsync();
        await page.ReloadAsync();
        await Expect(page.GetByLabel("Admin key")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Each_screen_has_its_address_and_the_way_back()
    {
        await using var server = await ChatServer.StartAsync();
        await using var person = await server.OpenConsoleAsync(browser);
        var page = person.Page;
        foreach (var screen in (string[])["Connections", "Channels", "Bans and mutes", "Raid level", "Notices", "Audit log", "Jobs and backups", "Settings", "API keys"])
        {
            await page.GoToAsync(screen);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = screen })).ToBeFocusedAsync();
            await Expect(page).ToHaveTitleAsync($"{screen} · KaiChat console");
        }
        await page.GoBackAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Settings" })).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(new Uri(server.Web, "/admin/settings").ToString());
        await page.GoForwardAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "API keys" })).ToBeVisibleAsync();
        await page.GotoAsync(new Uri(server.Web, "/admin/nowhere").ToString());
        await page.GetByRole(AriaRole.Link, new() { Name = "To the overview" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Overview" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_overview_is_live_and_its_numbers_lead_to_their_lists()
    {
        await using var server = await ChatServer.StartAsync();
        await using var person = await server.OpenConsoleAsync(browser);
        var page = person.Page;
        await Expect(page.GetByText("Live", new() { Exact = true })).ToBeVisibleAsync();
        var natives = page.Locator(".tile").Filter(new() { HasText = "Native clients" });
        await Expect(natives.Locator("strong")).ToHaveTextAsync("0");
        await using (await RawKaiClient.SignInAsync(server.Native, "natalie", "@room"))
        {
            await Expect(natives.Locator("strong")).ToHaveTextAsync("1");
            await Expect(page.GetByRole(AriaRole.Link, new() { Name = "native.inChannel" })).ToBeVisibleAsync();
            await Expect(page.Locator(".chart canvas")).ToHaveCountAsync(6);
            await natives.GetByRole(AriaRole.Link).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Link, new() { Name = "natalie" })).ToBeVisibleAsync();
            await Expect(page).ToHaveURLAsync(new Uri(server.Web, "/admin/connections?kind=native").ToString());
        }
        await Expect(page.GetByText("Nobody is connected")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_session_that_ends_asks_for_the_key_and_keeps_what_was_begun()
    {
        await using var server = await ChatServer.StartAsync();
        await using var person = await server.OpenConsoleAsync(browser, "/admin/notices");
        var page = person.Page;
        await page.GetByLabel("Text").FillAsync("a long notice");
        await Expect(page.GetByText("Goes to 0 users.")).ToBeVisibleAsync();
        await page.Context.ClearCookiesAsync();
        await page.GetByLabel("Text").FillAsync("a long notice, half written");
        await Expect(page.OpenDialog()).ToContainTextAsync("Your session has ended");
        await person.ShowKeyAsync(await server.FirstKeyAsync());
        await Expect(page.OpenDialog()).ToHaveCountAsync(0);
        await Expect(page.GetByLabel("Text")).ToHaveValueAsync("a long notice, half written");
    }

    [Fact]
    public async Task A_key_opens_what_its_scopes_allow_and_no_more()
    {
        await using var server = await ChatServer.StartAsync();
        await using var person = await server.OpenConsoleAsync(browser, "/admin/keys");
        var page = person.Page;
        await page.Button("Make a key").ClickAsync();
        await page.OpenDialog().GetByLabel("Name").FillAsync("looker");
        await page.OpenDialog().GetByLabel("server:read").CheckAsync();
        await page.OpenDialog().GetByLabel("channels:read").CheckAsync();
        await page.OpenDialog().Button("Make a key").ClickAsync();
        await Expect(page.OpenDialog()).ToContainTextAsync("shown this once");
        var secret = (await page.Locator(".secret").TextContentAsync())!;
        await page.Button("I have it").ClickAsync();
        await Expect(page.RowWith("looker")).ToContainTextAsync("channels:read");
        Assert.DoesNotContain(secret, await page.ContentAsync(), StringComparison.Ordinal);

        await using var looker = await server.OpenConsoleAsync(browser, key: secret);
        looker.Expected = line => line.Contains("401 (Unauthorized)", StringComparison.Ordinal) || line.Contains("403 (Forbidden)", StringComparison.Ordinal);
        await looker.Page.GoToAsync("Channels");
        await Expect(looker.Page.GetByRole(AriaRole.Link, new() { Name = "API keys" })).ToHaveCountAsync(0);
        await looker.Page.Button("Create channel").ClickAsync();
        await looker.Page.OpenDialog().GetByLabel("Name").FillAsync("@mine");
        await looker.Page.OpenDialog().Button("Create channel").ClickAsync();
        await Expect(looker.Page.OpenDialog().GetByRole(AriaRole.Alert)).ToContainTextAsync("channels:write");
        await Expect(looker.Page.OpenDialog().GetByLabel("Name")).ToHaveValueAsync("@mine");

        await page.Button("Revoke looker").ClickAsync();
        await Expect(page.OpenDialog().Button("Revoke")).ToBeDisabledAsync();
        await page.OpenDialog().GetByLabel("Type looker to confirm").FillAsync("looker");
        await page.OpenDialog().Button("Revoke").ClickAsync();
        await Expect(page.RowWith("looker")).ToContainTextAsync("revoked");
        await looker.Page.ReloadAsync();
        await Expect(looker.Page.GetByLabel("Admin key")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task It_speaks_the_readers_language_and_wears_the_chosen_theme()
    {
        await using var server = await ChatServer.StartAsync();
        await using var person = await server.OpenConsoleAsync(browser);
        var page = person.Page;
        await page.Button("Appearance").ClickAsync();
        await page.OpenDialog().GetByLabel("Theme").SelectOptionAsync("dark");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await page.OpenDialog().GetByLabel("Language").SelectOptionAsync("ja");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "ja");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "概要" })).ToBeVisibleAsync();
    }
}
