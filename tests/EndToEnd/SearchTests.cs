using KaiChat.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KaiChat.EndToEnd;

/// <summary>The search, from the key that opens it to the hit in its conversation.</summary>
public sealed class SearchTests(Browser browser)
{
    [Fact]
    public async Task A_hit_is_found_by_keyboard_and_shown_in_its_conversation()
    {
        await using var server = await ChatServer.StartAsync("Limits:MessageBurst=10000", "Limits:MessagesPerSecond=10000");
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        for (var i = 1; i <= 300; i++) await ben.SendAsync("@room", i == 40 ? "the <b>green</b> tea is ready" : $"message {i}");
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await anna.ExpectMessageAsync("message 300");

        await anna.Message.FillAsync("either/or");
        await anna.Message.PressAsync("/");
        await Expect(Field(anna)).ToHaveCountAsync(0);
        await anna.Log.FocusAsync();
        await anna.Page.Keyboard.PressAsync("/");
        await Expect(Field(anna)).ToBeFocusedAsync();
        await Expect(Field(anna)).ToHaveValueAsync("in:@room ");
        await anna.Page.Keyboard.TypeAsync("tea");
        await anna.Page.Keyboard.PressAsync("Enter");
        await Expect(Panel(anna).GetByText("1 message found")).ToBeVisibleAsync();
        var hit = Panel(anna).GetByRole(AriaRole.List, new() { Name = "Found in @room" }).GetByRole(AriaRole.Link);
        await Expect(hit).ToHaveCountAsync(1);
        await Expect(hit.Locator("mark")).ToHaveTextAsync("tea");
        await Expect(hit).ToContainTextAsync("the <b>green</b> tea is ready");
        await Expect(hit).ToContainTextAsync("message 39");
        await Expect(hit).ToContainTextAsync("message 41");

        await anna.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(hit).ToBeFocusedAsync();
        await anna.Page.Keyboard.PressAsync("Enter");
        await Expect(anna.Page.Locator("[data-seq='40']")).ToBeFocusedAsync();
        await Expect(anna.Page).ToHaveURLAsync(new Uri(server.Web, "/c/@room/m/40").ToString());
        await Expect(Field(anna)).ToBeVisibleAsync();

        await anna.Page.Keyboard.PressAsync("Control+Shift+F");
        await Expect(Field(anna)).ToBeFocusedAsync();
        await anna.Page.Keyboard.PressAsync("Escape");
        await Expect(Field(anna)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Hits_that_are_deleted_or_removed_leave_the_open_search()
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        for (var i = 1; i <= 4; i++) await ben.SendAsync("@room", $"tea {i}");
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await OpenAsync(anna, "in:@room tea");
        await Expect(Panel(anna).GetByText("4 messages found")).ToBeVisibleAsync();
        var hits = Panel(anna).GetByRole(AriaRole.Link);
        await hits.Filter(new() { HasText = "tea 3" }).First.FocusAsync();

        await ben.DeleteAsync("@room", 3);
        await Expect(Panel(anna).GetByText("3 messages found")).ToBeVisibleAsync();
        await Expect(Panel(anna).GetByText("tea 3")).ToHaveCountAsync(0);

        await server.AskAsync(HttpMethod.Post, "/api/v1/channels/room/purge", new { throughSeq = 2 });
        await Expect(Panel(anna).GetByText("1 message found")).ToBeVisibleAsync();
        await Expect(hits).ToHaveCountAsync(1);
        await Expect(hits).ToContainTextAsync("tea 4");
        await Expect(Panel(anna).GetByText("tea 2")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Nothing_found_says_what_was_searched_where_and_offers_a_wider_search()
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@tea");
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@tea");
        await ben.SendAsync("@tea", "sencha");
        await anna.EnterAsync("room");
        await OpenAsync(anna, "in:@room sencha");
        await Expect(Panel(anna).GetByText("Nothing found for \u201csencha\u201d in @room.")).ToBeVisibleAsync();
        await Panel(anna).GetByRole(AriaRole.Button, new() { Name = "Search all your channels" }).ClickAsync();
        await Expect(Panel(anna).GetByText("1 message found")).ToBeVisibleAsync();
        await Expect(Field(anna)).ToHaveValueAsync("sencha");
        await Panel(anna).GetByRole(AriaRole.Link).Filter(new() { HasText = "sencha" }).ClickAsync();
        await Expect(anna.Page.GetByRole(AriaRole.Heading, new() { Name = "@tea", Level = 1 })).ToBeVisibleAsync();
        await Expect(anna.Page.Locator("[data-seq='1']")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task What_cannot_be_searched_is_said_at_the_field()
    {
        await using var server = await ChatServer.StartAsync("Limits:SearchBurst=3", "Limits:SearchesPerMinute=1");
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await OpenAsync(anna, "before:yesterday");
        await Expect(Field(anna)).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(Panel(anna).GetByRole(AriaRole.Alert)).Not.ToBeEmptyAsync();
        foreach (var query in (string[])["one", "two", "three", "four"])
        {
            await Field(anna).FillAsync(query);
            await Field(anna).PressAsync("Enter");
            await Expect(Panel(anna).GetByText("Searching\u2026", new() { Exact = true })).ToHaveCountAsync(0);
        }
        await Expect(Panel(anna).GetByText("Wait ")).ToContainTextAsync("second");
    }

    [Fact]
    public async Task On_a_phone_the_search_takes_the_whole_view_and_gives_it_back_with_the_hit()
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        await ben.SendAsync("@room", "sencha");
        await using var anna = await Person.JoinAsync(
            browser, server.Web, "anna", "@room", new() { ViewportSize = new() { Width = 360, Height = 700 } });
        await OpenAsync(anna, "sencha");
        var box = (await Panel(anna).BoundingBoxAsync())!;
        Assert.Equal((0, 0, 360, 700), ((int)box.X, (int)box.Y, (int)box.Width, (int)box.Height));
        await Panel(anna).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(Field(anna)).ToHaveCountAsync(0);
        await Expect(anna.Page.Locator("[data-seq='1']")).ToBeFocusedAsync();
    }

    private static ILocator Panel(Person person) => person.Page.GetByRole(AriaRole.Region, new() { Name = "Search" });

    private static ILocator Field(Person person) => person.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Search for" });

    private static async Task OpenAsync(Person person, string query)
    {
        await person.Page.GetByRole(AriaRole.Button, new() { Name = "Search messages" }).ClickAsync();
        await Field(person).FillAsync(query);
        await Field(person).PressAsync("Enter");
    }
}
