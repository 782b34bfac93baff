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
        await Expect(ben.Page.GetByText("anna muted you until")).ToContainTextAsync("too loud");
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

    private static async Task CommandAsync(Person person, string text)
    {
        await person.Message.FillAsync(text);
        await person.Message.PressAsync("Escape");
        await person.Message.PressAsync("Enter");
    }
}
