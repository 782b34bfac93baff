using System.Text.RegularExpressions;
using KaiChat.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KaiChat.EndToEnd;

/// <summary>What is unread: counted, marked by a line, read by being seen, the same in every tab, marked by hand.</summary>
public sealed partial class ReadStateTests(Browser browser)
{
    [Fact]
    public async Task What_comes_while_the_window_has_no_focus_is_unread_until_it_has_again()
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await Person.SetFocusAsync(anna.Page, false);
        await ben.SendAsync("@room", "one");
        await ben.SendAsync("@room", "two");
        await Expect(anna.Page).ToHaveTitleAsync(TwoUnread());
        await Expect(Link(anna.Page, "@room 2 unread messages")).ToBeVisibleAsync();
        await Person.SetFocusAsync(anna.Page, true);
        await Expect(anna.Page).ToHaveTitleAsync(NoneUnread());
    }

    [Fact]
    public async Task A_channel_opens_at_its_first_unread_message_after_a_reload_too()
    {
        await using var server = await ChatServer.StartAsync("Limits:MessageBurst=10000", "Limits:MessagesPerSecond=10000");
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        for (var i = 1; i <= 20; i++) await ben.SendAsync("@room", $"message {i}");
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await Expect(anna.Row("message 20")).ToBeInViewportAsync();
        await Expect(Link(anna.Page, "@room")).ToBeVisibleAsync();
        await Person.SetFocusAsync(anna.Page, false);
        for (var i = 21; i <= 400; i++) await ben.SendAsync("@room", $"message {i}");
        await Expect(Link(anna.Page, "@room 380 unread messages")).ToBeVisibleAsync();
        await anna.Page.ReloadAsync();
        await Expect(anna.Row("message 21")).ToBeInViewportAsync();
        await Expect(anna.Log.GetByText("New", new() { Exact = true })).ToBeInViewportAsync();
        await Expect(Link(anna.Page, "@room 380 unread messages")).ToBeVisibleAsync();
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "380 new messages" }).ClickAsync();
        await Expect(anna.Row("message 400")).ToBeInViewportAsync();
        await Expect(anna.Page).ToHaveTitleAsync(NoneUnread());
    }

    [Fact]
    public async Task The_tabs_of_a_user_agree_on_what_is_read()
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        var tab = await anna.NewTabAsync("/c/@room");
        await Expect(tab.GetByRole(AriaRole.Log)).ToBeVisibleAsync();
        await Person.SetFocusAsync(anna.Page, false);
        await Person.SetFocusAsync(tab, false);
        await ben.SendAsync("@room", "one");
        await Expect(Link(tab, "@room 1 unread message")).ToBeVisibleAsync();
        await Person.SetFocusAsync(anna.Page, true);
        await Expect(Link(tab, "@room 1 unread message")).ToHaveCountAsync(0);
        await anna.Row("one").FocusAsync();
        await anna.Page.Keyboard.PressAsync("u");
        await Expect(Link(tab, "@room 1 unread message")).ToBeVisibleAsync();
        await Expect(Link(anna.Page, "@room 1 unread message")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Everything_is_marked_read_and_taken_back()
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@one");
        await ben.JoinAsync("@two");
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@one");
        await anna.EnterAsync("two");
        await Person.SetFocusAsync(anna.Page, false);
        await ben.SendAsync("@one", "in one");
        await ben.SendAsync("@two", "in two");
        await Expect(anna.Page).ToHaveTitleAsync(TwoUnread());
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Mark all read" }).ClickAsync();
        await Expect(anna.Page).ToHaveTitleAsync(NoneUnread());
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(anna.Page).ToHaveTitleAsync(TwoUnread());
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Mark @one read" }).ClickAsync();
        await Expect(Link(anna.Page, "@one 1 unread message")).ToHaveCountAsync(0);
        await anna.Log.FocusAsync();
        await anna.Page.Keyboard.PressAsync("Shift+Escape");
        await Expect(anna.Page).ToHaveTitleAsync(NoneUnread());
        await anna.Page.ReloadAsync();
        await anna.ExpectMessageAsync("in two");
        await Expect(anna.Page).ToHaveTitleAsync(NoneUnread());
    }

    private static ILocator Link(IPage page, string name) => page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    [GeneratedRegex(@"^\(2\) @\w+ · KaiChat$", RegexOptions.None, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex TwoUnread();

    [GeneratedRegex(@"^@\w+ · KaiChat$", RegexOptions.None, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex NoneUnread();
}
