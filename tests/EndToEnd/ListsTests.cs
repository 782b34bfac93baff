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

    private static ILocator Item(Person person, string name) => person.Channels.GetByRole(AriaRole.Listitem).Filter(new() { HasText = name });

    private static ILocator Link(Person person, string name) => Item(person, name).GetByRole(AriaRole.Link);

    private static async Task MenuAsync(Person person, string name)
    {
        await person.Page.GetByRole(AriaRole.Button, new() { Name = $"More about {name}" }).ClickAsync();
        await Expect(person.Page.GetByRole(AriaRole.Dialog, new() { Name = name })).ToBeVisibleAsync();
    }

    private static Task ExpectOrderAsync(Person person, params string[] names) => Expect(person.Channels.Locator(".channel-name")).ToHaveTextAsync(names);
}
