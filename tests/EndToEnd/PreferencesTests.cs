using System.Text.RegularExpressions;
using KaiChat.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KaiChat.EndToEnd;

/// <summary>What readers choose for themselves: it counts at once, in all tabs, and is there before the first paint.</summary>
public sealed partial class PreferencesTests(Browser browser)
{
    private const string OpenKey = "Control+,";

    [Fact]
    public async Task The_theme_survives_a_reload_and_is_there_before_the_program_runs()
    {
        await using var server = await ChatServer.StartAsync();
        await using var person = await Person.JoinAsync(browser, server.Web, "anna", "@room", new() { ColorScheme = ColorScheme.Dark });
        await ChooseAsync(person.Page, "Dark");
        await ExpectThemeAsync(person.Page, "dark", "rgb(21, 24, 30)");
        await ChooseAsync(person.Page, "High contrast");
        await ExpectThemeAsync(person.Page, "contrast", "rgb(0, 0, 0)");
        await ChooseAsync(person.Page, "Light");
        await ExpectThemeAsync(person.Page, "light", "rgb(252, 251, 247)");

        await person.Page.AddInitScriptAsync(
            """
            window.themes = [];
            const look = () => {
              if (document.body) window.themes.push(document.documentElement.dataset.theme ?? 'none');
            };
            // From when there is something to paint: a script that runs only after that is too late, whether or not a frame came in between.
            new MutationObserver(look).observe(document, { childList: true, subtree: true });
            const frame = () => {
              look();
              requestAnimationFrame(frame);
            };
            frame();
            """);
        var release = new TaskCompletionSource();
        await person.Page.RouteAsync("**/assets/index-*.js", async route =>
        {
            await release.Task;
            await route.ContinueAsync();
        });
        await person.Page.ReloadAsync(new() { WaitUntil = WaitUntilState.Commit });
        // Frames are drawn while the program has not even arrived.
        await person.Page.WaitForFunctionAsync("() => window.themes?.length > 2");
        await ExpectThemeAsync(person.Page, "light", "rgb(252, 251, 247)");
        await Expect(person.Message).ToHaveCountAsync(0);
        release.SetResult();
        await Expect(person.Message).ToBeVisibleAsync();
        Assert.Equal(["light"], await person.Page.EvaluateAsync<string[]>("() => [...new Set(window.themes)]"));
    }

    [Fact]
    public async Task A_choice_counts_in_all_tabs_at_once()
    {
        await using var server = await ChatServer.StartAsync();
        await using var person = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        var tab = await person.NewTabAsync("/c/@room");
        await Expect(tab.GetByRole(AriaRole.Textbox, new() { Name = "Message" })).ToBeVisibleAsync();
        await ChooseAsync(person.Page, "Dark", "Compact");
        await ExpectThemeAsync(tab, "dark", "rgb(21, 24, 30)");
        await Expect(tab.Locator("html")).ToHaveAttributeAsync("data-density", "compact");
        await tab.Keyboard.PressAsync(OpenKey);
        await Expect(tab.GetByRole(AriaRole.Radio, new() { Name = "Compact" })).ToBeCheckedAsync();
    }

    [Fact]
    public async Task More_contrast_is_given_where_the_system_asks_for_it()
    {
        await using var server = await ChatServer.StartAsync();
        await using var person = await Person.OpenAsync(browser, server.Web, options: new() { Contrast = Contrast.More, ColorScheme = ColorScheme.Light });
        await ExpectThemeAsync(person.Page, "contrast", "rgb(255, 255, 255)");
        // The theme is there before the program that hears the key.
        await Expect(person.Page.GetByRole(AriaRole.Textbox, new() { Name = "Username" })).ToBeVisibleAsync();
        await ChooseAsync(person.Page, "Dark");
        await ExpectThemeAsync(person.Page, "dark", "rgb(21, 24, 30)");
    }

    [Fact]
    public async Task The_language_changes_without_a_reload()
    {
        await using var server = await ChatServer.StartAsync();
        await using var person = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        var tab = await person.NewTabAsync("/c/@room");
        await person.SayAsync("hello");
        await Expect(person.Row("hello")).ToContainTextAsync("Delivered");
        await person.Message.FillAsync("half a");
        Assert.DoesNotContain("/assets/ja-", await ResourcesAsync(person.Page), StringComparison.Ordinal);
        await person.Page.EvaluateAsync("() => { window.still = 'here'; }");

        await person.Page.Keyboard.PressAsync(OpenKey);
        await Expect(person.Page.GetByRole(AriaRole.Dialog, new() { Name = "Preferences" })).ToBeVisibleAsync();
        await person.Page.GetByRole(AriaRole.Combobox, new() { Name = "Language" }).SelectOptionAsync("ja");
        await Expect(person.Page.Locator("html")).ToHaveAttributeAsync("lang", "ja");
        await Expect(person.Page.GetByRole(AriaRole.Dialog, new() { Name = "設定" })).ToBeVisibleAsync();
        await person.Page.Keyboard.PressAsync("Escape");
        await Expect(person.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        var field = person.Page.GetByRole(AriaRole.Textbox, new() { Name = "メッセージ" });
        await Expect(field).ToBeFocusedAsync();
        await Expect(field).ToHaveValueAsync("half a");
        await Expect(person.Page.GetByRole(AriaRole.Button, new() { Name = "送信", Exact = true })).ToBeVisibleAsync();
        // A row that had no reason of its own to be drawn again.
        await Expect(person.Row("hello")).ToContainTextAsync("送信済み");
        await Expect(person.Log.GetByRole(AriaRole.Heading, new() { Name = "今日" })).ToBeVisibleAsync();
        await Expect(tab.Locator("html")).ToHaveAttributeAsync("lang", "ja");
        await Expect(tab.GetByRole(AriaRole.Button, new() { Name = "送信", Exact = true })).ToBeVisibleAsync();

        await person.Page.Keyboard.PressAsync(OpenKey);
        await person.Page.GetByRole(AriaRole.Combobox, new() { Name = "言語" }).SelectOptionAsync("en");
        await Expect(person.Page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await Expect(person.Row("hello")).ToContainTextAsync("Delivered");
        Assert.Equal("here", await person.Page.EvaluateAsync<string>("() => window.still"));
    }

    [Fact]
    public async Task The_browsers_language_decides_at_first()
    {
        await using var server = await ChatServer.StartAsync();
        await using var person = await Person.OpenAsync(browser, server.Web, options: new() { Locale = "ja-JP" });
        await Expect(person.Page.Locator("html")).ToHaveAttributeAsync("lang", "ja");
        await person.Page.GetByRole(AriaRole.Textbox, new() { Name = "ユーザー名" }).FillAsync("日本");
        await Expect(person.Page.GetByText("半角の英数字と記号のみ使えます")).ToBeVisibleAsync();
        await Expect(person.Page.GetByRole(AriaRole.Button, new() { Name = "参加" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Times_have_twelve_hours_or_twenty_four()
    {
        await using var server = await ChatServer.StartAsync();
        await using var person = await Person.JoinAsync(browser, server.Web, "anna", "@room", new() { Locale = "en-US" });
        await person.SayAsync("hello");
        await Expect(person.Row("hello")).ToContainTextAsync("Delivered");
        var time = person.Row("hello").Locator("time");
        await Expect(time).ToHaveTextAsync(TwelveHours());
        await ChooseAsync(person.Page, "24 hours");
        await Expect(time).ToHaveTextAsync(TwentyFourHours());
        await ChooseAsync(person.Page, "12 hours");
        await Expect(time).ToHaveTextAsync(TwelveHours());
    }

    [Fact]
    public async Task The_key_that_sends_can_be_chosen()
    {
        await using var server = await ChatServer.StartAsync();
        await using var person = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await ChooseAsync(person.Page, "Ctrl+Enter (Enter: new line)");
        await person.Message.FillAsync("one");
        await person.Message.PressAsync("Enter");
        await person.Page.Keyboard.TypeAsync("two");
        await Expect(person.Message).ToHaveValueAsync("one\ntwo");
        await person.Message.PressAsync("Control+Enter");
        await Expect(person.Message).ToHaveValueAsync("");
        await Expect(person.Log).ToContainTextAsync("one\ntwo", new() { UseInnerText = true });
    }

    [Fact]
    public async Task Escape_closes_the_dialog_alone_and_gives_the_focus_back()
    {
        await using var server = await ChatServer.StartAsync();
        await using var person = await Person.JoinAsync(browser, server.Web, "anna", "@room", new() { ViewportSize = new() { Width = 360, Height = 640 } });
        await person.Page.GetByRole(AriaRole.Button, new() { Name = "Show channels" }).ClickAsync();
        var button = person.Page.GetByRole(AriaRole.Button, new() { Name = "Preferences", Exact = true });
        await button.ClickAsync();
        var dialog = person.Page.GetByRole(AriaRole.Dialog, new() { Name = "Preferences" });
        await Expect(dialog).ToBeVisibleAsync();
        Assert.Equal(360, await person.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        Assert.True(await dialog.EvaluateAsync<bool>("dialog => dialog.scrollWidth <= dialog.clientWidth"));
        await person.Page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(button).ToBeFocusedAsync();
        await Expect(person.Channels).ToBeVisibleAsync();
    }

    private static Task<string> ResourcesAsync(IPage page) =>
        page.EvaluateAsync<string>("() => performance.getEntriesByType('resource').map(entry => entry.name).join()");

    private static async Task ExpectThemeAsync(IPage page, string theme, string ground)
    {
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", theme);
        await Expect(page.Locator("body")).ToHaveCSSAsync("background-color", ground);
    }

    private static async Task ChooseAsync(IPage page, params string[] values)
    {
        await page.Keyboard.PressAsync(OpenKey);
        foreach (var value in values) await page.GetByRole(AriaRole.Radio, new() { Name = value, Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Close preferences" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    [GeneratedRegex(@"^\d?\d:\d\d\s[AP]M$", RegexOptions.None, 60_000)]
    private static partial Regex TwelveHours();

    [GeneratedRegex(@"^\d\d:\d\d$", RegexOptions.None, 60_000)]
    private static partial Regex TwentyFourHours();
}
