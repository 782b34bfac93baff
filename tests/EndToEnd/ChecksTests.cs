using System.Globalization;
using KaiChat.Shared.KaiChat;
using KaiChat.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KaiChat.EndToEnd;

/// <summary>Behaviours of docs/ux.md that no other test holds: size and width of text, days and times, the composer, drafts, what listeners are told, dialogs, targets.</summary>
public sealed class ChecksTests(Browser browser)
{
    private const string Eight = "1\n2\n3\n4\n5\n6\n7\n8";

    /// <summary>Everything that can be pressed and seen, and is smaller than a side given. Links within a text are as high as the text, and the time is one that the button "Copy link" stands in for.</summary>
    private const string TooSmall =
        """
        ([least, exceptTime]) => [...document.querySelectorAll('button, summary, a[href], input, select, textarea, [role=button]')]
          .filter(part => part.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !part.matches('.skip, .message-text a, .topic a' + (exceptTime ? ', .message-time' : '')))
          .map(part => ({ part, at: (part.closest('label') ?? part).getBoundingClientRect() }))
          .filter(({ at }) => at.width > 1 && (at.width < least || at.height < least))
          .map(({ part, at }) => `${part.tagName}.${part.className} ${part.ariaLabel ?? part.textContent}: ${at.width} × ${at.height}`)
        """;

    [Fact]
    public async Task With_text_twice_as_large_nothing_is_cut_off_and_everything_works()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room", new() { ViewportSize = new() { Width = 1280, Height = 800 } });
        await anna.SayAsync("before");
        await Expect(anna.Row("before")).ToContainTextAsync("Delivered");
        var settings = await anna.Page.Context.NewCDPSessionAsync(anna.Page);
        await settings.SendAsync("Page.setFontSizes", new() { ["fontSizes"] = new { standard = 32 } });
        await anna.Page.ReloadAsync();
        await Expect(anna.Page.Locator("html")).ToHaveCSSAsync("font-size", "32px");
        await anna.ExpectMessageAsync("before");
        await anna.SayAsync("a longer message that is certainly broken into several lines when the text is twice as large as it was");
        await Expect(anna.Log.GetByText("a longer message")).ToBeInViewportAsync();
        var cutOff = await anna.Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('button, textarea, h1, h2, .message-text, .message-time')]
              .filter(part => part.checkVisibility() && part.clientWidth > 1 && !part.closest('.visually-hidden, .drawer, .panel'))
              .filter(part => {
                const at = part.getBoundingClientRect();
                return at.left < 0 || at.right > innerWidth || (!part.matches('textarea') && part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).display !== 'inline');
              })
              .map(part => `${part.tagName}.${part.className} ${part.textContent}`)
            """);
        Assert.Empty(cutOff);
        Assert.True(await anna.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        await Expect(anna.Message).ToBeInViewportAsync(new() { Ratio = 1 });
        await Expect(anna.Page.GetByRole(AriaRole.Button, new() { Name = "Send" })).ToBeInViewportAsync(new() { Ratio = 1 });
    }

    [Fact]
    public async Task On_a_very_wide_screen_a_line_holds_about_ninety_characters()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room", new() { ViewportSize = new() { Width = 2560, Height = 1300 } });
        await anna.SayAsync(string.Concat(Enumerable.Repeat("The quick brown fox jumps over the lazy dog while nobody is looking. ", 12)).Trim());
        await Expect(anna.Log).ToContainTextAsync("Delivered");
        var longest = await anna.Log.Locator(".message-text p").EvaluateAsync<int>(
            """
            text => {
              const lines = new Map(), range = document.createRange(), node = text.firstChild;
              for (let i = 0; i < node.length; i++) {
                range.setStart(node, i);
                range.setEnd(node, i + 1);
                const top = Math.round(range.getBoundingClientRect().top);
                lines.set(top, (lines.get(top) ?? 0) + 1);
              }
              return Math.max(...lines.values());
            }
            """);
        Assert.InRange(longest, 60, 100);
    }

    [Fact]
    public async Task A_day_is_a_heading_with_its_date_and_stays_in_view()
    {
        await using var server = await ChatServer.StartAsync("Limits:MessageBurst=1000");
        await using var ben = await WriteAsync(server, 60);
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room", new() { TimezoneId = "UTC" });
        await Expect(anna.Row("message 60")).ToBeInViewportAsync();
        await Expect(anna.Row("message 1")).Not.ToBeInViewportAsync();
        var day = anna.Log.GetByRole(AriaRole.Heading);
        await Expect(day).ToHaveCountAsync(1);
        await Expect(day.Locator("time")).ToHaveAttributeAsync("datetime", ben.Messages.Last().SentAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await Expect(day).ToBeInViewportAsync(new() { Ratio = 1 });
    }

    [Fact]
    public async Task A_time_tells_date_zone_and_number_and_a_row_is_named_by_author_text_and_time()
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await WriteAsync(server, 2);
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room", new() { TimezoneId = "Asia/Tokyo", Locale = "en-GB" });
        var sentAt = (await ben.WaitForMessagesAsync(2))[1].SentAt;
        var there = sentAt.ToOffset(TimeSpan.FromHours(9));
        var time = anna.Row("message 2").Locator("time");
        var told = DateTimeOffset.Parse((await time.GetAttributeAsync("datetime"))!, CultureInfo.InvariantCulture);
        Assert.InRange((told - sentAt).Duration(), TimeSpan.Zero, TimeSpan.FromMilliseconds(1));
        var link = anna.Row("message 2").GetByRole(AriaRole.Link);
        var title = await link.GetAttributeAsync("title");
        Assert.Contains(there.ToString("d MMMM yyyy", CultureInfo.InvariantCulture), title, StringComparison.Ordinal);
        Assert.Contains("GMT+9", title, StringComparison.Ordinal);
        Assert.EndsWith("number 2", title, StringComparison.Ordinal);
        await Expect(link).ToHaveCSSAsync("color", "rgba(0, 0, 0, 0)");
        await anna.Row("message 2").HoverAsync();
        await Expect(link).Not.ToHaveCSSAsync("color", "rgba(0, 0, 0, 0)");
        await Expect(anna.Row("message 2")).ToHaveAccessibleNameAsync($"ben message 2 {there.ToString("HH:mm", CultureInfo.InvariantCulture)}");
    }

    [Fact]
    public async Task What_a_native_client_wrote_is_explained_isolated_and_without_hidden_signs()
    {
        await using var server = await ChatServer.StartAsync();
        await using var native = await RawKaiClient.SignInAsync(server.Native, "natalie", "@room");
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        await native.SendAsync(KaiPdu.Send("ring"));
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await anna.ExpectMessageAsync("ring");
        var badge = anna.Row("ring").GetByText("native", new() { Exact = true });
        await Expect(badge).ToHaveAttributeAsync("title", "Written in a native KaiChat client: protocol version 1, little-endian or big-endian");
        await Expect(anna.Row("ring").Locator("bdi")).ToHaveTextAsync("natalie");
        await Expect(anna.Members.Locator("bdi").Filter(new() { HasText = "natalie" })).ToHaveCountAsync(1);
        await ben.SendAsync("@room", "abc\u202edef");
        await anna.ExpectMessageAsync("abc[U+202E]def");
        await ben.SendAsync("@room", "\u05e9\u05dc\u05d5\u05dd (abc)");
        await Expect(anna.Log.GetByText("\u05e9\u05dc\u05d5\u05dd (abc)")).ToHaveCSSAsync("direction", "rtl");
        await Expect(anna.Log.GetByText("ring", new() { Exact = true })).ToHaveCSSAsync("direction", "ltr");
        await anna.Message.FillAsync("\u05e9\u05dc\u05d5\u05dd");
        await Expect(anna.Message).ToHaveCSSAsync("direction", "rtl");
    }

    [Fact]
    public async Task The_composer_grows_to_eight_lines_and_an_input_method_never_sends()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        var (one, two, eight) = (await HeightAsync("1"), await HeightAsync("1\n2"), await HeightAsync(Eight));
        Assert.InRange(eight - one, 7 * (two - one) - 1, 7 * (two - one) + 1);
        Assert.True(two > one);
        Assert.False(await ScrollsAsync());
        Assert.Equal(eight, await HeightAsync(Eight + "\n9\n10"));
        Assert.True(await ScrollsAsync());
        await anna.Message.FillAsync("\u306b\u307b\u3093");
        await anna.Message.EvaluateAsync(
            "field => field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }))");
        await Expect(anna.Message).ToHaveValueAsync("\u306b\u307b\u3093");
        await anna.Message.PressAsync("Enter");
        await Expect(anna.Message).ToHaveValueAsync("");
        await Expect(anna.Log.Locator("[data-row]")).ToHaveCountAsync(1);

        async Task<float> HeightAsync(string text)
        {
            await anna.Message.FillAsync(text);
            return (await anna.Message.BoundingBoxAsync())!.Height;
        }

        Task<bool> ScrollsAsync() => anna.Message.EvaluateAsync<bool>("field => field.scrollHeight > field.clientHeight");
    }

    [Fact]
    public async Task A_draft_is_there_after_a_reload_and_in_another_tab_and_marked_in_the_list()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@one");
        await anna.EnterAsync("two");
        var tab = await anna.NewTabAsync("/c/@one");
        var channels = tab.GetByRole(AriaRole.List, new() { Name = "Channels" });
        await Expect(channels.GetByText("@two")).ToBeVisibleAsync();
        await anna.Message.FillAsync("half a thought");
        await Expect(channels.GetByTitle("Draft")).ToHaveCountAsync(1);
        await channels.GetByText("@two").ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Textbox, new() { Name = "Message" })).ToHaveValueAsync("half a thought");
        await Expect(channels.GetByTitle("Draft")).ToHaveCountAsync(0);
        await anna.Page.ReloadAsync();
        await Expect(anna.Message).ToHaveValueAsync("half a thought");
        await anna.Channels.GetByText("@one").ClickAsync();
        await Expect(anna.Channels.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "@two" }).GetByTitle("Draft")).ToBeVisibleAsync();
        await Expect(anna.Message).ToHaveValueAsync("");
    }

    [Fact]
    public async Task The_end_stays_in_view_when_the_composer_grows_and_the_window_shrinks()
    {
        await using var server = await ChatServer.StartAsync("Limits:MessageBurst=1000");
        await using var ben = await WriteAsync(server, 60);
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room", new() { ViewportSize = new() { Width = 900, Height = 800 } });
        await Expect(anna.Row("message 60")).ToBeInViewportAsync(new() { Ratio = 1 });
        await anna.Message.FillAsync(Eight);
        await Expect(anna.Row("message 60")).ToBeInViewportAsync(new() { Ratio = 1 });
        // As a phone whose keyboard opens.
        await anna.Page.SetViewportSizeAsync(400, 420);
        await Expect(anna.Row("message 60")).ToBeInViewportAsync(new() { Ratio = 1 });
        await anna.Page.SetViewportSizeAsync(900, 800);
        await Expect(anna.Row("message 60")).ToBeInViewportAsync(new() { Ratio = 1 });
    }

    [Fact]
    public async Task The_log_speaks_politely_and_not_of_history_or_what_one_wrote_oneself()
    {
        await using var server = await ChatServer.StartAsync("Limits:MessageBurst=1000");
        await using var ben = await WriteAsync(server, 300);
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await Expect(anna.Row("message 300")).ToBeInViewportAsync();
        await Expect(anna.Log).ToHaveAttributeAsync("aria-live", "polite");
        await Expect(anna.Log).ToHaveAttributeAsync("aria-relevant", "additions");
        await anna.SayAsync("mine");
        await Expect(anna.Row("mine")).ToHaveAttributeAsync("aria-live", "off");
        await Expect(anna.Row("mine")).ToContainTextAsync("Delivered");
        await Expect(anna.Row("message 300")).Not.ToHaveAttributeAsync("aria-live", "off");
        await Expect(anna.Log).ToHaveAttributeAsync("aria-busy", "false");
        await anna.Log.EvaluateAsync(
            """
            log => {
              window.spoken = [];
              const rowsIn = node => node.nodeType !== 1 ? [] : node.matches('[data-row]') ? [node] : [...node.querySelectorAll('[data-row]')];
              new MutationObserver(changes => {
                if (log.ariaBusy === 'true') return;
                for (const { addedNodes } of changes) for (const node of addedNodes) window.spoken.push(...rowsIn(node).map(row => row.dataset.seq));
              }).observe(log, { childList: true, subtree: true });
            }
            """);
        var held = await anna.Page.Locator("[data-seq]").CountAsync();
        await anna.Log.EvaluateAsync("log => log.scrollTo(0, 0)");
        await anna.Page.WaitForFunctionAsync("held => document.querySelectorAll('[data-seq]').length > held", held);
        await Expect(anna.Log).ToHaveAttributeAsync("aria-busy", "false");
        Assert.Empty(await anna.Page.EvaluateAsync<string[]>("() => window.spoken"));
        await ben.SendAsync("@room", "news");
        await anna.Page.WaitForFunctionAsync("() => window.spoken.length === 1");
    }

    [Theory]
    [InlineData("More about @room", "@room")]
    [InlineData("More about anna", "anna")]
    [InlineData("Preferences", "Preferences")]
    public async Task A_dialog_has_a_name_keeps_the_focus_closes_with_Escape_and_gives_the_focus_back(string opener, string title)
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        var button = anna.Page.GetByRole(AriaRole.Button, new() { Name = opener, Exact = true });
        await button.FocusAsync();
        await anna.Page.Keyboard.PressAsync("Enter");
        var dialog = anna.Page.GetByRole(AriaRole.Dialog, new() { Name = title, Exact = true });
        await Expect(dialog).ToBeVisibleAsync();
        foreach (var key in Enumerable.Repeat("Tab", 25).Concat(Enumerable.Repeat("Shift+Tab", 25)))
        {
            await anna.Page.Keyboard.PressAsync(key);
            // Between the last stop and the first the focus is the browser's own, outside of the page.
            Assert.True(await dialog.EvaluateAsync<bool>("dialog => document.activeElement === document.body || dialog.contains(document.activeElement)"));
        }
        await anna.Page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(button).ToBeFocusedAsync();
    }

    [Theory]
    [InlineData(1280, false)]
    [InlineData(360, false)]
    [InlineData(360, true)]
    [InlineData(1024, true)]
    public async Task Everything_that_can_be_pressed_is_large_enough(int width, bool touch)
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        await ben.SendAsync("@room", Conversation.Markdown);
        await using var anna = await Person.OpenAsync(
            browser, server.Web, options: new() { HasTouch = touch, IsMobile = touch, ViewportSize = new() { Width = width, Height = 800 } });
        await Expect(anna.Page.GetByRole(AriaRole.Textbox, new() { Name = "Username" })).ToBeVisibleAsync();
        await ExpectAsync();
        await anna.SignInAsync("anna", "@room");
        await Conversation.HoldAsync(anna, ben);
        for (var seq = 1; seq <= 5; seq++)
        {
            await anna.Page.Locator($"[data-seq='{seq}']").FocusAsync();
            await Expect(anna.Page.Locator($"[data-seq='{seq}']").GetByRole(AriaRole.Button, new() { Name = "Copy link" })).ToBeVisibleAsync();
            await ExpectAsync();
        }
        var show = anna.Page.GetByRole(AriaRole.Button, new() { Name = "Show channels" });
        if (await show.IsVisibleAsync()) await show.ClickAsync();
        await Expect(anna.Channels).ToBeVisibleAsync();
        await ExpectAsync();

        async Task ExpectAsync()
        {
            var small = await anna.Page.EvaluateAsync<string[]>(TooSmall, new object[] { touch ? 44 : 24, touch });
            Assert.True(small.Length == 0, string.Join('\n', small));
        }
    }

    /// <summary>Somebody has said "message 1" and so on.</summary>
    private static async Task<WebUser> WriteAsync(ChatServer server, int count)
    {
        var ben = await WebUser.SignInAsync(server, "ben", "@room");
        for (var i = 1; i <= count; i++) await ben.SendAsync("@room", $"message {i}");
        await ben.WaitForMessagesAsync(count);
        return ben;
    }
}
