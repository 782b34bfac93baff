using KaiChat.Shared.KaiChat;
using KaiChat.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KaiChat.EndToEnd;

/// <summary>The console's connections and its wire inspector.</summary>
public sealed class ConsoleConnectionsTests(Browser browser)
{
    [Fact]
    public async Task The_table_is_sorted_searched_and_walked_by_keys()
    {
        await using var server = await ChatServer.StartAsync();
        await using var natalie = await RawKaiClient.SignInAsync(server.Native, "natalie", "@room");
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        await using var person = await server.OpenConsoleAsync(browser, "/admin/connections");
        var page = person.Page;
        var users = page.Locator("tbody tr td:first-child");
        await Expect(users).ToHaveCountAsync(2);
        await page.Button("User").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "User" })).ToHaveAttributeAsync("aria-sort", "ascending");
        await Expect(users).ToHaveTextAsync(["ben", "natalie"]);
        await page.Button("User").ClickAsync();
        await Expect(users).ToHaveTextAsync(["natalie", "ben"]);

        await page.Locator("tbody tr").First.FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.Locator("tbody tr").Nth(1)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Connection of ben" })).ToBeVisibleAsync();
        await page.GoBackAsync();

        await page.GetByLabel("Find").FillAsync("NATIVE room");
        await Expect(users).ToHaveTextAsync(["natalie"]);
        await page.GetByLabel("Find").FillAsync("");
        await page.GetByLabel("Kind").SelectOptionAsync("web");
        await Expect(users).ToHaveTextAsync(["ben"]);
        await Expect(page).ToHaveURLAsync(new Uri(server.Web, "/admin/connections?kind=web").ToString());
    }

    [Fact]
    public async Task Disconnecting_says_what_it_does_and_does_it()
    {
        await using var server = await ChatServer.StartAsync();
        await using var natalie = await RawKaiClient.SignInAsync(server.Native, "natalie", "@room");
        await using var person = await server.OpenConsoleAsync(browser, "/admin/connections");
        // The event that it is closed may have its screen ask once more for it, before the answer leads away from there.
        person.Expected = line => line.Contains("401 (Unauthorized)", StringComparison.Ordinal) || line.Contains("404 (Not Found)", StringComparison.Ordinal);
        var page = person.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "natalie" }).ClickAsync();
        await page.Button("Disconnect").ClickAsync();
        await Expect(page.OpenDialog()).ToContainTextAsync("leaves 1 channel");
        await page.OpenDialog().Button("Disconnect").ClickAsync();
        await Expect(page.Toast("natalie was disconnected")).ToBeVisibleAsync();
        await Expect(page.GetByText("Nobody is connected")).ToBeVisibleAsync();
        await page.Button("Recent notices").ClickAsync();
        await Expect(page.OpenDialog()).ToContainTextAsync("natalie was disconnected");
    }

    [Fact]
    public async Task The_inspector_shows_fields_and_hides_texts_unless_somebody_says_why()
    {
        await using var server = await ChatServer.StartAsync();
        await using var natalie = await RawKaiClient.SignInAsync(server.Native, "natalie", "@room");
        await using var person = await server.OpenConsoleAsync(browser, "/admin/connections");
        var page = person.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "natalie" }).ClickAsync();
        await page.Button("Inspect").ClickAsync();
        await Expect(page.GetByText("Inspecting; texts are hidden.")).ToBeVisibleAsync();
        await natalie.SendAsync(KaiPdu.Send("for nobody else"));
        var first = page.GetByRole(AriaRole.Article, new() { Name = "#1 from the client" });
        await Expect(first).ToContainTextAsync("SEND");
        await Expect(first.GetByRole(AriaRole.Rowheader).First).ToBeVisibleAsync();
        await Expect(page.GetByText("for nobody else")).ToHaveCountAsync(0);
        // The same inspection again.
        await page.ReloadAsync();
        await Expect(first).ToContainTextAsync("SEND");
        await page.Button("Stop").ClickAsync();
        await Expect(page.GetByText("An operator has ended the inspection.")).ToBeVisibleAsync();
        await page.Button("Inspect again").ClickAsync();

        await page.GetByLabel("Show the texts of messages").CheckAsync();
        await page.GetByLabel("Why").FillAsync("she asked me to");
        await page.Button("Inspect").ClickAsync();
        await Expect(page.GetByText("Inspecting; texts are shown.")).ToBeVisibleAsync();
        await natalie.SendAsync(KaiPdu.Send("for nobody else"));
        await Expect(page.GetByText("for nobody else").First).ToBeVisibleAsync();
        await page.GoToAsync("Audit log");
        await Expect(page.RowWith("she asked me to")).ToContainTextAsync("inspection.create");
    }
}
