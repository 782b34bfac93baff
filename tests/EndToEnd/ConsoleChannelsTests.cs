using KaiChat.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KaiChat.EndToEnd;

/// <summary>The console's channels: made, settled, purged and closed.</summary>
public sealed class ConsoleChannelsTests(Browser browser)
{
    [Fact]
    public async Task A_channel_is_made_changed_and_changed_back()
    {
        await using var server = await ChatServer.StartAsync();
        await using var person = await server.OpenConsoleAsync(browser, "/admin/channels");
        var page = person.Page;
        await page.Button("Create channel").ClickAsync();
        await page.OpenDialog().GetByLabel("Name").FillAsync("@news");
        await page.OpenDialog().GetByLabel("Topic").FillAsync("What is new");
        await page.OpenDialog().Button("Create channel").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "@news" })).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Stays open without members")).ToBeCheckedAsync();

        await page.GetByLabel("Topic").FillAsync("What was new");
        await page.GetByLabel("Read-only").CheckAsync();
        await page.GetByLabel("As the server is set").UncheckAsync();
        await page.GetByLabel("Deletions").SelectOptionAsync("note");
        await page.Button("Save").ClickAsync();
        await Expect(page.Toast("@news was changed")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.GetByLabel("Topic")).ToHaveValueAsync("What was new");
        await Expect(page.GetByLabel("Read-only")).ToBeCheckedAsync();
        await Expect(page.GetByLabel("Deletions")).ToHaveValueAsync("note");

        await page.GetByLabel("Topic").FillAsync("a mistake");
        await page.Button("Save").ClickAsync();
        await page.Toast("@news was changed").Button("Undo").ClickAsync();
        await Expect(page.GetByLabel("Topic")).ToHaveValueAsync("What was new");
        await page.GoToAsync("Channels");
        await Expect(page.RowWith("@news")).ToContainTextAsync("What was new");
        await Expect(page.RowWith("@news")).ToContainTextAsync("Read-only");
    }

    [Fact]
    public async Task Who_saves_over_anothers_change_is_told_and_loses_nothing()
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        await using var first = await server.OpenConsoleAsync(browser, "/admin/channels/@room");
        await using var second = await server.OpenConsoleAsync(browser, "/admin/channels/@room");
        second.Expected = line => line.Contains("401 (Unauthorized)", StringComparison.Ordinal) || line.Contains("412 (Precondition Failed)", StringComparison.Ordinal);
        await second.Page.GetByLabel("Topic").FillAsync("mine");
        await first.Page.GetByLabel("Topic").FillAsync("theirs");
        await first.Page.Button("Save").ClickAsync();
        await Expect(first.Page.Toast("@room was changed")).ToBeVisibleAsync();
        await second.Page.Button("Save").ClickAsync();
        var alert = second.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "precondition-failed" });
        await Expect(alert).ToContainTextAsync("Somebody else has changed this");
        await Expect(second.Page.GetByLabel("Topic")).ToHaveValueAsync("mine");
        await alert.Button("Try again").ClickAsync();
        await Expect(second.Page.Locator(".screen-head")).ToContainTextAsync("theirs");
        await Expect(alert).ToHaveCountAsync(0);
        await second.Page.Button("Save").ClickAsync();
        await Expect(second.Page.Locator(".screen-head")).ToContainTextAsync("mine");
    }

    [Fact]
    public async Task A_purge_counts_first_and_a_large_one_wants_the_name()
    {
        await using var server = await ChatServer.StartAsync("Limits:MessagesPerSecond=1000", "Limits:MessageBurst=1000");
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        for (var i = 1; i <= 120; i++) await ben.SendAsync("@room", $"message {i}");
        await using var person = await server.OpenConsoleAsync(browser, "/admin/channels/@room");
        var page = person.Page;
        await page.GetByLabel("Which").SelectOptionAsync("throughSeq");
        await page.GetByLabel("The last message’s number").FillAsync("110");
        await page.Button("Count them").ClickAsync();
        await Expect(page.OpenDialog()).ToContainTextAsync("110 messages of @room are removed");
        await Expect(page.OpenDialog().Button("Remove for good")).ToBeDisabledAsync();
        await page.OpenDialog().GetByLabel("Type @room to confirm").FillAsync("@room");
        await page.OpenDialog().Button("Remove for good").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "See how far it is" }).ClickAsync();
        await Expect(page.RowWith("purge")).ToContainTextAsync("succeeded");
    }

    [Fact]
    public async Task A_member_is_put_out_and_the_channel_closed()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        await using var person = await server.OpenConsoleAsync(browser, "/admin/channels/@room");
        var page = person.Page;
        await page.Button("Put out: anna").ClickAsync();
        await page.OpenDialog().GetByLabel("Reason").FillAsync("off topic");
        await page.OpenDialog().Button("Put out").ClickAsync();
        await Expect(page.Toast("anna was put out of @room")).ToBeVisibleAsync();
        await Expect(page.Button("Put out: anna")).ToHaveCountAsync(0);

        await page.Button("Close channel").ClickAsync();
        await Expect(page.OpenDialog()).ToContainTextAsync("1 member is put out");
        await page.OpenDialog().Button("Close channel").ClickAsync();
        await Expect(page.GetByText("No channel is open.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_channel_that_closes_while_it_is_shown_is_said_to_have()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        await using var person = await server.OpenConsoleAsync(browser, "/admin/channels/@room");
        var page = person.Page;
        await Expect(page.Button("Put out: anna")).ToBeVisibleAsync();
        await anna.LeaveAsync("@room");
        // The browser calls it an error of the page when it asks for what is not there.
        await Expect(page.GetByText("@room has been closed")).ToBeVisibleAsync();
        await Expect(page.Button("Close channel")).ToHaveCountAsync(0);

        await anna.JoinAsync("@room");
        await Expect(page.Button("Put out: anna")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_is_settled_for_a_closed_channel_is_found_changed_and_forgotten()
    {
        await using var server = await ChatServer.StartAsync();
        foreach (var name in (string[])["@old", "@older"])
        {
            await server.AskAsync(HttpMethod.Post, "/api/v1/channels", new { name, topic = "Long ago", retentionDays = 7 });
            await server.AskAsync(HttpMethod.Patch, "/api/v1/channels/" + name, new { kept = false });
        }
        await using var person = await server.OpenConsoleAsync(browser, "/admin/channels");
        var page = person.Page;
        await Expect(page.GetByText("No channel is open.")).ToBeVisibleAsync();
        await page.GetByLabel("Which").SelectOptionAsync("closed");
        await Expect(page.RowWith("@older")).ToContainTextAsync("Long ago");
        await page.GetByRole(AriaRole.Link, new() { Name = "@old", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Closed: what is settled holds again")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Export" })).ToHaveCountAsync(0);

        await page.GetByLabel("Topic").FillAsync("");
        await page.Button("Save").ClickAsync();
        await Expect(page.Toast("@old was changed").Button("Undo")).ToBeVisibleAsync();
        await page.GetByLabel("Keep messages for days").FillAsync("");
        await page.Button("Save").ClickAsync();
        await Expect(page.GetByText("@old has been closed, and nothing is settled for it any more.")).ToBeVisibleAsync();

        await page.GotoAsync(new Uri(server.Web, "/admin/channels/@older").ToString());
        await page.Button("Forget settings").ClickAsync();
        await Expect(page.OpenDialog()).ToContainTextAsync("Whoever opens @older again begins without them.");
        await page.OpenDialog().Button("Forget settings").ClickAsync();
        await Expect(page.Toast("Nothing is settled for @older any more.")).ToBeVisibleAsync();
        await page.GetByLabel("Which").SelectOptionAsync("closed");
        await Expect(page.GetByText("Nothing is settled for any closed channel.")).ToBeVisibleAsync();
    }
}
