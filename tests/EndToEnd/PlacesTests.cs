using KaiChat.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KaiChat.EndToEnd;

/// <summary>Places in a long conversation: links to messages, paging both ways, the ways to the end.</summary>
public sealed class PlacesTests(Browser browser)
{
    private const string InTheMiddle =
        "row => { const log = row.closest('[role=log]').getBoundingClientRect(), at = row.getBoundingClientRect(); return Math.abs((at.top + at.bottom) / 2 - (log.top + log.bottom) / 2) < log.height / 4; }";

    private const string TopInLog = "row => row.getBoundingClientRect().top - row.closest('[role=log]').getBoundingClientRect().top";

    [Fact]
    public async Task An_address_names_a_message_and_leads_back_to_it()
    {
        await using var server = await StartAsync();
        await using var ben = await WriteAsync(server, 600);
        await using var anna = await Person.OpenAsync(browser, server.Web, "/c/@room/m/120");
        await anna.SignInAsync("anna", "@room");
        await ExpectInTheMiddleAsync(anna, 120);
        await Expect(anna.Page).ToHaveURLAsync(new Uri(server.Web, "/c/@room/m/120").ToString());

        await anna.Page.ReloadAsync();
        await ExpectInTheMiddleAsync(anna, 120);

        // The time of a message is its link.
        await anna.Row("message 125").HoverAsync();
        await anna.Row("message 125").GetByRole(AriaRole.Link).ClickAsync();
        await ExpectInTheMiddleAsync(anna, 125);
        await Expect(anna.Page).ToHaveURLAsync(new Uri(server.Web, "/c/@room/m/125").ToString());
        await anna.Page.GoBackAsync();
        await ExpectInTheMiddleAsync(anna, 120);
        await anna.Page.GoForwardAsync();
        await ExpectInTheMiddleAsync(anna, 125);

        await anna.Page.Keyboard.PressAsync("End");
        await Expect(anna.Row("message 600")).ToBeInViewportAsync();
        await Expect(anna.Page).ToHaveURLAsync(new Uri(server.Web, "/c/@room").ToString());
    }

    [Fact]
    public async Task Back_leads_from_a_message_to_where_the_reader_was()
    {
        await using var server = await StartAsync();
        await using var ben = await WriteAsync(server, 80);
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await Expect(anna.Row("message 80")).ToBeInViewportAsync();
        var row = anna.Page.Locator("[data-seq='45']");
        await row.EvaluateAsync("row => row.scrollIntoView()");
        await Expect(anna.Page.GetByRole(AriaRole.Button, new() { Name = "To the newest" })).ToBeVisibleAsync();
        await anna.Page.EvaluateAsync("() => [...document.querySelectorAll('[data-seq=\"78\"] a')].at(-1).click()");
        await Expect(anna.Row("message 78")).ToBeFocusedAsync();
        await anna.Page.GoBackAsync();
        await Expect(row).ToBeInViewportAsync();
        await Expect(anna.Page).ToHaveURLAsync(new Uri(server.Web, "/c/@room").ToString());
        await Expect(anna.Row("message 78")).Not.ToBeInViewportAsync();
    }

    [Fact]
    public async Task A_linked_message_is_shown_without_the_end_before_it()
    {
        await using var server = await StartAsync();
        await using var ben = await WriteAsync(server, 300);
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await anna.ExpectMessageAsync("message 300");
        var tab = await anna.NewTabAsync("about:blank");
        await tab.AddInitScriptAsync(
            "new MutationObserver(() => { if (document.querySelector('[data-seq=\"300\"]')) window.sawTheEnd = true; }).observe(document, { childList: true, subtree: true });");
        await tab.GotoAsync(new Uri(server.Web, "/c/@room/m/40").ToString());
        await Expect(tab.Locator("[data-seq='40']")).ToBeFocusedAsync();
        Assert.False(await tab.EvaluateAsync<bool>("() => window.sawTheEnd === true"));
    }

    [Fact]
    public async Task A_link_to_what_is_not_there_leads_to_the_nearest_place_and_says_so()
    {
        await using var server = await StartAsync();
        await using var ben = await WriteAsync(server, 30);
        await using var anna = await Person.OpenAsync(browser, server.Web, "/c/@room/m/999");
        await anna.SignInAsync("anna", "@room");
        await Expect(anna.Page.GetByText("Message 999 has not been written yet")).ToBeVisibleAsync();
        await Expect(anna.Row("message 30")).ToBeInViewportAsync();
    }

    [Fact]
    public async Task History_is_paged_in_both_directions_while_the_reader_stays_in_place()
    {
        await using var server = await StartAsync();
        await using var ben = await WriteAsync(server, 600);
        await using var anna = await Person.OpenAsync(browser, server.Web, "/c/@room/m/300");
        await anna.SignInAsync("anna", "@room");
        await ExpectInTheMiddleAsync(anna, 300);

        for (var seq = 300; seq < 600; seq += 10) await StepToAsync(anna, seq + 10);
        await Expect(anna.Row("message 600")).ToBeVisibleAsync();
        Assert.InRange(await anna.Page.Locator("[data-seq]").CountAsync(), 300, 400);
        for (var seq = 600; seq > 10; seq -= 10) await StepToAsync(anna, seq - 10);
        await Expect(anna.Page.GetByText("The beginning of @room")).ToBeVisibleAsync();
        Assert.Equal(400, await anna.Page.Locator("[data-seq]").CountAsync());
        // The end is not held any more: the button leads there.
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "To the newest" }).ClickAsync();
        await Expect(anna.Row("message 600")).ToBeInViewportAsync();
    }

    [Fact]
    public async Task A_page_of_history_that_comes_in_many_parts_does_not_move_the_reader()
    {
        await using var server = await StartAsync();
        await using var ben = await WriteAsync(server, 300);
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await Expect(anna.Row("message 300")).ToBeInViewportAsync();
        var row = anna.Page.Locator("[data-seq='280']");
        // Rows are as high as they are, the view moves by whole pixels: what is lost with each part must not add up.
        await anna.Page.EvaluateAsync("() => { const [sheet] = document.styleSheets; sheet.insertRule('.message { padding-bottom: 2.3px; }', sheet.cssRules.length); }");
        var held = await anna.Page.Locator("[data-seq]").CountAsync();
        var before = await row.EvaluateAsync<double>(
            "row => { row.scrollIntoView({ block: 'center' }); row.closest('[role=log]').scrollTop -= 20; return row.getBoundingClientRect().top; }");
        await anna.Page.WaitForFunctionAsync("held => document.querySelectorAll('[data-seq]').length === held + 100", held);
        Assert.InRange(await row.EvaluateAsync<double>("row => row.getBoundingClientRect().top") - before, -1, 1);
    }

    [Fact]
    public async Task New_messages_do_not_move_a_reader_and_are_reached_in_two_steps()
    {
        await using var server = await StartAsync();
        await using var ben = await WriteAsync(server, 80);
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await Expect(anna.Row("message 80")).ToBeInViewportAsync();
        // In one step: keys and wheels scroll smoothly, and what moves by itself cannot be measured.
        var row = anna.Page.Locator("[data-seq='45']");
        await row.EvaluateAsync("row => row.scrollIntoView()");
        await Expect(anna.Page.GetByRole(AriaRole.Button, new() { Name = "To the newest" })).ToBeVisibleAsync();
        var before = await row.EvaluateAsync<double>(TopInLog);
        for (var i = 81; i <= 140; i++) await ben.SendAsync("@room", $"message {i}");
        var news = anna.Page.GetByRole(AriaRole.Button, new() { Name = "60 new messages" });
        await Expect(news).ToBeVisibleAsync();
        Assert.InRange(await row.EvaluateAsync<double>(TopInLog) - before, -1, 1);
        await news.ClickAsync();
        await Expect(anna.Row("message 81")).ToBeInViewportAsync();
        await Expect(anna.Row("message 140")).Not.ToBeInViewportAsync();
        await news.ClickAsync();
        await Expect(anna.Row("message 140")).ToBeInViewportAsync();
        await Expect(news).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_keyboard_goes_through_the_rows_and_back_to_the_composer()
    {
        using var clipboard = await browser.TakeClipboardAsync();
        await using var server = await StartAsync();
        await using var ben = await WriteAsync(server, 40);
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await Expect(anna.Row("message 40")).ToBeInViewportAsync();
        await anna.Log.FocusAsync();
        await anna.Page.Keyboard.PressAsync("ArrowUp");
        await Expect(anna.Row("message 40")).ToBeFocusedAsync();
        await anna.Page.Keyboard.PressAsync("k");
        await Expect(anna.Row("message 39")).ToBeFocusedAsync();
        await anna.Page.Keyboard.PressAsync("Tab");
        await Expect(anna.Row("message 39").GetByRole(AriaRole.Link)).ToBeFocusedAsync();
        await anna.Page.Keyboard.PressAsync("Tab");
        await Expect(anna.Row("message 39").GetByRole(AriaRole.Button, new() { Name = "React" })).ToBeFocusedAsync();
        await anna.Page.Keyboard.PressAsync("Tab");
        await anna.Page.Keyboard.PressAsync("Tab");
        await Expect(anna.Row("message 39").GetByRole(AriaRole.Button, new() { Name = "Copy link" })).ToBeFocusedAsync();
        await anna.Page.Keyboard.PressAsync("Enter");
        await Expect(anna.Page.GetByText("Link copied.")).ToBeVisibleAsync();
        await Expect(anna.Row("message 39").GetByRole(AriaRole.Button, new() { Name = "Copy link" })).ToBeFocusedAsync();
        await anna.Page.Keyboard.PressAsync("Home");
        await Expect(anna.Page.GetByText("The beginning of @room")).ToBeInViewportAsync();
        await anna.Page.Keyboard.PressAsync("Control+End");
        await Expect(anna.Row("message 40")).ToBeInViewportAsync();
        await anna.Page.Keyboard.PressAsync("Escape");
        await Expect(anna.Message).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_actions_of_a_row_at_the_edge_of_a_chunk_are_whole()
    {
        using var clipboard = await browser.TakeClipboardAsync();
        await using var server = await StartAsync();
        await using var ben = await WriteAsync(server, 120);
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await Expect(anna.Row("message 120")).ToBeInViewportAsync();
        // Every 16th message begins a chunk, and the actions stand out above their row.
        await Expect(anna.Log.Locator(".chunk > :first-child").Filter(new() { HasText = "message 112" })).ToHaveCountAsync(1);
        await anna.Row("message 112").HoverAsync();
        await anna.Row("message 112").GetByRole(AriaRole.Button, new() { Name = "Copy link" }).ClickAsync(new() { Position = new() { X = 8, Y = 3 } });
        await Expect(anna.Page.GetByText("Link copied.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Each_channel_keeps_the_readers_place_until_something_is_unread()
    {
        await using var server = await StartAsync();
        await using var ben = await WriteAsync(server, 40);
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await Expect(anna.Row("message 40")).ToBeInViewportAsync();
        await anna.Log.FocusAsync();
        await anna.Page.Keyboard.PressAsync("Home");
        await Expect(anna.Page.GetByText("The beginning of @room")).ToBeInViewportAsync();
        var row = anna.Page.Locator("[data-seq='5']");
        var before = await row.EvaluateAsync<double>(TopInLog);
        await anna.EnterAsync("other");
        await anna.Channels.GetByText("@room").ClickAsync();
        await Expect(row).ToBeInViewportAsync();
        Assert.InRange(await row.EvaluateAsync<double>(TopInLog) - before, -1, 1);

        await anna.Channels.GetByText("@other").ClickAsync();
        await Expect(anna.Page.GetByRole(AriaRole.Heading, new() { Name = "@other", Level = 1 })).ToBeVisibleAsync();
        for (var i = 41; i <= 80; i++) await ben.SendAsync("@room", $"message {i}");
        await Expect(anna.Channels).ToContainTextAsync("40 unread messages");
        await anna.Channels.GetByText("@room").ClickAsync();
        await Expect(anna.Row("message 41")).ToBeInViewportAsync();
        await Expect(anna.Log.GetByText("New", new() { Exact = true })).ToBeInViewportAsync();
        await Expect(anna.Row("message 80")).Not.ToBeInViewportAsync();
    }

    private static Task<ChatServer> StartAsync() =>
        ChatServer.StartAsync("Limits:MessageBurst=10000", "Limits:MessagesPerSecond=10000");

    /// <summary>Somebody has said "message 1" and so on.</summary>
    private static async Task<WebUser> WriteAsync(ChatServer server, int count)
    {
        var ben = await WebUser.SignInAsync(server, "ben", "@room");
        for (var i = 1; i <= count; i++) await ben.SendAsync("@room", $"message {i}");
        return ben;
    }

    private static async Task ExpectInTheMiddleAsync(Person person, int seq)
    {
        var row = person.Page.Locator($"[data-seq='{seq}']");
        await Expect(row).ToBeFocusedAsync();
        Assert.True(await row.EvaluateAsync<bool>(InTheMiddle), $"Message {seq} is not in the middle.");
    }

    /// <summary>Scrolls to a message, which must have been loaded by then, and sees that the reader stays there.</summary>
    private static async Task StepToAsync(Person person, int seq)
    {
        var row = person.Page.Locator($"[data-seq='{seq}']");
        await row.ScrollIntoViewIfNeededAsync();
        await Expect(row).ToBeInViewportAsync();
    }
}
