using KaiChat.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KaiChat.EndToEnd;

/// <summary>The lists beside the conversation, as their reader arranges them.</summary>
public sealed class ListsTests(Browser browser)
{
    [Fact]
    public async Task Channels_are_filtered_pinned_and_put_in_order_by_key_and_drag_and_stay_so()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@alpha");
        foreach (var name in (string[])["beta", "gamma", "delta"]) await anna.EnterAsync(name);
        await ExpectOrderAsync(anna, "@alpha", "@beta", "@gamma", "@delta");

        await Link(anna, "@delta").FocusAsync();
        await anna.Page.Keyboard.PressAsync("Control+Shift+ArrowUp");
        await ExpectOrderAsync(anna, "@alpha", "@beta", "@delta", "@gamma");
        await Expect(anna.Page.GetByRole(AriaRole.Status).GetByText("@delta: place 3 of 4")).ToHaveCountAsync(1);
        await Expect(Link(anna, "@delta")).ToBeFocusedAsync();
        await Item(anna, "@gamma").DragToAsync(Item(anna, "@alpha"));
        await ExpectOrderAsync(anna, "@gamma", "@alpha", "@beta", "@delta");

        await MenuAsync(anna, "@delta");
        await anna.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Pin to the top" }).CheckAsync();
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Close", Exact = true }).ClickAsync();
        await ExpectOrderAsync(anna, "@delta", "@gamma", "@alpha", "@beta");
        await anna.Page.ReloadAsync();
        await ExpectOrderAsync(anna, "@delta", "@gamma", "@alpha", "@beta");

        await anna.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Filter channels" }).FillAsync("ET");
        await ExpectOrderAsync(anna, "@beta");
        await anna.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Filter channels" }).FillAsync("xyz");
        await Expect(anna.Page.GetByText("Nothing in the list is called")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Unread_channels_come_first_where_that_is_wanted()
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@two");
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@one");
        await anna.EnterAsync("two");
        await anna.EnterAsync("three");
        await ben.SendAsync("@two", "news");
        await Expect(anna.Channels).ToContainTextAsync("1 unread message");
        await ExpectOrderAsync(anna, "@one", "@two", "@three");
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Unread first" }).ClickAsync();
        await ExpectOrderAsync(anna, "@two", "@one", "@three");
        await Expect(anna.Page.GetByRole(AriaRole.Button, new() { Name = "Unread first", Pressed = true })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_channel_is_hidden_until_it_is_on_the_screen_or_somebody_is_mentioned_there()
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@two");
        await ben.JoinAsync("@one");
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@one");
        foreach (var name in (string[])["two", "three"]) await anna.EnterAsync(name);
        await HideAsync(anna, "@two");
        await ExpectOrderAsync(anna, "@one", "@three");
        var fold = Fold(anna.Page, 1);
        await Expect(fold).ToBeFocusedAsync();
        await Expect(fold).ToHaveAttributeAsync("aria-expanded", "false");

        // What is said there is neither counted nor shown.
        await ben.SendAsync("@two", "noise");
        await ben.SendAsync("@one", "news");
        await Expect(anna.Channels).ToContainTextAsync("1 unread message");
        await Expect(anna.Page).ToHaveTitleAsync("(1) @three \u00b7 KaiChat");
        await ExpectOrderAsync(anna, "@one", "@three");

        // By keyboard: the fold, the channel in it, and the focus goes with it into the list.
        await anna.Page.Keyboard.PressAsync("Enter");
        await Expect(Hidden(anna.Page).Locator(".channel-name")).ToHaveTextAsync("@two");
        await AccessibilityTests.ExpectNothingAsync(anna.Page);
        await anna.Page.Keyboard.PressAsync("Tab");
        await anna.Page.Keyboard.PressAsync("Enter");
        await Expect(anna.Page.GetByRole(AriaRole.Heading, new() { Name = "@two", Level = 1 })).ToBeVisibleAsync();
        await ExpectOrderAsync(anna, "@one", "@two", "@three");
        await Expect(Link(anna, "@two")).ToBeFocusedAsync();
        await Expect(fold).ToHaveCountAsync(0);

        // Elsewhere it is hidden again: also for the keys that go through the list, but not for those who look for it.
        await Link(anna, "@one").ClickAsync();
        await ExpectOrderAsync(anna, "@one", "@three");
        await anna.Page.Keyboard.PressAsync("Alt+ArrowDown");
        await Expect(anna.Page.GetByRole(AriaRole.Heading, new() { Name = "@three", Level = 1 })).ToBeVisibleAsync();
        var filter = anna.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Filter channels" });
        await filter.FillAsync("tw");
        await ExpectOrderAsync(anna, "@two");
        await filter.FillAsync("");
        await anna.Page.Keyboard.PressAsync("Control+k");
        await anna.Page.GetByRole(AriaRole.Combobox).FillAsync("tw");
        await anna.Page.Keyboard.PressAsync("Enter");
        await Expect(anna.Page.GetByRole(AriaRole.Heading, new() { Name = "@two", Level = 1 })).ToBeVisibleAsync();
        await Link(anna, "@one").ClickAsync();
        await ExpectOrderAsync(anna, "@one", "@three");

        // A mention brings it back until it is read, also over a reload.
        await ben.SendAsync("@two", "@anna, come and see");
        await ExpectOrderAsync(anna, "@one", "@two", "@three");
        await Expect(Link(anna, "@two")).ToContainTextAsync("You are mentioned in 1 unread message");
        await anna.Page.ReloadAsync();
        await ExpectOrderAsync(anna, "@one", "@two", "@three");
        await Link(anna, "@two").ClickAsync();
        await anna.ExpectMessageAsync("noise");
        await Expect(Link(anna, "@two")).Not.ToContainTextAsync("mentioned");
        await Link(anna, "@one").ClickAsync();
        await ExpectOrderAsync(anna, "@one", "@three");
    }

    [Fact]
    public async Task Tabs_hide_the_same_channels_and_others_are_moved_around_them()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@one");
        foreach (var name in (string[])["two", "three", "four"]) await anna.EnterAsync(name);
        await HideAsync(anna, "@two");
        var tab = await anna.NewTabAsync("/c/@one");
        await Expect(Fold(tab, 1)).ToBeVisibleAsync();
        await HideAsync(anna, "@one");
        await Expect(Fold(anna.Page, 2)).ToBeVisibleAsync();
        // There it is on the screen.
        await Expect(tab.GetByRole(AriaRole.List, new() { Name = "Channels", Exact = true }).Locator(".channel-name")).ToHaveTextAsync(["@one", "@three", "@four"]);

        await Link(anna, "@four").FocusAsync();
        await anna.Page.Keyboard.PressAsync("Control+Shift+ArrowUp");
        await ExpectOrderAsync(anna, "@four", "@three");
        await Expect(anna.Page.GetByRole(AriaRole.Status).GetByText("@four: place 1 of 2")).ToHaveCountAsync(1);

        await Fold(anna.Page, 2).ClickAsync();
        await Hidden(anna.Page).GetByRole(AriaRole.Button, new() { Name = "More about @two" }).ClickAsync();
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Show in the list" }).ClickAsync();
        await ExpectOrderAsync(anna, "@two", "@four", "@three");
        await Expect(Link(anna, "@two")).ToBeFocusedAsync();
        await Expect(tab.GetByRole(AriaRole.List, new() { Name = "Channels", Exact = true }).Locator(".channel-name")).ToHaveTextAsync(["@one", "@two", "@four", "@three"]);
        await Expect(Fold(anna.Page, 1)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_channel_is_left_through_its_menu()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@one");
        await anna.EnterAsync("two");
        await MenuAsync(anna, "@two");
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Leave @two" }).ClickAsync();
        await ExpectOrderAsync(anna, "@one");
        await Expect(anna.Page.GetByRole(AriaRole.Heading, new() { Name = "@one" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_member_is_mentioned_or_muted_for_oneself_through_the_menu()
    {
        await using var server = await ChatServer.StartAsync();
        await using var native = await RawKaiClient.SignInAsync(server.Native, "natalie", "@room");
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await ben.SendAsync("@room", "noise");
        await anna.SayAsync("quiet, please");
        await Expect(anna.Row("quiet, please")).ToContainTextAsync("Delivered");
        await anna.Message.FillAsync("hello");
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "More about natalie" }).ClickAsync();
        var dialog = anna.Page.GetByRole(AriaRole.Dialog, new() { Name = "natalie" });
        await Expect(dialog).ToContainTextAsync("Uses a native KaiChat client");
        await Expect(dialog).ToContainTextAsync("asks for news every few seconds");
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Mention" }).ClickAsync();
        await Expect(anna.Message).ToBeFocusedAsync();
        await Expect(anna.Message).ToHaveValueAsync("hello @natalie ");

        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "More about ben" }).ClickAsync();
        await anna.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Mute for me" }).CheckAsync();
        await anna.Page.Keyboard.PressAsync("Escape");
        await Expect(anna.Log.GetByText("noise")).ToHaveCountAsync(0);
        await anna.ExpectMessageAsync("quiet, please");
        await anna.Page.ReloadAsync();
        await anna.ExpectMessageAsync("quiet, please");
        await Expect(anna.Log.GetByText("noise")).ToHaveCountAsync(0);
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "More about ben" }).ClickAsync();
        await anna.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Mute for me" }).UncheckAsync();
        await anna.Page.Keyboard.PressAsync("Escape");
        await anna.ExpectMessageAsync("noise");
    }

    private static ILocator Fold(IPage page, int count) => page.GetByRole(AriaRole.Button, new() { Name = $"Hidden channels ({count})" });

    private static ILocator Hidden(IPage page) => page.GetByRole(AriaRole.List, new() { Name = "Hidden channels" });

    private static async Task HideAsync(Person person, string name)
    {
        await MenuAsync(person, name);
        await person.Page.GetByRole(AriaRole.Button, new() { Name = "Hide from the list" }).ClickAsync();
        await Expect(person.Page.GetByText($"{name} is hidden.")).ToBeVisibleAsync();
    }

    private static ILocator Item(Person person, string name) => person.Channels.GetByRole(AriaRole.Listitem).Filter(new() { HasText = name });

    private static ILocator Link(Person person, string name) => Item(person, name).GetByRole(AriaRole.Link);

    private static async Task MenuAsync(Person person, string name)
    {
        await person.Page.GetByRole(AriaRole.Button, new() { Name = $"More about {name}" }).ClickAsync();
        await Expect(person.Page.GetByRole(AriaRole.Dialog, new() { Name = name })).ToBeVisibleAsync();
    }

    private static Task ExpectOrderAsync(Person person, params string[] names) => Expect(person.Channels.Locator(".channel-name")).ToHaveTextAsync(names);
}
