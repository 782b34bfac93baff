using KaiChat.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KaiChat.EndToEnd;

/// <summary>The page where there is little room: nothing is cut off, nothing covers a text, and everything can be hit with a finger.</summary>
public sealed class NarrowTests(Browser browser)
{
    private const string Outside =
        """
        () => {
          const log = document.querySelector('[role=log]'), frame = log.getBoundingClientRect(), found = [];
          if (document.documentElement.scrollWidth > innerWidth || log.scrollWidth > log.clientWidth) found.push('scrolls sideways');
          for (const part of log.querySelectorAll('.message:focus-within .message-time, .message:focus-within .row-actions, .message:focus-within button')) {
            if (!part.checkVisibility()) continue;
            const at = part.getBoundingClientRect(), row = part.closest('.message').getBoundingClientRect();
            if (at.left < frame.left || at.right > frame.left + log.clientWidth) found.push(`${part.className} is cut off`);
            if (at.top < row.top || at.bottom > row.bottom) found.push(`${part.className} is not in its row`);
            if (part.matches(matchMedia('(pointer: coarse)').matches ? 'button' : '.row-actions button') && (at.width < 44 || at.height < 44)) found.push(`${part.ariaLabel} is ${at.width} × ${at.height}`);
            const text = part.closest('.message').querySelector('.message-text, .message-stub').getBoundingClientRect();
            if (part.matches('.row-actions') && at.top < text.bottom) found.push('the actions cover the text');
          }
          return found;
        }
        """;

    [Theory]
    [InlineData(320, true)]
    [InlineData(320, false)]
    [InlineData(360, true)]
    public async Task Time_and_actions_of_a_row_stand_in_the_row(int width, bool touch)
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        foreach (var text in (string[])["first", "second", "a rather long message that takes more than one line on a phone"]) await ben.SendAsync("@room", text);
        await using var anna = await Person.JoinAsync(
            browser, server.Web, "anna", "@room", new() { HasTouch = touch, IsMobile = touch, ViewportSize = new() { Width = width, Height = 700 } });
        await anna.SayAsync("mine");
        await anna.SayAsync("mine again");
        foreach (var text in (string[])["first", "second", "a rather long message that takes more than one line on a phone", "mine", "mine again"])
        {
            if (touch) await anna.Log.GetByText(text, new() { Exact = true }).TapAsync();
            else await anna.Row(text).FocusAsync();
            await Expect(anna.Row(text)).ToBeFocusedAsync();
            await Expect(anna.Row(text).GetByRole(AriaRole.Button, new() { Name = "Copy link" })).ToBeVisibleAsync();
            Assert.Empty(await anna.Page.EvaluateAsync<string[]>(Outside));
        }
    }

    [Theory]
    [InlineData(320, true)]
    [InlineData(320, false)]
    public async Task Nothing_of_changed_messages_is_cut_off(int width, bool touch)
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        await ben.SendAsync("@room", Conversation.Markdown);
        await using var anna = await Person.JoinAsync(
            browser, server.Web, "anna", "@room", new() { HasTouch = touch, IsMobile = touch, ViewportSize = new() { Width = width, Height = 700 } });
        await Conversation.HoldAsync(anna, ben);
        for (var seq = 1; seq <= 5; seq++)
        {
            var row = anna.Page.Locator($"[data-seq='{seq}']");
            await row.FocusAsync();
            await Expect(row.GetByRole(AriaRole.Button, new() { Name = "Copy link" })).ToBeVisibleAsync();
            Assert.Empty(await anna.Page.EvaluateAsync<string[]>(Outside));
        }
        await anna.Page.Keyboard.PressAsync("+");
        await Expect(anna.Page.GetByRole(AriaRole.Textbox, new() { Name = "Another emoji" })).ToBeVisibleAsync();
        Assert.Empty(await anna.Page.EvaluateAsync<string[]>(Outside));
    }

    /// <summary>A window of 180 by 320 px is a phone of 360 by 640 whose owner has letters twice as large.</summary>
    [Fact]
    public async Task With_letters_twice_as_large_a_phone_still_shows_the_conversation_and_all_there_is_to_do()
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        for (var i = 1; i <= 30; i++) await ben.SendAsync("@room", $"message {i} wonderful");
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room", new() { ViewportSize = new() { Width = 180, Height = 320 } });
        await Expect(anna.Page.Locator("[data-seq='30']")).ToBeInViewportAsync();
        foreach (var name in (string[])["Show channels", "Search messages", "Show members", "Send"])
            await Expect(anna.Page.GetByRole(AriaRole.Button, new() { Name = name })).ToBeInViewportAsync(new() { Ratio = 1 });
        await Expect(anna.Page.GetByRole(AriaRole.Heading, new() { Name = "@room" })).ToBeInViewportAsync(new() { Ratio = 1 });
        Assert.Empty(await anna.Page.EvaluateAsync<string[]>(Outside));
        var log = await anna.Page.GetByRole(AriaRole.Log).BoundingBoxAsync();
        Assert.InRange(log!.Height, 140, 320);
        // What was said has most of the width.
        var word = await anna.Page.Locator("[data-seq='30'] .message-text").BoundingBoxAsync();
        Assert.InRange(word!.Width, 120, 180);
    }

    [Fact]
    public async Task A_link_in_the_last_row_is_hit_although_the_row_grows()
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        for (var i = 1; i <= 30; i++) await ben.SendAsync("@room", $"message {i}");
        await ben.SendAsync("@room", $"see {new Uri(server.Web, "/c/@room/m/3")} there");
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room", new() { ViewportSize = new() { Width = 360, Height = 500 } });
        var link = anna.Page.Locator("[data-seq='31'] .message-text a");
        await Expect(link).ToBeInViewportAsync();
        var opened = anna.Page.Context.WaitForPageAsync();
        await link.HoverAsync();
        await anna.Page.Mouse.DownAsync();
        // Two drawings later whatever moves has moved.
        await anna.Page.EvaluateAsync("() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
        await anna.Page.Mouse.UpAsync();
        await (await opened).WaitForURLAsync("**/m/3");
        await Expect(anna.Page.Locator("[data-seq='31']").GetByRole(AriaRole.Button, new() { Name = "Copy link" })).ToBeVisibleAsync();
    }
}
