using KaiChat.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KaiChat.EndToEnd;

/// <summary>The composer's help: completion, commands, pasted lines, and what it says when nothing can be written.</summary>
public sealed class ComposerTests(Browser browser)
{
    [Fact]
    public async Task Names_channels_commands_and_emoji_are_completed_by_keyboard()
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        await using var berta = await WebUser.SignInAsync(server, "berta", "@room");
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await Expect(anna.Members).ToContainTextAsync("berta");

        await anna.Message.PressSequentiallyAsync("hi @be");
        await Expect(Options(anna)).ToHaveCountAsync(2);
        await Expect(Chosen(anna)).ToHaveTextAsync("ben");
        await Expect(anna.Message).ToHaveAttributeAsync("aria-activedescendant", (await Chosen(anna).GetAttributeAsync("id"))!);
        await anna.Message.PressAsync("ArrowDown");
        await Expect(Chosen(anna)).ToHaveTextAsync("berta");
        await anna.Message.PressAsync("Enter");
        await Expect(anna.Message).ToHaveValueAsync("hi @berta ");
        await Expect(Options(anna)).ToHaveCountAsync(0);
        await anna.Message.PressSequentiallyAsync("and @be");
        await anna.Message.PressAsync("Escape");
        await Expect(Options(anna)).ToHaveCountAsync(0);
        await Expect(anna.Message).ToHaveValueAsync("hi @berta and @be");
        await anna.Message.PressSequentiallyAsync("n ");
        // Whoever typed all of a name and presses Enter wants to send.
        await anna.Message.PressSequentiallyAsync("@ben");
        await anna.Message.PressAsync("Enter");
        await anna.ExpectMessageAsync("hi @berta and @ben @ben");

        await anna.Message.PressSequentiallyAsync("#ro");
        await anna.Message.PressAsync("Tab");
        await Expect(anna.Message).ToHaveValueAsync("@room ");
        await anna.Message.FillAsync("");
        await anna.Message.PressSequentiallyAsync(":tea");
        await Expect(Chosen(anna)).ToContainTextAsync("\ud83c\udf75");
        await anna.Message.PressAsync("Tab");
        await Expect(anna.Message).ToHaveValueAsync("\ud83c\udf75 ");
        await anna.Message.FillAsync("");
        await anna.Message.PressSequentiallyAsync("/");
        await Expect(Options(anna).Filter(new() { HasText = "/search" })).ToContainTextAsync("search messages");
        await Expect(Options(anna).Filter(new() { HasText = "/kick" })).ToHaveCountAsync(0);
        await anna.Message.PressSequentiallyAsync("jo");
        await anna.Message.PressAsync("Tab");
        await Expect(anna.Message).ToHaveValueAsync("/join ");
        await anna.Message.PressSequentiallyAsync("dev");
        await anna.Message.PressAsync("Enter");
        await Expect(anna.Page.GetByRole(AriaRole.Heading, new() { Name = "@dev", Level = 1 })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_key_right_behind_a_letter_is_for_the_list_that_the_letter_opened()
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        await using var berta = await WebUser.SignInAsync(server, "berta", "@room");
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await Expect(anna.Members).ToContainTextAsync("berta");
        // As soon as the list stands, and before the page is painted: a busy one is painted late.
        Assert.True(await anna.Message.EvaluateAsync<bool>(
            """
            async field => {
              const isOpen = () => document.querySelector('[role=listbox] [role=option]') !== null;
              field.focus();
              field.setRangeText('@be', 0, 0, 'end');
              field.dispatchEvent(new InputEvent('input', { bubbles: true }));
              for (let i = 0; i < 1_000 && !isOpen(); i++) await null;
              field.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, cancelable: true }));
              return isOpen();
            }
            """));
        await Expect(Chosen(anna)).ToHaveTextAsync("berta");
    }

    [Fact]
    public async Task A_command_is_never_sent_and_an_unknown_one_is_an_error()
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await SayAsync(anna, "/usr/bin");
        await Expect(Composer(anna).GetByRole(AriaRole.Alert)).ToContainTextAsync("There is no command /usr/bin");
        await Expect(anna.Message).ToHaveValueAsync("/usr/bin");
        await SayAsync(anna, "/operator kc_very_secret");
        await Expect(Composer(anna).GetByRole(AriaRole.Alert)).ToContainTextAsync("A key does not belong into a message");
        await SayAsync(anna, "/kick ben");
        await Expect(Composer(anna).GetByRole(AriaRole.Alert)).ToContainTextAsync("is for operators");
        await SayAsync(anna, "/who");
        await Expect(anna.Log.GetByText("2 here: 2 web, 0 native: anna, ben")).ToBeVisibleAsync();
        await SayAsync(anna, "/help");
        await Expect(anna.Page.GetByRole(AriaRole.Dialog, new() { Name = "Commands" })).ToContainTextAsync("/join @channel");
        await anna.Page.Keyboard.PressAsync("Escape");
        await Expect(anna.Message).ToHaveValueAsync("");
        await SayAsync(anna, "/theme dark");
        await Expect(anna.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await SayAsync(anna, "/me waves");
        await SayAsync(anna, "//usr/bin");
        await anna.ExpectMessageAsync("/usr/bin");
        await Expect(anna.Log.Locator("em")).ToHaveTextAsync("anna waves");
        Assert.Equal(["*anna waves*", "/usr/bin"], (await ben.WaitForMessagesAsync(2)).Select(message => message.Text));
        await SayAsync(anna, "/operator");
        var key = anna.Page.GetByLabel("Admin key");
        await Expect(key).ToBeFocusedAsync();
        await Expect(key).ToHaveAttributeAsync("type", "password");
        await anna.Page.Keyboard.PressAsync("Escape");
        await SayAsync(anna, "/quit");
        await Expect(anna.Page.GetByRole(AriaRole.Textbox, new() { Name = "Username" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Many_pasted_lines_are_asked_about()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await PasteAsync(anna, "one\ntwo");
        await Expect(anna.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        var lines = string.Join('\n', Enumerable.Range(1, 12));
        await PasteAsync(anna, lines);
        await Expect(anna.Page.GetByRole(AriaRole.Dialog, new() { Name = "Paste 12 lines?" })).ToBeVisibleAsync();
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(anna.Message).ToHaveValueAsync("");
        await PasteAsync(anna, lines);
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "As a block" }).ClickAsync();
        await Expect(anna.Message).ToHaveValueAsync($"```\n{lines}\n```");
        await Expect(anna.Message).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Whoever_cannot_write_is_told_why_and_what_remains_possible()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await Person.OpenAsync(browser, server.Web);
        var said = await SaidToThePage.InterceptAsync(anna.Page);
        await anna.SignInAsync("anna", "@room");
        // A server says nothing before the page has come in.
        await Expect(anna.Log).ToContainTextAsync("You are the first here");
        await anna.Message.FillAsync("half a thought");
        await said.SayAsync("Muted", "@room", new { by = "mod", reason = "too loud", until = DateTimeOffset.UtcNow.AddHours(1) });
        await Expect(anna.Message).ToBeDisabledAsync();
        await Expect(Composer(anna).GetByText("mod muted you until")).ToContainTextAsync("too loud");
        await Expect(anna.Message).ToHaveValueAsync("half a thought");
        await said.SayAsync("Muted", "@room", null);
        await Expect(anna.Message).ToBeEnabledAsync();
        await said.SayAsync("ChannelChanged", "@room", new { topic = "", readOnly = true, native = (object?)null });
        await Expect(Composer(anna).GetByText("Only operators may write here")).ToBeVisibleAsync();
        await said.SayAsync("Kicked", new { channel = "@room", by = "mod", reason = "enough", until = (DateTimeOffset?)null });
        var notice = anna.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "mod put you out of @room: \u201cenough\u201d." });
        await Expect(notice).ToContainTextAsync("You may come back.");
        await Expect(anna.Channels.GetByText("@room")).ToHaveCountAsync(0);
        await notice.GetByRole(AriaRole.Button, new() { Name = "Enter again" }).ClickAsync();
        await Expect(anna.Channels.GetByText("@room")).ToBeVisibleAsync();
        await Expect(notice).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_is_refused_is_kept_and_said_with_its_code()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await Person.OpenAsync(browser, server.Web);
        var said = await SaidToThePage.InterceptAsync(anna.Page);
        said.Refuse("Send", "HubException: muted: mod muted you.");
        said.Refuse("Operate", "HubException: unauthorized: That is no key. [900 s]");
        await anna.SignInAsync("anna", "@room");
        await anna.SayAsync("hello");
        await Expect(anna.Row("hello").GetByRole(AriaRole.Alert)).ToHaveTextAsync("mod muted you. muted");
        await anna.Row("hello").GetByRole(AriaRole.Button, new() { Name = "Edit" }).ClickAsync();
        await Expect(anna.Message).ToHaveValueAsync("hello");
        await SayAsync(anna, "/operator");
        await anna.Page.GetByLabel("Admin key").FillAsync("wrong");
        await anna.Page.GetByLabel("Admin key").PressAsync("Enter");
        var dialog = anna.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToHaveTextAsync("That is no key. unauthorized");
        await Expect(dialog.GetByText("Wait ")).ToContainTextAsync("second");
    }

    [Fact]
    public async Task Too_many_messages_wait_visibly_and_are_sent()
    {
        // The server's time stands still, so it is too fast until the test says otherwise, however long that takes.
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var server = await ChatServer.StartAdjustedAsync(_ => { }, clock, "Limits:MessageBurst=2", "Limits:MessagesPerSecond=0.5");
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        foreach (var text in (string[])["one", "two", "three"]) await anna.SayAsync(text);
        await Expect(anna.Row("three")).ToContainTextAsync("You write too fast for this server. It is kept and sent in");
        await Expect(anna.Row("three")).Not.ToContainTextAsync("Delivered");
        clock.Advance(TimeSpan.FromSeconds(2));
        await Expect(anna.Row("three")).ToContainTextAsync("Delivered");
        await Expect(anna.Row("three")).Not.ToContainTextAsync("too fast");
    }

    private static ILocator Composer(Person person) => person.Page.GetByRole(AriaRole.Form, new() { Name = "Write a message" });

    private static ILocator Options(Person person) => person.Page.GetByRole(AriaRole.Listbox, new() { Name = "Completions" }).GetByRole(AriaRole.Option);

    private static ILocator Chosen(Person person) => person.Page.GetByRole(AriaRole.Option, new() { Selected = true });

    private static async Task SayAsync(Person person, string text)
    {
        await person.Message.FillAsync(text);
        await person.Message.PressAsync("Escape");
        await person.Message.PressAsync("Enter");
    }

    private static async Task PasteAsync(Person person, string text) => await person.Message.EvaluateAsync(
        """
        (field, text) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData('text/plain', text);
          field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
        }
        """, text);
}
