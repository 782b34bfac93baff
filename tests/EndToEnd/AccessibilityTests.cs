using KaiChat.Shared.KaiChat;
using KaiChat.TestKit;
using Microsoft.Playwright;

namespace KaiChat.EndToEnd;

/// <summary>axe finds nothing on any view, in every theme (axe-core comes with the page's development packages).</summary>
public sealed class AccessibilityTests(Browser browser)
{
    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 320)]
    [InlineData(ColorScheme.Dark, 320)]
    public async Task Axe_finds_nothing(ColorScheme theme, int width)
    {
        await using var server = await ChatServer.StartAsync();
        await using var native = await RawKaiClient.SignInAsync(server.Native, "natalie", "@room");
        await native.SendAsync(KaiPdu.Send("hello from a native client, see https://example.org/"));
        await using var person = await Person.OpenAsync(browser, server.Web, options: new() { ColorScheme = theme, ViewportSize = new() { Width = width, Height = 800 } });
        await ExpectNothingAsync(person.Page);

        await person.SignInAsync("anna", "@room");
        await person.SayAsync("caf\u00e9");
        // Not only shown, but stored: what the native client says next is to come behind it.
        await Assertions.Expect(person.Row("caf\u00e9")).ToContainTextAsync("Delivered");
        await ExpectNothingAsync(person.Page);

        await Person.SetFocusAsync(person.Page, false);
        await native.SendAsync(KaiPdu.Send("unread"));
        await person.ExpectMessageAsync("unread");
        await person.Row("unread").FocusAsync();
        await ExpectNothingAsync(person.Page);
        await person.Page.Keyboard.PressAsync("Shift+Escape");
        await Assertions.Expect(person.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" })).ToBeVisibleAsync();
        await ExpectNothingAsync(person.Page);
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 320)]
    [InlineData(ColorScheme.Dark, 320)]
    public async Task Axe_finds_nothing_in_the_search(ColorScheme theme, int width)
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        foreach (var text in (string[])["hello", "green tea", "good bye"]) await ben.SendAsync("@room", text);
        await using var person = await Person.OpenAsync(
            browser, server.Web, "/c/@room/m/99", new() { ColorScheme = theme, ViewportSize = new() { Width = width, Height = 800 } });
        await person.SignInAsync("anna", "@room");
        await Assertions.Expect(person.Page.GetByText("Message 99 has not been written yet")).ToBeVisibleAsync();
        await ExpectNothingAsync(person.Page);

        await person.Page.GetByRole(AriaRole.Button, new() { Name = "Search messages" }).ClickAsync();
        var field = person.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Search for" });
        foreach (var (query, expected) in ((string, string)[])[("tea", "1 message found"), ("coffee", "Nothing found"), ("before:x", "before")])
        {
            await field.FillAsync(query);
            await field.PressAsync("Enter");
            await Assertions.Expect(person.Page.GetByRole(AriaRole.Region, new() { Name = "Search" }).GetByText(expected).First).ToBeVisibleAsync();
            await ExpectNothingAsync(person.Page);
        }
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 320)]
    [InlineData(ColorScheme.Dark, 320)]
    public async Task Axe_finds_nothing_in_markdown_and_changed_messages(ColorScheme theme, int width)
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        await ben.SendAsync("@room", Conversation.Markdown);
        await using var person = await Person.OpenAsync(browser, server.Web, options: new() { ColorScheme = theme, ViewportSize = new() { Width = width, Height = 800 } });
        await person.SignInAsync("anna", "@room");
        await Conversation.HoldAsync(person, ben);
        await ExpectNothingAsync(person.Page);

        var last = person.Page.Locator("[data-seq='3']");
        await last.FocusAsync();
        await Assertions.Expect(last.GetByRole(AriaRole.Button, new() { Name = "React" })).ToBeVisibleAsync();
        await person.Page.Keyboard.PressAsync("+");
        await Assertions.Expect(person.Page.GetByRole(AriaRole.Textbox, new() { Name = "Another emoji" })).ToBeVisibleAsync();
        await ExpectNothingAsync(person.Page);
        await person.Page.Keyboard.PressAsync("Escape");
        await person.Page.Keyboard.PressAsync("Delete");
        await Assertions.Expect(person.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await ExpectNothingAsync(person.Page);
        await person.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(person.Page.Locator("dialog")).ToHaveCountAsync(0);
        await person.Page.Keyboard.PressAsync("r");
        await Assertions.Expect(person.Page.GetByText("Answer to")).ToBeVisibleAsync();
        await last.GetByRole(AriaRole.Button, new() { Name = "edited" }).ClickAsync();
        await Assertions.Expect(person.Page.GetByRole(AriaRole.List, new() { Name = "Former texts" })).ToBeVisibleAsync();
        await ExpectNothingAsync(person.Page);
        await person.Log.FocusAsync();
        await person.Page.Keyboard.PressAsync("?");
        await Assertions.Expect(person.Page.GetByRole(AriaRole.Heading, new() { Name = "Keyboard shortcuts" })).ToBeVisibleAsync();
        await ExpectNothingAsync(person.Page);
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 320)]
    [InlineData(ColorScheme.Dark, 320)]
    public async Task Axe_finds_nothing_in_the_composers_help_and_in_its_dialogs(ColorScheme theme, int width)
    {
        await using var server = await ChatServer.StartAsync();
        await using var person = await Person.OpenAsync(browser, server.Web, options: new() { ColorScheme = theme, ViewportSize = new() { Width = width, Height = 800 } });
        var said = await SaidToThePage.InterceptAsync(person.Page);
        said.Answer("PreviewSanction", _ => new[] { "ben" });
        said.Answer("Operate", _ => new[] { "moderation:write" });
        await person.SignInAsync("anna", "@room");
        await Assertions.Expect(person.Log).ToContainTextAsync("You are the first here");
        await ExpectNothingAsync(person.Page);
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        await using var cleo = await WebUser.SignInAsync(server, "cleo", "@room");
        await Assertions.Expect(person.Log).ToContainTextAsync("2 joined");
        await ben.SendAsync("@room", "@anna and @ben in @room");
        await Assertions.Expect(person.Log).ToContainTextAsync("Mentions you.");
        await person.Message.PressSequentiallyAsync("/");
        await Assertions.Expect(person.Page.GetByRole(AriaRole.Option).First).ToBeVisibleAsync();
        Assert.True(await person.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        await ExpectNothingAsync(person.Page);
        await CommandAsync("/nope");
        await Assertions.Expect(person.Page.GetByText("There is no command")).ToBeVisibleAsync();
        await ExpectNothingAsync(person.Page);
        await CommandAsync("/operator");
        await Assertions.Expect(person.Page.GetByLabel("Admin key")).ToBeFocusedAsync();
        await ExpectNothingAsync(person.Page);
        await person.Page.GetByLabel("Admin key").FillAsync("secret");
        await person.Page.GetByLabel("Admin key").PressAsync("Enter");
        await Assertions.Expect(person.Page.GetByText("You are an operator now.")).ToBeVisibleAsync();
        foreach (var (command, title) in ((string, string)[])[("/ban ben", "Ban ben"), ("/help", "Commands")])
        {
            await CommandAsync(command);
            await Assertions.Expect(person.Page.GetByRole(AriaRole.Dialog, new() { Name = title })).ToBeVisibleAsync();
            await ExpectNothingAsync(person.Page);
            await person.Page.Keyboard.PressAsync("Escape");
            await Assertions.Expect(person.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        }
        await person.Page.Keyboard.PressAsync("Control+K");
        await Assertions.Expect(person.Page.GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
        await ExpectNothingAsync(person.Page);
        await person.Page.Keyboard.PressAsync("Escape");
        await said.SayAsync("Muted", "@room", new { by = "mod", reason = "too loud", until = (DateTimeOffset?)null });
        await Assertions.Expect(person.Message).ToBeDisabledAsync();
        await ExpectNothingAsync(person.Page);
        await said.SayAsync("Kicked", new { channel = "@room", by = "mod", reason = "enough", until = DateTimeOffset.UtcNow.AddHours(1) });
        await Assertions.Expect(person.Page.GetByText("mod put you out of @room")).ToBeVisibleAsync();
        await ExpectNothingAsync(person.Page);

        async Task CommandAsync(string text)
        {
            await person.Message.FillAsync(text);
            await person.Message.PressAsync("Escape");
            await person.Message.PressAsync("Enter");
        }
    }

    [Theory]
    [InlineData("light", ColorScheme.Dark, 1280)]
    [InlineData("dark", ColorScheme.Light, 1280)]
    [InlineData("contrast", ColorScheme.Light, 1280)]
    [InlineData("contrast", ColorScheme.Dark, 1280)]
    [InlineData("contrast", ColorScheme.Light, 320)]
    [InlineData("contrast", ColorScheme.Dark, 320)]
    public async Task Axe_finds_nothing_in_a_chosen_theme_nor_in_its_dialog(string theme, ColorScheme system, int width)
    {
        await using var server = await ChatServer.StartAsync();
        await using var native = await RawKaiClient.SignInAsync(server.Native, "natalie", "@room");
        await native.SendAsync(KaiPdu.Send("hello from a native client, see https://example.org/"));
        await using var person = await Person.OpenAsync(browser, server.Web, options: new() { ColorScheme = system, ViewportSize = new() { Width = width, Height = 800 } });
        var enhanced = theme == "contrast";
        await person.Page.GetByRole(AriaRole.Button, new() { Name = "Preferences" }).ClickAsync();
        await person.Page.Locator($"input[name=theme] >> nth={(theme == "light" ? 1 : theme == "dark" ? 2 : 3)}").CheckAsync();
        await person.Page.GetByRole(AriaRole.Radio, new() { Name = "Compact" }).CheckAsync();
        await Assertions.Expect(person.Page.Locator("html")).ToHaveAttributeAsync("data-theme", theme);
        await ExpectNothingAsync(person.Page, enhanced);
        await person.Page.Keyboard.PressAsync("Escape");
        await ExpectNothingAsync(person.Page, enhanced);

        await person.SignInAsync("anna", "@room");
        await person.SayAsync("caf\u00e9");
        await Assertions.Expect(person.Row("caf\u00e9")).ToContainTextAsync("Delivered");
        await Person.SetFocusAsync(person.Page, false);
        await native.SendAsync(KaiPdu.Send("unread"));
        await person.ExpectMessageAsync("unread");
        await person.Row("unread").FocusAsync();
        await ExpectNothingAsync(person.Page, enhanced);
        await person.Page.Keyboard.PressAsync("Control+,");
        await Assertions.Expect(person.Page.GetByRole(AriaRole.Dialog, new() { Name = "Preferences" })).ToBeVisibleAsync();
        await ExpectNothingAsync(person.Page, enhanced);
    }

    [Theory]
    [InlineData("contrast", ColorScheme.Light, ForcedColors.None)]
    [InlineData("contrast", ColorScheme.Dark, ForcedColors.None)]
    [InlineData("system", ColorScheme.Light, ForcedColors.Active)]
    [InlineData("system", ColorScheme.Dark, ForcedColors.Active)]
    public async Task Axe_finds_nothing_in_changed_messages_and_menus_with_more_contrast_or_colours_of_the_systems_own(string theme, ColorScheme system, ForcedColors forced)
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        await ben.SendAsync("@room", Conversation.Markdown);
        await using var person = await Person.OpenAsync(browser, server.Web, options: new() { ColorScheme = system, ForcedColors = forced });
        await person.Page.EvaluateAsync("theme => localStorage.setItem('kaichat.preferences', JSON.stringify({ theme }))", theme);
        await person.Page.ReloadAsync();
        await Assertions.Expect(person.Page.Locator("html")).ToHaveAttributeAsync("data-theme", theme);
        await person.SignInAsync("anna", "@room");
        await Conversation.HoldAsync(person, ben);
        var enhanced = theme == "contrast";
        await ExpectNothingAsync(person.Page, enhanced);
        if (forced == ForcedColors.Active)
        {
            // What a ground told, a line has to tell now.
            foreach (var marked in (string[])[".channel-item.is-active", ".message.is-own", ".reaction.is-own", ".badge, .count, .reaction"])
            {
                Assert.NotEqual("0px", await person.Page.Locator(marked).First.EvaluateAsync<string>("mark => getComputedStyle(mark).borderTopWidth"));
            }
        }
        await person.Page.GetByRole(AriaRole.Button, new() { Name = "More about @room" }).ClickAsync();
        await Assertions.Expect(person.Page.GetByRole(AriaRole.Dialog, new() { Name = "@room" })).ToBeVisibleAsync();
        await ExpectNothingAsync(person.Page, enhanced);
        await person.Page.Keyboard.PressAsync("Escape");
        await person.Page.GetByRole(AriaRole.Button, new() { Name = "More about ben" }).ClickAsync();
        await Assertions.Expect(person.Page.GetByRole(AriaRole.Dialog, new() { Name = "ben" })).ToBeVisibleAsync();
        await ExpectNothingAsync(person.Page, enhanced);
    }

    /// <param name="page">The page as it is now.</param>
    /// <param name="enhanced">Whether text must reach 7:1 (WCAG AAA).</param>
    internal static async Task ExpectNothingAsync(IPage page, bool enhanced = false)
    {
        await page.EvaluateAsync(await File.ReadAllTextAsync(Path.Combine(Root(), "WebClient/node_modules/axe-core/axe.min.js")));
        var findings = await page.EvaluateAsync<string[]>(
            "async enabled => (await axe.run({ rules: { 'color-contrast-enhanced': { enabled } } })).violations.map(v => `${v.id}: ${v.nodes.map(n => n.target + ' ' + n.failureSummary).join('; ')}`)", enhanced);
        Assert.Empty(findings);
    }

    private static string Root()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "KaiChat.Web.sln"))) directory = Path.GetDirectoryName(directory)!;
        return directory;
    }
}
