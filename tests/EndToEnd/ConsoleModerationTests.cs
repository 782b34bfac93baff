using KaiChat.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KaiChat.EndToEnd;

/// <summary>Keeping order from the console: bans, mutes, the raid level, notices.</summary>
public sealed class ConsoleModerationTests(Browser browser)
{
    [Fact]
    public async Task A_ban_shows_whom_it_meets_and_a_fresh_one_can_be_taken_back()
    {
        await using var server = await ChatServer.StartAsync();
        await using var natalie = await RawKaiClient.SignInAsync(server.Native, "natalie", "@room");
        await using var person = await server.OpenConsoleAsync(browser, "/admin/connections");
        var page = person.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "natalie" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Ban…" }).ClickAsync();
        await Expect(page.OpenDialog().GetByLabel("Username")).ToHaveValueAsync("natalie");
        await page.OpenDialog().GetByLabel("Address or network").FillAsync("");
        await page.OpenDialog().GetByLabel("Reason").FillAsync("flooding");
        await page.OpenDialog().Button("Whom does it meet?").ClickAsync();
        await Expect(page.OpenDialog()).ToContainTextAsync("It meets 1 user who is here now");
        await page.OpenDialog().Button("Ban").ClickAsync();
        var bans = page.GetByRole(AriaRole.Region, new() { Name = "Bans", Exact = true });
        await Expect(bans.GetByRole(AriaRole.Row).Filter(new() { HasText = "natalie" })).ToContainTextAsync("flooding");

        var test = page.GetByRole(AriaRole.Region, new() { Name = "Would this be stopped?" });
        await test.GetByLabel("Username").FillAsync("NATALIE");
        await test.Button("Test").ClickAsync();
        await Expect(test).ToContainTextAsync("It may not come in: ban of natalie by admin, “flooding”.");
        await Expect(test).ToContainTextAsync("No mute meets this");

        await bans.Button("Lift for natalie").ClickAsync();
        await page.OpenDialog().Button("Lift").ClickAsync();
        await Expect(bans).ToContainTextAsync("Nobody is banned.");
        await test.Button("Test").ClickAsync();
        await Expect(test).ToContainTextAsync("No ban meets this");
    }

    [Fact]
    public async Task A_mute_is_lifted_and_the_lifting_taken_back()
    {
        await using var server = await ChatServer.StartAsync();
        await using var person = await server.OpenConsoleAsync(browser, "/admin/bans");
        var page = person.Page;
        await page.Button("New mute").ClickAsync();
        await page.OpenDialog().GetByLabel("Username").FillAsync("ben");
        await page.OpenDialog().GetByLabel("Reason").FillAsync("too loud");
        await page.OpenDialog().Button("Whom does it meet?").ClickAsync();
        await Expect(page.OpenDialog()).ToContainTextAsync("It meets 0 users");
        // Another name, another answer: the preview is of what is asked for.
        await page.OpenDialog().GetByLabel("Username").FillAsync("bert");
        await page.OpenDialog().Button("Whom does it meet?").ClickAsync();
        await page.OpenDialog().Button("Mute").ClickAsync();
        var mutes = page.GetByRole(AriaRole.Region, new() { Name = "Mutes", Exact = true });
        await mutes.Button("Lift for bert").ClickAsync();
        await Expect(page.OpenDialog()).ToContainTextAsync("too loud");
        await page.OpenDialog().Button("Lift").ClickAsync();
        await Expect(mutes).ToContainTextAsync("Nobody is muted.");
        await page.Toast("Lifted for bert").Button("Undo").ClickAsync();
        await Expect(mutes.GetByRole(AriaRole.Row).Filter(new() { HasText = "bert" })).ToContainTextAsync("too loud");
    }

    [Fact]
    public async Task The_raid_level_says_what_it_does_and_warns_on_the_overview()
    {
        await using var server = await ChatServer.StartAsync();
        await using var person = await server.OpenConsoleAsync(browser, "/admin/raid-level");
        var page = person.Page;
        await Expect(page.GetByText("Now: level 0")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Radio).Nth(2).CheckAsync();
        await page.Button("Set the level").ClickAsync();
        await Expect(page.OpenDialog()).ToContainTextAsync("It falls back to 0 after 1 hour.");
        await page.OpenDialog().Button("Set the level").ClickAsync();
        await Expect(page.GetByText("Now: level 2")).ToBeVisibleAsync();
        await page.Toast("The raid level is 2").Button("Undo").ClickAsync();
        await Expect(page.GetByText("Now: level 0")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Radio).Nth(1).CheckAsync();
        await page.Button("Set the level").ClickAsync();
        await page.OpenDialog().Button("Set the level").ClickAsync();
        await page.GoToAsync("Overview");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Warnings" })).ToContainTextAsync("The raid level is 1");
    }

    [Fact]
    public async Task A_notice_is_previewed_as_natives_see_it_and_told()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await using var person = await server.OpenConsoleAsync(browser, "/admin/notices");
        var page = person.Page;
        await page.GetByLabel("Text").FillAsync("Tea at four – bring caf\u00e9");
        await Expect(page.GetByText("Goes to 1 user.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Preview" })).ToContainTextAsync("Tea at four - bring cafe");
        await page.Button("Send notice").ClickAsync();
        await Expect(page.OpenDialog()).ToContainTextAsync("Send to 1 user?");
        await page.OpenDialog().Button("Send notice").ClickAsync();
        await Expect(page.Toast("The notice went to 1 user.")).ToBeVisibleAsync();
        await Expect(anna.Page.GetByText("Tea at four – bring caf\u00e9").First).ToBeVisibleAsync();
    }
}
