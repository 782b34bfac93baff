using KaiChat.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KaiChat.EndToEnd;

/// <summary>What calls a reader who looks elsewhere: notifications, the tab's title and icon.</summary>
public sealed class NotificationTests(Browser browser)
{
    /// <summary>Stands in for the system: notes what it is asked for, in the storage that all tabs share.</summary>
    private const string System =
        """
        (() => {
          const note = entry => localStorage.setItem('test.told', JSON.stringify([...JSON.parse(localStorage.getItem('test.told') ?? '[]'), entry]));
          window.Notification = class {
            static permission = localStorage.getItem('test.permission') ?? 'default';
            static async requestPermission() {
              localStorage.setItem('test.permission', 'granted');
              return (this.permission = 'granted');
            }
            constructor(title, { body, tag }) {
              note({ title, body, tag });
              window.latest = this;
            }
            close() {}
          };
        })();
        """;

    [Fact]
    public async Task A_mention_is_told_once_for_all_tabs_and_leads_to_its_message()
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        await using var anna = await Person.OpenAsync(browser, server.Web, script: System);
        await anna.SignInAsync("anna", "@room");
        await ben.SendAsync("@room", "before the switch, @anna");
        await anna.ExpectMessageAsync("before the switch, @anna");
        Assert.Equal("default", await anna.Page.EvaluateAsync<string>("() => Notification.permission"));
        await SwitchOnAsync(anna.Page);
        var tab = await anna.NewTabAsync("/c/@room");
        await Expect(tab.GetByRole(AriaRole.Textbox, new() { Name = "Message" })).ToBeVisibleAsync();
        await ExpectWatchingAsync(tab, 2);
        await Person.SetFocusAsync(anna.Page, false);
        await Person.SetFocusAsync(tab, false);
        await ExpectWatchingAsync(tab, 0);

        await ben.SendAsync("@room", "just words");
        await ben.SendAsync("@room", "are you there, @Anna?");
        await anna.ExpectMessageAsync("are you there, @Anna?");
        await Expect(tab.GetByRole(AriaRole.Log).GetByText("are you there, @Anna?", new() { Exact = true })).ToHaveCountAsync(1);
        // Either tab may tell of the next one, and adds it to what it sees here.
        foreach (var page in (IPage[])[anna.Page, tab]) await page.WaitForFunctionAsync("() => localStorage.getItem('test.told') !== null");
        await ben.SendAsync("@room", "@anna, again");
        await anna.Page.WaitForFunctionAsync("() => JSON.parse(localStorage.getItem('test.told')).length >= 2");
        Assert.Equal(["ben in @room: are you there, @Anna? (kaichat @room)", "ben in @room: @anna, again (kaichat @room)"], await ToldAsync(anna.Page));

        var teller = await anna.Page.EvaluateAsync<bool>("() => window.latest !== undefined") ? anna.Page : tab;
        await teller.EvaluateAsync("() => window.latest.onclick()");
        await teller.WaitForURLAsync(address => address.Contains("/c/@room/m/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_told_of_a_channel_that_is_on_the_screen_of_any_tab()
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        await using var anna = await Person.OpenAsync(browser, server.Web, script: System);
        await anna.SignInAsync("anna", "@room");
        await SwitchOnAsync(anna.Page);
        var tab = await anna.NewTabAsync("/c/@room");
        await Expect(tab.GetByRole(AriaRole.Textbox, new() { Name = "Message" })).ToBeVisibleAsync();
        await ExpectWatchingAsync(tab, 2);
        await Person.SetFocusAsync(anna.Page, false);
        await ExpectWatchingAsync(tab, 1);
        await ben.SendAsync("@room", "seen in the other tab, @anna");
        await anna.ExpectMessageAsync("seen in the other tab, @anna");
        await Person.SetFocusAsync(tab, false);
        await ExpectWatchingAsync(tab, 0);
        await ben.SendAsync("@room", "not seen, @anna");
        await anna.Page.WaitForFunctionAsync("() => localStorage.getItem('test.told') !== null");
        Assert.Equal(["ben in @room: not seen, @anna (kaichat @room)"], await ToldAsync(anna.Page));
    }

    [Fact]
    public async Task Title_and_icon_tell_of_what_is_unread_and_a_muted_channel_only_of_mentions()
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        var icon = anna.Page.Locator("link[rel=icon]");
        await Expect(icon).ToHaveAttributeAsync("href", "/favicon.svg");
        await Person.SetFocusAsync(anna.Page, false);
        await ben.SendAsync("@room", "one");
        await ben.SendAsync("@room", "two");
        await Expect(anna.Page).ToHaveTitleAsync("(2) @room \u00b7 KaiChat");
        await Expect(icon).ToHaveAttributeAsync("href", "/favicon-unread.svg");

        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "More about @room" }).ClickAsync();
        await anna.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Mute" }).CheckAsync();
        await anna.Page.Keyboard.PressAsync("Escape");
        await Expect(anna.Page).ToHaveTitleAsync("@room \u00b7 KaiChat");
        await Expect(icon).ToHaveAttributeAsync("href", "/favicon.svg");
        await Expect(anna.Channels.GetByText("unread")).ToHaveCountAsync(0);
        await ben.SendAsync("@room", "three, @anna");
        await Expect(anna.Page).ToHaveTitleAsync("(1) @room \u00b7 KaiChat");
        await Expect(anna.Channels).ToContainTextAsync("You are mentioned in 1 unread message");
    }

    private static async Task SwitchOnAsync(IPage page)
    {
        await page.Keyboard.PressAsync("Control+,");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Tell me while I look elsewhere" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Of which messages" })).ToHaveValueAsync("mentions");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    /// <summary>So many tabs look at a channel, and all of them know: they tell each other by locks, which come and go a moment later.</summary>
    private static async Task ExpectWatchingAsync(IPage page, int tabs) => await page.WaitForFunctionAsync(
        "async tabs => (await navigator.locks.query()).held.filter(({ name }) => name.startsWith('kaichat.watching.')).length === tabs", tabs);

    private static Task<string[]> ToldAsync(IPage page) => page.EvaluateAsync<string[]>(
        "() => JSON.parse(localStorage.getItem('test.told')).map(({ title, body, tag }) => `${title}: ${body} (${tag})`)");
}
