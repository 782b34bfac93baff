using System.Text.Json;
using KaiChat.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KaiChat.EndToEnd;

/// <summary>The page of an operator, whose calls the test answers in the server's place: what it asks, shows before it acts, and takes back.</summary>
public sealed class OperatorTests(Browser browser)
{
    [Fact]
    public async Task An_operator_bans_with_a_reason_after_seeing_whom_it_meets_and_takes_it_back()
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        await using var anna = await Person.OpenAsync(browser, server.Web);
        var said = await SaidToThePage.InterceptAsync(anna.Page);
        said.Answer("Operate", _ => new[] { "moderation:write", "channels:write" });
        said.Answer("PreviewSanction", arguments => arguments[0].GetProperty("byAddress").GetBoolean() ? new[] { "ben", "berta" } : new[] { "ben" });
        said.Answer("Impose", _ => new { id = "1" });
        said.Answer("Kick", _ => null);
        said.Answer("Lift", _ => 1);
        await anna.SignInAsync("anna", "@room");
        await BecomeOperatorAsync(anna);

        await SayAsync(anna, "/ban ben 1d --address spam");
        var dialog = anna.Page.GetByRole(AriaRole.Dialog, new() { Name = "Ban ben" });
        await Expect(dialog).ToContainTextAsync("It meets 2 users who are here now: ben, berta");
        await Expect(dialog.GetByLabel("How long")).ToHaveValueAsync("1440");
        await Expect(dialog.GetByLabel("Reason")).ToHaveValueAsync("spam");
        await dialog.GetByLabel("By network address as well").UncheckAsync();
        await Expect(dialog).ToContainTextAsync("It meets 1 user who is here now: ben");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Ban" }).ClickAsync();
        await Expect(anna.Page.GetByText("ben is banned.")).ToBeVisibleAsync();
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Take it back" }).ClickAsync();
        await Expect(anna.Page.GetByText("ben is banned.")).ToHaveCountAsync(0);
        Assert.Contains("Lift[\"ban\",\"ben\",\"@room\"]", said.Calls);
        using (var imposed = JsonDocument.Parse(Assert.Single(said.Calls, call => call.StartsWith("Impose", StringComparison.Ordinal))["Impose".Length..]))
        {
            Assert.Equal(1440, imposed.RootElement[0].GetProperty("minutes").GetInt32());
            Assert.False(imposed.RootElement[0].GetProperty("byAddress").GetBoolean());
        }

        // With a reason nothing more is asked; without one the dialog asks.
        await SayAsync(anna, "/mute ben 10m too loud");
        await Expect(anna.Page.GetByText("ben is muted.")).ToBeVisibleAsync();
        await SayAsync(anna, "/kick ben");
        var kick = anna.Page.GetByRole(AriaRole.Dialog, new() { Name = "Kick ben out of @room" });
        await kick.GetByLabel("Reason").FillAsync("enough");
        await kick.GetByLabel("Reason").PressAsync("Enter");
        await Expect(anna.Page.GetByText("ben was kicked out of @room.")).ToBeVisibleAsync();
        Assert.Contains("Kick[\"@room\",\"ben\",\"enough\"]", said.Calls);
    }

    private static async Task BecomeOperatorAsync(Person person)
    {
        await SayAsync(person, "/operator");
        await person.Page.GetByLabel("Admin key").FillAsync("secret");
        await person.Page.GetByLabel("Admin key").PressAsync("Enter");
        await Expect(person.Page.GetByText("You are an operator now.")).ToBeVisibleAsync();
    }

    private static async Task SayAsync(Person person, string text)
    {
        await person.Message.FillAsync(text);
        await person.Message.PressAsync("Escape");
        await person.Message.PressAsync("Enter");
    }
}
