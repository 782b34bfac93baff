using KaiChat.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KaiChat.EndToEnd;

/// <summary>Mentions, ways between channels, who comes and goes, and the empty channel.</summary>
public sealed class MentionTests(Browser browser)
{
    [Fact]
    public async Task A_mention_is_marked_counted_apart_from_what_is_unread_and_found_again()
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        await ben.JoinAsync("@tea");
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await anna.EnterAsync("tea");
        await ben.SendAsync("@room", "@Anna, see @tea and ask @ben");
        await ben.SendAsync("@room", "anna and `@anna` and mail@anna");
        var room = anna.Channels.GetByRole(AriaRole.Link).Filter(new() { HasText = "@room" });
        await Expect(room).ToContainTextAsync("2 unread messages");
        await Expect(room).ToContainTextAsync("You are mentioned in 1 unread message");

        await room.ClickAsync();
        await Expect(anna.Page.Locator("[data-seq='1']")).ToContainTextAsync("Mentions you.");
        await Expect(anna.Page.Locator("[data-seq='2']")).Not.ToContainTextAsync("Mentions you.");
        await Expect(anna.Page.Locator("[data-seq='1'] .mention")).ToHaveTextAsync(["@Anna", "@ben"]);
        await Expect(room).Not.ToContainTextAsync("mentioned");
        await anna.Page.Locator("[data-seq='1']").GetByRole(AriaRole.Link, new() { Name = "@tea" }).ClickAsync();
        await Expect(anna.Page.GetByRole(AriaRole.Heading, new() { Name = "@tea", Level = 1 })).ToBeVisibleAsync();

        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Search messages" }).ClickAsync();
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Mentions of you" }).ClickAsync();
        await Expect(anna.Page.GetByRole(AriaRole.Heading, new() { Name = "Mentions" })).ToBeVisibleAsync();
        await anna.Page.GetByRole(AriaRole.List, new() { Name = "Found in @room" }).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(anna.Page.Locator("[data-seq='1']")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Channels_are_gone_through_and_found_by_keyboard_unless_that_is_switched_off()
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@charlie");
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@alpha");
        await anna.EnterAsync("bravo");
        await anna.EnterAsync("charlie");
        await ExpectChannelAsync("@charlie");
        await anna.Page.Keyboard.PressAsync("Alt+ArrowUp");
        await ExpectChannelAsync("@bravo");
        await anna.Page.Keyboard.PressAsync("Alt+ArrowUp");
        await ExpectChannelAsync("@alpha");
        await ben.SendAsync("@charlie", "news");
        await Expect(anna.Channels).ToContainTextAsync("1 unread message");
        await anna.Page.Keyboard.PressAsync("Alt+Shift+ArrowDown");
        await ExpectChannelAsync("@charlie");
        await anna.ExpectMessageAsync("news");
        await Expect(anna.Channels).Not.ToContainTextAsync("unread");

        await anna.Page.Keyboard.PressAsync("Control+K");
        var field = anna.Page.GetByRole(AriaRole.Combobox, new() { Name = "Letters of its name" });
        await Expect(field).ToBeFocusedAsync();
        await Expect(anna.Page.GetByRole(AriaRole.Option)).ToHaveTextAsync(["@alpha", "@bravo", "@charlie"]);
        await field.PressSequentiallyAsync("bv");
        await field.PressAsync("Enter");
        await ExpectChannelAsync("@bravo");
        await ben.SendAsync("@charlie", "more news");
        await Expect(anna.Channels).ToContainTextAsync("1 unread message");
        await anna.Page.Keyboard.PressAsync("Alt+A");
        await ExpectChannelAsync("@charlie");

        await anna.Page.Keyboard.PressAsync("Control+,");
        await anna.Page.GetByRole(AriaRole.Radio, new() { Name = "Off: letters and key combinations" }).CheckAsync();
        await anna.Page.Keyboard.PressAsync("Escape");
        await anna.Log.FocusAsync();
        await anna.Page.Keyboard.PressAsync("Alt+ArrowUp");
        await anna.Page.Keyboard.PressAsync("?");
        await anna.Page.Keyboard.PressAsync("/");
        // All of it has been heard when this, which always works, is there.
        await anna.Page.Keyboard.PressAsync("Control+,");
        await Expect(anna.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(1);
        await Expect(anna.Page.GetByRole(AriaRole.Dialog, new() { Name = "Preferences" })).ToBeVisibleAsync();
        await anna.Page.Keyboard.PressAsync("Escape");
        await ExpectChannelAsync("@charlie");

        Task ExpectChannelAsync(string name) => Expect(anna.Page.GetByRole(AriaRole.Heading, new() { Name = name, Level = 1 })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Who_comes_and_goes_is_one_line_that_unfolds()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        // Who is there when she comes in has not come before her eyes.
        await Expect(anna.Members).ToContainTextAsync("anna");
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        await using var cleo = await WebUser.SignInAsync(server, "cleo", "@room");
        await ben.LeaveAsync("@room");
        var line = anna.Log.GetByText("2 joined, 1 left");
        await Expect(line).ToBeVisibleAsync();
        await Expect(anna.Page.GetByRole(AriaRole.Heading, new() { Name = "You are the first here" })).ToBeVisibleAsync();
        await line.ClickAsync();
        await Expect(anna.Log.GetByText("ben left.")).ToBeVisibleAsync();
        await cleo.SendAsync("@room", "hello");
        await anna.ExpectMessageAsync("hello");
        await cleo.LeaveAsync("@room");
        await Expect(anna.Log.GetByText("cleo left.")).ToBeVisibleAsync();
        await anna.Page.Keyboard.PressAsync("Control+,");
        await anna.Page.GetByRole(AriaRole.Radio, new() { Name = "Not shown" }).CheckAsync();
        await anna.Page.Keyboard.PressAsync("Escape");
        await Expect(line).ToHaveCountAsync(0);
        await Expect(anna.Log.GetByText("cleo left.")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task An_empty_channel_says_how_others_come_in()
    {
        using var clipboard = await browser.TakeClipboardAsync();
        await using var server = await ChatServer.StartAsync();
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await Expect(anna.Log).ToContainTextAsync("Native clients can join with !join @room");
        await Expect(anna.Log).ToContainTextAsync(new Uri(server.Web, "/c/@room").ToString());
        await anna.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await anna.Log.GetByRole(AriaRole.Button, new() { Name = "Copy link" }).ClickAsync();
        await Expect(anna.Page.GetByText("Link copied.")).ToBeVisibleAsync();
        Assert.Equal(new Uri(server.Web, "/c/@room").ToString(), await anna.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));
    }
}
