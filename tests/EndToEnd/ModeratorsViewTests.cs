using System.Net.Http.Json;
using System.Text.RegularExpressions;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KaiChat.EndToEnd;

/// <summary>What a moderator's page shows of messages beyond what everybody sees.</summary>
public sealed partial class ModeratorsViewTests(Browser browser)
{
    [Fact]
    public async Task A_moderator_reads_former_texts_and_reasons_by_keyboard_and_no_longer_than_the_key_is_good()
    {
        await using var server = await ChatServer.StartAsync();
        using var made = await server.AskAsync(HttpMethod.Post, "/api/v1/keys", new { name = "mods", scopes = (string[])["moderation:write"] });
        var key = (await made.Content.ReadFromJsonAsync<ApiKey>())!;
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        await HoldAsync(server, ben);
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await Expect(RowOf(anna, 2)).ToContainTextAsync("Removed by a moderator");
        await Expect(RowOf(anna, 1).Locator(".edited")).ToBeVisibleAsync();
        await Expect(RowOf(anna, 1).GetByRole(AriaRole.Button, new() { Name = "edited" })).ToHaveCountAsync(0);
        await Expect(anna.Log.GetByText("Reason")).ToHaveCountAsync(0);

        await ShowKeyAsync(anna, key.Secret!);

        // The row says it with its text, before its time.
        await Expect(RowOf(anna, 2)).ToHaveAccessibleNameAsync(NameOfRemoved());
        await Expect(RowOf(anna, 3)).ToContainTextAsync("Removed by a moderator");
        await Expect(RowOf(anna, 3)).ToContainTextAsync("No reason was given.");
        await Expect(RowOf(anna, 4).Locator(".message-stub")).ToHaveTextAsync("Deleted by its author");
        // Once removed under the reader's eyes, too.
        await server.AskAsync(HttpMethod.Delete, "/api/v1/channels/room/messages/5", new { reason = "\u05e1\u05d9\u05d1\u05d4" });
        await Expect(RowOf(anna, 5)).ToContainTextAsync("Reason: \u05e1\u05d9\u05d1\u05d4");

        await RowOf(anna, 1).FocusAsync();
        var edited = RowOf(anna, 1).GetByRole(AriaRole.Button, new() { Name = "edited" });
        await Expect(edited).ToHaveAttributeAsync("tabindex", "0");
        await Expect(edited).ToHaveAttributeAsync("aria-expanded", "false");
        await edited.FocusAsync();
        await anna.Page.Keyboard.PressAsync("Enter");
        var texts = RowOf(anna, 1).GetByRole(AriaRole.List, new() { Name = "Former texts" }).GetByRole(AriaRole.Listitem);
        await Expect(texts).ToHaveCountAsync(2);
        await Expect(texts.First).ToContainTextAsync("frist");
        // To look is all.
        await Expect(RowOf(anna, 1).GetByRole(AriaRole.Button, new() { Name = "Reply" })).ToBeVisibleAsync();
        await Expect(RowOf(anna, 1).GetByRole(AriaRole.Button, new() { Name = "Delete" })).ToHaveCountAsync(0);

        await ReloadTests.ExpectKeptAsync(anna.Page, "@room 1,2,3,4,5");
        var stored = await StoredAsync(anna);
        Assert.Contains("\"deletedBy\":\"moderator\"", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("advertising", stored, StringComparison.Ordinal);
        await anna.Page.ReloadAsync();
        await Expect(RowOf(anna, 2)).ToContainTextAsync("Reason: advertising");
        await server.AskAsync(HttpMethod.Delete, $"/api/v1/keys/{key.Id}");
        await Expect(anna.Page.GetByText("You are not an operator any more")).ToBeVisibleAsync();
        await Expect(anna.Log.GetByText("Reason")).ToHaveCountAsync(0);
        await Expect(RowOf(anna, 1).GetByRole(AriaRole.Button, new() { Name = "edited" })).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 320)]
    [InlineData(ColorScheme.Dark, 320)]
    public async Task Axe_finds_nothing_in_a_moderators_view(ColorScheme theme, int width)
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        await HoldAsync(server, ben);
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room", new() { ColorScheme = theme, ViewportSize = new() { Width = width, Height = 800 } });
        await ShowKeyAsync(anna, await server.FirstKeyAsync());
        await Expect(RowOf(anna, 2)).ToContainTextAsync("Reason: advertising");
        await RowOf(anna, 1).GetByRole(AriaRole.Button, new() { Name = "edited" }).ClickAsync();
        await Expect(anna.Page.GetByRole(AriaRole.List, new() { Name = "Former texts" })).ToBeVisibleAsync();
        Assert.True(await anna.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        await AccessibilityTests.ExpectNothingAsync(anna.Page);
    }

    /// <summary>An edited message, one removed with a reason, one without, one deleted by its author, and one that stays.</summary>
    private static async Task HoldAsync(ChatServer server, WebUser ben)
    {
        foreach (var text in (string[])["frist", "buy this", "and that", "a slip", "last"]) await ben.SendAsync("@room", text);
        await ben.EditAsync("@room", 1, "first");
        await server.AskAsync(HttpMethod.Delete, "/api/v1/channels/room/messages/2", new { reason = "advertising" });
        await server.AskAsync(HttpMethod.Delete, "/api/v1/channels/room/messages/3");
        await ben.DeleteAsync("@room", 4);
    }

    private static async Task ShowKeyAsync(Person person, string key)
    {
        await person.Message.FillAsync("/operator");
        await person.Message.PressAsync("Escape");
        await person.Message.PressAsync("Enter");
        await person.Page.GetByLabel("Admin key").FillAsync(key);
        await person.Page.GetByLabel("Admin key").PressAsync("Enter");
        await Expect(person.Page.GetByText("You are an operator now.")).ToBeVisibleAsync();
    }

    /// <summary>All that the page keeps in the browser, but for keys and blobs that are no text.</summary>
    private static Task<string> StoredAsync(Person person) => person.Page.EvaluateAsync<string>(
        """
        async () => {
          const all = [JSON.stringify(localStorage)];
          for (const { name } of await indexedDB.databases()) {
            const database = await new Promise((done) => { const open = indexedDB.open(name); open.onsuccess = () => done(open.result); });
            for (const store of database.objectStoreNames) {
              const rows = await new Promise((done) => { const asked = database.transaction(store).objectStore(store).getAll(); asked.onsuccess = () => done(asked.result); });
              all.push(JSON.stringify(rows));
            }
            database.close();
          }
          return all.join('\n');
        }
        """);

    [GeneratedRegex("^ben Removed by a moderator Reason: advertising \\S*\\d", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NameOfRemoved();

    private static ILocator RowOf(Person person, int seq) => person.Page.Locator($"[data-seq='{seq}']");
}
