using KaiChat.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KaiChat.EndToEnd;

/// <summary>The page on its own: errors, reload, tabs, lost connections, small screens, keyboard.</summary>
public sealed class PageTests(Browser browser)
{
    [Fact]
    public async Task A_name_that_is_taken_is_said_at_the_sign_in_form()
    {
        await using var server = await ChatServer.StartAsync();
        await using var native = await RawKaiClient.SignInAsync(server.Native, "anna", "@room");
        await using var person = await Person.OpenAsync(browser, server.Web);
        // A browser reports every answer of 400 and more on its console.
        person.Expected = fault => fault.Contains("409", StringComparison.Ordinal);
        await person.Page.GetByRole(AriaRole.Textbox, new() { Name = "Username" }).FillAsync("Anna");
        await person.Page.GetByRole(AriaRole.Textbox, new() { Name = "Channel" }).FillAsync("@room");
        await person.Page.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
        await Expect(person.Page.GetByText("Somebody is here under that name")).ToBeVisibleAsync();
        await Expect(person.Page.GetByRole(AriaRole.Textbox, new() { Name = "Username" })).ToHaveValueAsync("Anna");
    }

    [Fact]
    public async Task A_server_that_is_full_says_so_with_its_code_and_the_wait_is_counted_down()
    {
        await using var server = await ChatServer.StartAsync("Limits:MaxSessions=1");
        await using var native = await RawKaiClient.SignInAsync(server.Native, "ben", "@room");
        await using var anna = await Person.OpenAsync(browser, server.Web);
        anna.Expected = fault => fault.Contains("503", StringComparison.Ordinal);
        // The page's clock says what the test says; a second is too short to be seen for certain.
        var now = DateTime.UtcNow;
        await anna.Page.Clock.SetFixedTimeAsync(now);
        await anna.Page.GetByRole(AriaRole.Textbox, new() { Name = "Username" }).FillAsync("anna");
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();

        await Expect(anna.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "The server is full" })).ToContainTextAsync("limit-reached");
        await Expect(anna.Page.GetByText("Wait 30 seconds.")).ToBeVisibleAsync();
        await anna.Page.Clock.SetFixedTimeAsync(now.AddSeconds(1));
        await Expect(anna.Page.GetByText("Wait 29 seconds.")).ToBeVisibleAsync();
        await anna.Page.Clock.SetFixedTimeAsync(now.AddSeconds(2));
        await Expect(anna.Page.GetByText("Wait 28 seconds.")).ToBeVisibleAsync();
        await Expect(anna.Page.GetByRole(AriaRole.Textbox, new() { Name = "Username" })).ToHaveValueAsync("anna");
    }

    [Fact]
    public async Task A_reload_keeps_session_channel_and_messages()
    {
        await using var server = await ChatServer.StartAsync();
        await using var person = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        await person.SayAsync("before");
        // The page shows it at once; others see it when it is in the log.
        await ben.WaitForMessagesAsync(1);
        await person.ExpectMessageAsync("before");
        await Expect(person.Page).ToHaveURLAsync(new Uri(server.Web, "/c/@room").ToString());
        await person.Page.ReloadAsync();
        await ben.SendAsync("@room", "meanwhile");
        await person.ExpectMessageAsync("before");
        await person.ExpectMessageAsync("meanwhile");
        await person.SayAsync("after");
        await person.ExpectMessageAsync("after");
        Assert.Equal(["before", "meanwhile", "after"], (await ben.WaitForMessagesAsync(3)).Select(message => message.Text));
        Assert.Equal(2, (await ben.JoinAsync("@room")).Members.Count);
    }

    [Fact]
    public async Task A_second_tab_is_the_same_user()
    {
        await using var server = await ChatServer.StartAsync();
        await using var person = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        var tab = await person.NewTabAsync("/c/@room");
        await person.SayAsync("from the first tab");
        await Expect(tab.GetByRole(AriaRole.Log).GetByText("from the first tab", new() { Exact = true })).ToHaveCountAsync(1);
        await tab.GetByRole(AriaRole.Textbox, new() { Name = "Message" }).FillAsync("from the second tab");
        await tab.GetByRole(AriaRole.Textbox, new() { Name = "Message" }).PressAsync("Enter");
        await person.ExpectMessageAsync("from the second tab");
        await Expect(person.Members.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_message_typed_while_the_server_is_away_is_delivered_once_when_it_is_back()
    {
        var directory = Directory.CreateTempSubdirectory("kaichat-test-").FullName;
        var server = await ServerChild.StartAsync(directory);
        var web = server.Web;
        await using var person = await Person.JoinAsync(browser, web, "anna", "@room");
        person.Expected = fault => fault.Contains("ERR_", StringComparison.Ordinal) || fault.Contains("WebSocket", StringComparison.Ordinal);
        await person.SayAsync("before");
        await person.ExpectMessageAsync("before");
        await server.DisposeAsync();

        await person.SayAsync("into the void");
        await person.ExpectMessageAsync("into the void");
        await using var again = await ServerChild.StartAsync(directory, $"Kestrel:Endpoints:Web:Url={web.GetLeftPart(UriPartial.Authority)}");
        await using var ben = await WebUser.SignInAsync(again.Web, "ben");
        // What comes before he does is in the channel, what comes later is told.
        var there = (await ben.JoinAsync("@room")).Messages;
        if (there.Count < 2) there = [.. there, .. await ben.WaitForMessagesAsync(2 - there.Count)];
        Assert.Equal(["before", "into the void"], there.Select(message => message.Text));
        await person.ExpectMessageAsync("into the void");
        await person.DisposeAsync();
        await again.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Several_channels_each_have_their_own_conversation_and_unread_count()
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@one");
        await using var person = await Person.JoinAsync(browser, server.Web, "anna", "@one");
        await person.EnterAsync("two");
        await person.SayAsync("in two");
        await person.ExpectMessageAsync("in two");
        await ben.SendAsync("@one", "in one");
        await Expect(person.Channels.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "@one" })).ToContainTextAsync("1");
        await person.Channels.GetByText("@one").ClickAsync();
        await person.ExpectMessageAsync("in one");
        await Expect(person.Log.GetByText("in two")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(320, 568)]
    [InlineData(768, 1024)]
    [InlineData(1280, 800)]
    public async Task Nothing_is_cut_off_on_any_screen(int width, int height)
    {
        await using var server = await ChatServer.StartAsync();
        await using var person = await Person.JoinAsync(
            browser, server.Web, "anna", "@room", new() { ViewportSize = new() { Width = width, Height = height } });
        await person.SayAsync("a " + new string('x', 300) + " https://example.org/" + new string('y', 200));
        await Expect(person.Log).ToContainTextAsync("example.org");
        Assert.Equal(width, await person.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        await Expect(person.Page.GetByRole(AriaRole.Button, new() { Name = "Send" })).ToBeInViewportAsync();
    }

    [Fact]
    public async Task The_whole_way_can_be_gone_by_keyboard()
    {
        await using var server = await ChatServer.StartAsync();
        await using var person = await Person.OpenAsync(browser, server.Web);
        await Expect(person.Page.GetByRole(AriaRole.Textbox, new() { Name = "Username" })).ToBeFocusedAsync();
        await person.Page.Keyboard.TypeAsync("anna");
        await person.Page.Keyboard.PressAsync("Enter");
        await Expect(person.Message).ToBeFocusedAsync();
        await person.Page.Keyboard.TypeAsync("first line");
        await person.Page.Keyboard.PressAsync("Shift+Enter");
        await person.Page.Keyboard.TypeAsync("second line");
        await person.Page.Keyboard.PressAsync("Enter");
        await Expect(person.Log).ToContainTextAsync("first line\nsecond line", new() { UseInnerText = true });
        await Expect(person.Message).ToHaveValueAsync("");
    }

    [Fact]
    public async Task Text_is_never_markup()
    {
        await using var server = await ChatServer.StartAsync();
        await using var person = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await using var native = await RawKaiClient.SignInAsync(server.Native, "<b>x</b>", "@room");
        const string Attack = "<img src=x onerror=alert(1)> javascript:alert(1) <script>alert(2)</script>";
        await native.SendAsync(Shared.KaiChat.KaiPdu.Send(Attack));
        await person.ExpectMessageAsync(Attack);
        Assert.Equal(0, await person.Log.Locator("img, script, a:not(.message-time), b").CountAsync());
    }
}
