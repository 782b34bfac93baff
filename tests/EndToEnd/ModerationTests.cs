using System.Net.Http.Json;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KaiChat.EndToEnd;

/// <summary>Moderation between two browsers and the server that does it.</summary>
public sealed class ModerationTests(Browser browser)
{
    [Fact]
    public async Task An_operator_mutes_kicks_and_bans_and_the_one_it_meets_is_told()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await using var ben = await Person.JoinAsync(browser, server.Web, "ben", "@room");
        await CommandAsync(anna, "/operator");
        await anna.Page.GetByLabel("Admin key").FillAsync("wrong");
        await anna.Page.GetByLabel("Admin key").PressAsync("Enter");
        await Expect(anna.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Alert)).Not.ToBeEmptyAsync();
        await anna.Page.GetByLabel("Admin key").FillAsync(File.ReadAllText(Path.Combine(server.Directory, "admin.key")).Trim());
        await anna.Page.GetByLabel("Admin key").PressAsync("Enter");
        await Expect(anna.Page.GetByText("You are an operator now.")).ToBeVisibleAsync();

        await CommandAsync(anna, "/mute ben 10m too loud");
        // By her name alone: which key she has shown is nobody's affair.
        await Expect(ben.Page.GetByText("anna muted you until")).ToContainTextAsync("too loud");
        await Expect(ben.Page.GetByText("admin as")).ToHaveCountAsync(0);
        await Expect(ben.Message).ToBeDisabledAsync();
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Take it back" }).ClickAsync();
        await Expect(ben.Message).ToBeEnabledAsync();

        await CommandAsync(anna, "/kick ben enough");
        var kicked = ben.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "anna put you out of @room: \u201cenough\u201d." });
        await Expect(kicked).ToContainTextAsync("You may come back.");
        await kicked.GetByRole(AriaRole.Button, new() { Name = "Enter again" }).ClickAsync();
        await Expect(anna.Members).ToContainTextAsync("ben");

        await CommandAsync(anna, "/ban ben");
        var dialog = anna.Page.GetByRole(AriaRole.Dialog, new() { Name = "Ban ben" });
        await Expect(dialog).ToContainTextAsync("It meets 1 user who is here now: ben");
        await dialog.GetByLabel("Reason").FillAsync("spam");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Ban" }).ClickAsync();
        await Expect(anna.Page.GetByRole(AriaRole.Complementary).GetByText("ben", new() { Exact = true })).ToHaveCountAsync(0);
        await Expect(ben.Channels.GetByText("@room")).ToHaveCountAsync(0);
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Take it back" }).ClickAsync();
        await Expect(anna.Page.GetByText("ben is banned.")).ToHaveCountAsync(0);

        await CommandAsync(anna, "/topic All about tea");
        await Expect(anna.Page.GetByText("The topic is set.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_message_removed_by_a_moderator_says_so_and_what_is_purged_goes_from_open_pages()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        foreach (var text in (string[])["first", "a telephone number", "a slip", "last"]) await ben.SendAsync("@room", text);
        await ben.SendReplyAsync("@room", "an answer", 2);
        await ben.DeleteAsync("@room", 3);
        await Expect(anna.Log.GetByText("Deleted by its author")).ToHaveCountAsync(1);

        await server.AskAsync(HttpMethod.Delete, "/api/v1/channels/room/messages/2");

        // In its place, and in the line above what answers it.
        await Expect(anna.Log.GetByText("Removed by a moderator")).ToHaveCountAsync(2);
        await Expect(anna.Log.GetByText("a telephone number")).ToHaveCountAsync(0);
        await anna.Page.ReloadAsync();
        await Expect(anna.Log.GetByText("Removed by a moderator")).ToHaveCountAsync(2);
        await server.AskAsync(HttpMethod.Post, "/api/v1/channels/room/purge", new { throughSeq = 3 });
        await Expect(anna.Log.GetByText("first")).ToHaveCountAsync(0);
        await Expect(anna.Log.GetByText("Removed by a moderator")).ToHaveCountAsync(0);
        await anna.ExpectMessageAsync("last");
        await Expect(anna.Log.GetByText("The beginning of @room")).ToBeVisibleAsync();
        await Expect(anna.Log.Locator(".row-gap")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_reload_shows_the_commands_that_the_key_allows_and_no_others()
    {
        await using var server = await ChatServer.StartAsync();
        using var made = await server.AskAsync(HttpMethod.Post, "/api/v1/keys", new { name = "topics", scopes = (string[])["channels:write"] });
        var key = (await made.Content.ReadFromJsonAsync<ApiKey>())!;
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await CommandAsync(anna, "/operator");
        await anna.Page.GetByLabel("Admin key").FillAsync(key.Secret!);
        await anna.Page.GetByLabel("Admin key").PressAsync("Enter");
        await Expect(anna.Page.GetByText("You are an operator now.")).ToBeVisibleAsync();

        await anna.Page.ReloadAsync();
        await anna.Message.FillAsync("/t");
        await Expect(anna.Page.GetByRole(AriaRole.Option).Filter(new() { HasText = "/topic" })).ToBeVisibleAsync();
        await anna.Message.FillAsync("/b");
        await Expect(anna.Page.GetByRole(AriaRole.Option).Filter(new() { HasText = "/ban" })).ToHaveCountAsync(0);

        await server.AskAsync(HttpMethod.Delete, $"/api/v1/keys/{key.Id}");
        await Expect(anna.Page.GetByText("You are not an operator any more")).ToBeVisibleAsync();
        await anna.Message.FillAsync("/to");
        await Expect(anna.Page.GetByRole(AriaRole.Option).Filter(new() { HasText = "/topic" })).ToHaveCountAsync(0);
    }

    private static async Task CommandAsync(Person person, string text)
    {
        await person.Message.FillAsync(text);
        await person.Message.PressAsync("Escape");
        await person.Message.PressAsync("Enter");
    }
}
