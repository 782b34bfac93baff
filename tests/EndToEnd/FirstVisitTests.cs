using KaiChat.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KaiChat.EndToEnd;

/// <summary>The way in: what the place is, what is going on there, and whether a name can be had.</summary>
public sealed class FirstVisitTests(Browser browser)
{
    private const string Lobby =
        """
        { "title": "KaiChat", "description": "A place for gardeners.", "usernameRules": [], "channels": [
          { "name": "@roses", "topic": "pruning in March", "counts": { "total": 6, "web": 4, "native": 2 } },
          { "name": "@soil", "topic": "", "counts": { "total": 1, "web": 0, "native": 1 } } ] }
        """;

    [Fact]
    public async Task Open_channels_are_listed_with_who_is_there_and_a_press_chooses_one()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await Person.OpenAsync(browser, server.Web);
        await anna.Page.RouteAsync("**/api/v1/lobby", route => route.FulfillAsync(new() { ContentType = "application/json", Body = Lobby }));
        await anna.Page.ReloadAsync();
        await Expect(anna.Page.GetByText("A place for gardeners.")).ToBeVisibleAsync();
        var roses = anna.Page.GetByRole(AriaRole.List, new() { Name = "Open now" }).GetByRole(AriaRole.Button, new() { Name = "@roses" });
        await Expect(roses).ToContainTextAsync("6 here: 4 web, 2 native");
        await Expect(roses).ToContainTextAsync("pruning in March");
        await roses.ClickAsync();
        await Expect(anna.Page.GetByRole(AriaRole.Textbox, new() { Name = "Channel" })).ToHaveValueAsync("@roses");
        await Expect(anna.Page.GetByRole(AriaRole.Textbox, new() { Name = "Username" })).ToBeFocusedAsync();
        await anna.Page.Keyboard.TypeAsync("anna");
        await anna.Page.Keyboard.PressAsync("Enter");
        await Expect(anna.Page.GetByRole(AriaRole.Heading, new() { Name = "@roses" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_name_is_checked_while_it_is_typed()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await Person.OpenAsync(browser, server.Web);
        await anna.Page.RouteAsync("**/api/v1/usernames/*", route =>
        {
            var name = new Uri(route.Request.Url).Segments[^1];
            var body = name == "anna" ? """{"username":"anna","free":false,"code":"username-taken","sentence":"Taken."}""" : $$"""{"username":"{{name}}","free":true}""";
            return route.FulfillAsync(new() { ContentType = "application/json", Body = body });
        });
        var field = anna.Page.GetByRole(AriaRole.Textbox, new() { Name = "Username" });
        await field.FillAsync("anna");
        await Expect(anna.Page.GetByText("Somebody is here under that name")).ToBeVisibleAsync();
        await field.FillAsync("annabel");
        await Expect(anna.Page.GetByText("This name is free")).ToBeVisibleAsync();
        await Expect(field).ToHaveAttributeAsync("aria-invalid", "false");
        await field.FillAsync("a name that is too long");
        await Expect(anna.Page.GetByText("At most 10 characters.")).ToBeVisibleAsync();
        await Expect(field).ToHaveAttributeAsync("autocomplete", "username");
    }

    [Fact]
    public async Task A_server_that_tells_nothing_beforehand_can_be_entered_as_well()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await Person.OpenAsync(browser, server.Web);
        await anna.Page.RouteAsync("**/api/v1/lobby", route => route.FulfillAsync(new() { Status = 404 }));
        await anna.Page.RouteAsync("**/api/v1/usernames/*", route => route.FulfillAsync(new() { Status = 404 }));
        await anna.Page.ReloadAsync();
        await anna.SignInAsync("anna", "@room");
    }
}
