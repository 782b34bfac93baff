using KaiChat.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KaiChat.EndToEnd;

/// <summary>Answers, edits, deletions, reactions and typing between two people, by keyboard alone.</summary>
public sealed class ChangesTests(Browser browser)
{
    [Fact]
    public async Task Two_people_answer_edit_react_and_delete_by_keyboard_and_see_each_other_typing()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await using var ben = await Person.JoinAsync(browser, server.Web, "ben", "@room");
        await Expect(anna.Members).ToContainTextAsync("ben");

        await anna.Message.PressSequentiallyAsync("shall we meet?");
        await Expect(ben.Page.GetByText("anna is typing")).ToBeVisibleAsync();
        await anna.Message.PressAsync("Enter");
        await Expect(TextOf(ben, 1)).ToHaveTextAsync("shall we meet?");
        await Expect(ben.Page.GetByText("anna is typing")).ToHaveCountAsync(0);

        await ben.Log.FocusAsync();
        await ben.Page.Keyboard.PressAsync("ArrowUp");
        await Expect(RowOf(ben, 1)).ToBeFocusedAsync();
        await Expect(RowOf(ben, 1).GetByRole(AriaRole.Button, new() { Name = "Reply" })).ToBeVisibleAsync();
        await Expect(RowOf(ben, 1).GetByRole(AriaRole.Button, new() { Name = "Edit" })).ToHaveCountAsync(0);
        await ben.Page.Keyboard.PressAsync("r");
        await Expect(ben.Page.GetByText("Answer to anna shall we meet?")).ToBeVisibleAsync();
        await Expect(ben.Message).ToBeFocusedAsync();
        await ben.Page.Keyboard.TypeAsync("at five");
        await ben.Page.Keyboard.PressAsync("Enter");
        await Expect(ben.Page.GetByText("Answer to")).ToHaveCountAsync(0);
        var parent = RowOf(anna, 2).GetByRole(AriaRole.Link, new() { Name = "Answers anna shall we meet?" });
        await Expect(parent).ToBeVisibleAsync();

        await RowOf(ben, 1).FocusAsync();
        await Expect(RowOf(ben, 1).GetByRole(AriaRole.Button, new() { Name = "React" })).ToBeVisibleAsync();
        await ben.Page.Keyboard.PressAsync("+");
        await Expect(ben.Page.GetByRole(AriaRole.Button, new() { Name = "\ud83d\udc4d" })).ToBeFocusedAsync();
        await ben.Page.Keyboard.PressAsync("Enter");
        await Expect(RowOf(ben, 1)).ToBeFocusedAsync();
        await Expect(RowOf(ben, 1).GetByRole(AriaRole.Button, new() { Name = "\ud83d\udc4d 1: you" })).ToHaveAttributeAsync("aria-pressed", "true");
        await RowOf(anna, 1).GetByRole(AriaRole.Button, new() { Name = "\ud83d\udc4d 1: ben" }).FocusAsync();
        await anna.Page.Keyboard.PressAsync("Enter");
        await Expect(RowOf(ben, 1).GetByRole(AriaRole.Button, new() { Name = "\ud83d\udc4d 2: you, anna" })).ToBeVisibleAsync();
        // Her own page has heard, too, or she would ask for the same again.
        await Expect(RowOf(anna, 1).GetByRole(AriaRole.Button, new() { Name = "\ud83d\udc4d 2" })).ToHaveAttributeAsync("aria-pressed", "true");
        await anna.Page.Keyboard.PressAsync("Enter");
        await Expect(RowOf(ben, 1).GetByRole(AriaRole.Button, new() { Name = "\ud83d\udc4d 1: you" })).ToBeVisibleAsync();

        await anna.Message.FocusAsync();
        await anna.Page.Keyboard.PressAsync("ArrowUp");
        await Expect(anna.Message).ToHaveValueAsync("shall we meet?");
        await anna.Page.Keyboard.PressAsync("Backspace");
        await anna.Page.Keyboard.TypeAsync(" at six?");
        await anna.Page.Keyboard.PressAsync("Enter");
        await Expect(anna.Message).ToHaveValueAsync("");
        await Expect(TextOf(ben, 1)).ToHaveTextAsync("shall we meet at six?");
        await Expect(RowOf(ben, 1)).ToContainTextAsync("edited");
        await Expect(RowOf(anna, 2).GetByRole(AriaRole.Link, new() { Name = "Answers anna shall we meet at six?" })).ToBeVisibleAsync();
        await RowOf(anna, 1).GetByRole(AriaRole.Button, new() { Name = "edited" }).FocusAsync();
        await anna.Page.Keyboard.PressAsync("Enter");
        await Expect(anna.Page.GetByRole(AriaRole.List, new() { Name = "Former texts" }).GetByText("shall we meet?", new() { Exact = true })).ToBeVisibleAsync();

        await RowOf(anna, 1).FocusAsync();
        await anna.Page.Keyboard.PressAsync("Delete");
        await Expect(anna.Page.GetByRole(AriaRole.Button, new() { Name = "Keep" })).ToBeFocusedAsync();
        await anna.Page.Keyboard.PressAsync("Escape");
        await Expect(anna.Page.Locator("dialog")).ToHaveCountAsync(0);
        await Expect(RowOf(anna, 1)).ToBeFocusedAsync();
        await anna.Page.Keyboard.PressAsync("Delete");
        await Expect(anna.Page.GetByRole(AriaRole.Button, new() { Name = "Keep" })).ToBeFocusedAsync();
        await anna.Page.Keyboard.PressAsync("Tab");
        await anna.Page.Keyboard.PressAsync("Enter");
        await Expect(RowOf(ben, 1)).ToContainTextAsync("Deleted by its author");
        await Expect(RowOf(ben, 1).GetByRole(AriaRole.List, new() { Name = "Reactions" })).ToHaveCountAsync(0);
        await Expect(RowOf(anna, 2).GetByRole(AriaRole.Link, new() { Name = "Answers anna Deleted by its author" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_reaction_is_found_by_the_name_of_its_emoji()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await anna.SayAsync("up we go");
        await Expect(TextOf(anna, 1)).ToHaveTextAsync("up we go");
        await RowOf(anna, 1).FocusAsync();
        await Expect(RowOf(anna, 1).GetByRole(AriaRole.Button, new() { Name = "React" })).ToBeVisibleAsync();
        await anna.Page.Keyboard.PressAsync("+");
        var other = anna.Page.GetByRole(AriaRole.Textbox, new() { Name = "Another emoji" });
        await other.FillAsync("no such thing");
        await Expect(anna.Page.GetByText("No emoji of that name.")).ToBeVisibleAsync();
        await other.FillAsync("rock");
        await Expect(RowOf(anna, 1).GetByRole(AriaRole.Button, new() { Name = "rocket" })).ToBeVisibleAsync();
        await other.PressAsync("Enter");
        await Expect(RowOf(anna, 1).GetByRole(AriaRole.Button, new() { Name = "\ud83d\ude80 1: you" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_edit_is_taken_back_with_Escape_and_the_draft_comes_back()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await anna.SayAsync("first");
        await anna.ExpectMessageAsync("first");
        await anna.Message.FillAsync("half a thought");
        await RowOf(anna, 1).FocusAsync();
        await Expect(RowOf(anna, 1).GetByRole(AriaRole.Button, new() { Name = "Edit" })).ToBeVisibleAsync();
        await anna.Page.Keyboard.PressAsync("e");
        await Expect(anna.Message).ToHaveValueAsync("first");
        await Expect(anna.Message).ToBeFocusedAsync();
        await anna.Page.Keyboard.TypeAsync(" and more");
        await anna.Page.Keyboard.PressAsync("Escape");
        await Expect(anna.Message).ToHaveValueAsync("half a thought");
        await Expect(TextOf(anna, 1)).ToHaveTextAsync("first");
        await anna.Page.ReloadAsync();
        await Expect(anna.Message).ToHaveValueAsync("half a thought");
    }

    [Fact]
    public async Task What_the_server_refuses_is_said_at_the_row_with_its_sentence()
    {
        await using var server = await ChatServer.StartAsync("Limits:EditWindow=00:00:00");
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await anna.SayAsync("first");
        await Expect(TextOf(anna, 1)).ToHaveTextAsync("first");
        await anna.Message.PressAsync("ArrowUp");
        await anna.Message.FillAsync("second");
        await anna.Message.PressAsync("Enter");
        await Expect(RowOf(anna, 1).GetByRole(AriaRole.Alert)).ToContainTextAsync("Not changed: ");
        await Expect(TextOf(anna, 1)).ToHaveTextAsync("first");
        await RowOf(anna, 1).GetByRole(AriaRole.Button, new() { Name = "Edit again" }).ClickAsync();
        await Expect(anna.Message).ToHaveValueAsync("second");
    }

    [Fact]
    public async Task What_changed_while_a_page_was_away_is_there_when_it_is_back()
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await Person.JoinAsync(browser, server.Web, "ben", "@room");
        await ben.SayAsync("first");
        await ben.SayAsync("second");
        await using var anna = await Person.OpenAsync(browser, server.Web);
        // From some time on the page hears nothing of what the server says, until it has another connection.
        IWebSocketRoute? first = null;
        var deaf = false;
        await anna.Page.RouteWebSocketAsync("**/hub**", route =>
        {
            var isFirst = Interlocked.CompareExchange(ref first, route, null) is null;
            route.ConnectToServer().OnMessage(frame =>
            {
                if (!isFirst || !Volatile.Read(ref deaf)) route.Send(frame.Text!);
            });
        });
        await anna.SignInAsync("anna", "@room");
        await Expect(TextOf(anna, 2)).ToHaveTextAsync("second");
        Volatile.Write(ref deaf, true);
        await Expect(TextOf(ben, 2)).ToHaveTextAsync("second");
        await ben.Message.PressAsync("ArrowUp");
        await ben.Message.FillAsync("other");
        await ben.Message.PressAsync("Enter");
        await Expect(TextOf(ben, 2)).ToHaveTextAsync("other");
        await Expect(TextOf(anna, 2)).ToHaveTextAsync("second");
        await first!.CloseAsync();
        await Expect(TextOf(anna, 2)).ToHaveTextAsync("other");
    }

    [Fact]
    public async Task A_click_on_what_is_answered_leads_there_and_says_what_is_not_loaded()
    {
        await using var server = await ChatServer.StartAsync("Limits:MessageBurst=10000", "Limits:MessagesPerSecond=10000");
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        for (var i = 1; i <= 300; i++) await ben.SendAsync("@room", $"message {i}");
        await using var anna = await Person.OpenAsync(browser, server.Web, "/c/@room/m/5");
        await anna.SignInAsync("anna", "@room");
        await Expect(RowOf(anna, 5)).ToBeFocusedAsync();
        await Expect(RowOf(anna, 5).GetByRole(AriaRole.Button, new() { Name = "Reply" })).ToBeVisibleAsync();
        await anna.Page.Keyboard.PressAsync("r");
        await Expect(anna.Message).ToBeFocusedAsync();
        await anna.Page.Keyboard.TypeAsync("late answer");
        await anna.Page.Keyboard.PressAsync("Enter");
        await anna.Page.ReloadAsync();
        await Expect(TextOf(anna, 301)).ToHaveTextAsync("late answer");
        await RowOf(anna, 301).GetByRole(AriaRole.Link, new() { Name = "Message 5, not loaded" }).ClickAsync();
        await Expect(RowOf(anna, 5)).ToBeFocusedAsync();
        await Expect(anna.Page).ToHaveURLAsync(new Uri(server.Web, "/c/@room/m/5").ToString());
    }

    private static ILocator RowOf(Person person, int seq) => person.Page.Locator($"[data-seq='{seq}']");

    private static ILocator TextOf(Person person, int seq) => RowOf(person, seq).Locator(".message-text");
}
