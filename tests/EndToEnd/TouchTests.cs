using KaiChat.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KaiChat.EndToEnd;

/// <summary>What a finger finds that a mouse finds by hovering.</summary>
public sealed class TouchTests(Browser browser)
{
    [Theory]
    [InlineData(320)]
    [InlineData(1024)]
    public async Task A_finger_opens_a_rows_actions_by_a_button_that_each_row_has(int width)
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        foreach (var text in (string[])["first", "second", "third"]) await ben.SendAsync("@room", text);
        await using var anna = await Person.JoinAsync(
            browser, server.Web, "anna", "@room", new() { HasTouch = true, IsMobile = true, ViewportSize = new() { Width = width, Height = 700 } });
        var buttons = anna.Log.GetByRole(AriaRole.Button, new() { Name = "More actions" });
        await Expect(buttons).ToHaveCountAsync(3);
        // Large enough, within their rows, and on no text and no other button.
        Assert.Empty(await anna.Log.EvaluateAsync<string[]>(
            """
            log => [...log.querySelectorAll('.row-more')].filter(button => {
              const at = button.getBoundingClientRect(), row = button.closest('.message');
              const within = row.getBoundingClientRect(), text = document.createRange();
              text.selectNodeContents(row.querySelector('.message-text'));
              const isHit = y => document.elementFromPoint(at.left + at.width / 2, y) === button;
              return at.width < 44 || at.height < 44 || at.top < within.top || at.bottom > within.bottom || at.right > within.right
                || text.getBoundingClientRect().right > at.left || !isHit(at.top + 2) || !isHit(at.bottom - 2);
            }).map(button => button.closest('.message').textContent)
            """));

        await AccessibilityTests.ExpectNothingAsync(anna.Page);

        await anna.Row("second").GetByRole(AriaRole.Button, new() { Name = "More actions" }).TapAsync();
        await Expect(anna.Row("second").GetByRole(AriaRole.Button, new() { Name = "React" })).ToBeFocusedAsync();
        await AccessibilityTests.ExpectNothingAsync(anna.Page);
        await anna.Row("second").GetByRole(AriaRole.Button, new() { Name = "Reply" }).TapAsync();
        await anna.SayAsync("an answer");
        await Expect(anna.Row("an answer")).ToContainTextAsync("second");
    }

    [Fact]
    public async Task Under_a_mouse_no_row_has_such_a_button()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await anna.SayAsync("mine");
        await Expect(anna.Row("mine")).ToContainTextAsync("Delivered");
        await Expect(anna.Log.GetByRole(AriaRole.Button, new() { Name = "More actions" })).ToHaveCountAsync(0);
        await anna.Row("mine").HoverAsync();
        await Expect(anna.Row("mine").GetByRole(AriaRole.Button, new() { Name = "React" })).ToBeVisibleAsync();
        await anna.Row("mine").FocusAsync();
        await anna.Page.Mouse.MoveAsync(0, 0);
        await Expect(anna.Row("mine").GetByRole(AriaRole.Button, new() { Name = "React" })).ToBeVisibleAsync();
    }
}
