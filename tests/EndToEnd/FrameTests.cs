using KaiChat.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KaiChat.EndToEnd;

/// <summary>The regions of the page: reached by key and finger, named for those who listen, docked or drawers as there is room.</summary>
public sealed class FrameTests(Browser browser)
{
    [Fact]
    public async Task F6_goes_from_region_to_region_and_Escape_back_to_writing()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await Expect(anna.Message).ToBeFocusedAsync();
        var members = anna.Page.GetByRole(AriaRole.Button, new() { Name = "More about anna" });
        var channel = anna.Channels.GetByRole(AriaRole.Link);
        await Expect(members).ToBeVisibleAsync();
        foreach (var expected in (ILocator[])[members, channel, anna.Log, anna.Message])
        {
            await anna.Page.Keyboard.PressAsync("F6");
            await Expect(expected).ToBeFocusedAsync();
        }
        foreach (var expected in (ILocator[])[anna.Log, channel, members])
        {
            await anna.Page.Keyboard.PressAsync("Shift+F6");
            await Expect(expected).ToBeFocusedAsync();
        }
        await anna.Page.Keyboard.PressAsync("Escape");
        await Expect(anna.Message).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Landmarks_have_names_of_their_own_and_links_lead_past_them()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await Expect(anna.Page.GetByRole(AriaRole.Navigation, new() { Name = "Channels" })).ToHaveCountAsync(1);
        await Expect(anna.Page.GetByRole(AriaRole.Main, new() { Name = "Conversation" })).ToHaveCountAsync(1);
        await Expect(anna.Page.GetByRole(AriaRole.Complementary, new() { Name = "Members" })).ToHaveCountAsync(1);
        await Expect(anna.Page.GetByRole(AriaRole.Form, new() { Name = "Write a message" })).ToHaveCountAsync(1);
        var members = anna.Page.GetByRole(AriaRole.Button, new() { Name = "More about anna" });
        await Expect(members).ToBeVisibleAsync();
        await anna.Page.GetByRole(AriaRole.Link, new() { Name = "Skip to the members" }).FocusAsync();
        await anna.Page.Keyboard.PressAsync("Enter");
        await Expect(members).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Another_channel_is_announced_with_what_is_unread()
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@one");
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@one");
        await anna.EnterAsync("two");
        await ben.SendAsync("@one", "first");
        await ben.SendAsync("@one", "second");
        await Expect(anna.Channels).ToContainTextAsync("2 unread messages");
        await anna.Channels.GetByText("@one").ClickAsync();
        await Expect(anna.Page.GetByRole(AriaRole.Status).GetByText("@one, 2 unread messages", new() { Exact = true })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_lost_connection_is_said_at_once_only_after_ten_seconds_and_kept_among_the_notices()
    {
        var directory = Directory.CreateTempSubdirectory("kaichat-test-").FullName;
        var server = await ServerChild.StartAsync(directory);
        await using var anna = await Person.OpenAsync(browser, server.Web);
        anna.Expected = fault => fault.Contains("ERR_", StringComparison.Ordinal) || fault.Contains("WebSocket", StringComparison.Ordinal);
        await anna.SignInAsync("anna", "@room");
        // From here on the page's clock says what the test says.
        var lost = DateTime.UtcNow;
        await anna.Page.Clock.SetFixedTimeAsync(lost);
        // Whoever tries again has noticed.
        await anna.Page.RunAndWaitForWebSocketAsync(() => server.DisposeAsync().AsTask());
        var (banner, alert) = (anna.Page.Locator(".connection-banner"), anna.Page.GetByRole(AriaRole.Alert).GetByText("No connection to the server"));
        await Expect(banner).Not.ToBeVisibleAsync();
        await anna.Page.Clock.SetFixedTimeAsync(lost.AddSeconds(9));
        await Expect(banner).ToBeVisibleAsync();
        await Expect(anna.Page.Locator(".connection")).Not.ToHaveTextAsync("Online");
        await Expect(alert).ToHaveCountAsync(0);
        await anna.Page.Clock.SetFixedTimeAsync(lost.AddSeconds(10));
        await Expect(alert).ToHaveCountAsync(1);
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Recent notices" }).ClickAsync();
        await Expect(anna.Page.GetByRole(AriaRole.List, new() { Name = "Recent notices" })).ToContainTextAsync("You can go on writing");
        await anna.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task The_lists_close_each_by_itself_and_stay_closed()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room", new() { ViewportSize = new() { Width = 1280, Height = 800 } });
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Hide members" }).ClickAsync();
        await Expect(anna.Members).Not.ToBeVisibleAsync();
        await Expect(anna.Channels).ToBeVisibleAsync();
        await anna.Page.ReloadAsync();
        await Expect(anna.Channels).ToBeVisibleAsync();
        await Expect(anna.Members).Not.ToBeVisibleAsync();
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Hide channels" }).ClickAsync();
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Show members" }).ClickAsync();
        await anna.Page.ReloadAsync();
        await Expect(anna.Members).ToBeVisibleAsync();
        await Expect(anna.Channels).Not.ToBeVisibleAsync();
    }

    [Fact]
    public async Task On_a_phone_swipes_open_and_close_the_lists_and_a_long_press_a_rows_menu()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await Person.JoinAsync(
            browser, server.Web, "anna", "@room", new() { HasTouch = true, IsMobile = true, ViewportSize = new() { Width = 360, Height = 640 } });
        await anna.SayAsync("hold me");
        await Expect(anna.Row("hold me")).ToContainTextAsync("Delivered");
        await Expect(anna.Channels).Not.ToBeVisibleAsync();
        await SwipeAsync(anna.Page, 60, 260);
        await Expect(anna.Channels).ToBeVisibleAsync();
        await SwipeAsync(anna.Page, 260, 60);
        await Expect(anna.Channels).Not.ToBeVisibleAsync();
        await SwipeAsync(anna.Page, 260, 60);
        await Expect(anna.Members).ToBeVisibleAsync();
        await SwipeAsync(anna.Page, 60, 260);
        await Expect(anna.Members).Not.ToBeVisibleAsync();
        await Expect(anna.Channels).Not.ToBeVisibleAsync();

        // What Chromium makes of a long press.
        await anna.Row("hold me").Locator(".message-text").EvaluateAsync(
            "text => text.dispatchEvent(new PointerEvent('contextmenu', { bubbles: true, cancelable: true, pointerType: 'touch' }))");
        await Expect(anna.Row("hold me").GetByRole(AriaRole.Button, new() { Name = "React" })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_phones_own_bars_follow_the_theme()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room", new() { ColorScheme = ColorScheme.Light });
        Assert.Equal("#f4f1e9,#1a1e26", await ColoursAsync());
        await anna.Page.Keyboard.PressAsync("Control+,");
        await anna.Page.GetByRole(AriaRole.Radio, new() { Name = "Dark" }).CheckAsync();
        Assert.Equal("#1a1e26,#1a1e26", await ColoursAsync());
        await anna.Page.GetByRole(AriaRole.Radio, new() { Name = "High contrast" }).CheckAsync();
        Assert.Equal("#ffffff,#000000", await ColoursAsync());
        await anna.Page.GetByRole(AriaRole.Radio, new() { Name = "As the system" }).CheckAsync();
        Assert.Equal("#f4f1e9,#1a1e26", await ColoursAsync());

        Task<string> ColoursAsync() => anna.Page.EvaluateAsync<string>("() => [...document.querySelectorAll('meta[name=theme-color]')].map(meta => meta.content).join()");
    }

    private static Task<string> SwipeAsync(IPage page, int from, int to) => page.EvaluateAsync<string>(
        """
        ([from, to]) => {
          const target = document.elementFromPoint(from, 300);
          const touch = x => new Touch({ identifier: 1, target, clientX: x, clientY: 300 });
          target.dispatchEvent(new TouchEvent('touchstart', { bubbles: true, touches: [touch(from)], changedTouches: [touch(from)] }));
          target.dispatchEvent(new TouchEvent('touchend', { bubbles: true, touches: [], changedTouches: [touch(to)] }));
          return target.tagName;
        }
        """,
        new[] { from, to });
}
