using KaiChat.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KaiChat.EndToEnd;

/// <summary>A conversation in which there is one of everything: markdown, an answer, reactions, an edited and a deleted message.</summary>
internal static class Conversation
{
    public const string Markdown =
        "**Release** on *Friday*, ~~not Thursday~~. Run `./run.sh` first, see [the notes](https://example.org/notes) or https://example.org/plain\n"
        + "> who tests it?\n\n- page\n- server\n\n1. build\n2. test\n\n```cs\nvar answer = Ask(\"why?\");\nreturn answer ?? 42;\n```";

    /// <summary>Has it held by a person at a browser in <c>@room</c> and another, who has said <see cref="Markdown"/>.</summary>
    public static async Task HoldAsync(Person anna, WebUser ben)
    {
        await RowOf(1).FocusAsync();
        await Expect(RowOf(1).GetByRole(AriaRole.Button, new() { Name = "Reply" })).ToBeVisibleAsync();
        await anna.Page.Keyboard.PressAsync("r");
        await anna.SayAsync("I do, both of them");
        await anna.SayAsync("on Fridag");
        await Expect(RowOf(3)).ToBeVisibleAsync();
        await anna.Message.PressAsync("ArrowUp");
        await anna.SaveAsync("on Friday");
        await Expect(RowOf(3)).ToContainTextAsync("edited");
        await ben.ReactAsync("@room", 1, "\ud83c\udf89");
        await ben.ReactAsync("@room", 2, "\ud83d\udc4d");
        await ben.SendAsync("@room", "oh no");
        await ben.DeleteAsync("@room", 4);
        await ben.SendAsync("@room", "good");
        await Expect(RowOf(4)).ToContainTextAsync("Deleted by its author");
        await RowOf(2).GetByRole(AriaRole.Button, new() { Name = "\ud83d\udc4d 1" }).WaitForAsync();
        await RowOf(1).FocusAsync();
        await Expect(RowOf(1).GetByRole(AriaRole.Button, new() { Name = "React" })).ToBeVisibleAsync();
        await anna.Page.Keyboard.PressAsync("+");
        await anna.Page.Keyboard.PressAsync("Enter");
        await Expect(RowOf(1).GetByRole(AriaRole.Button, new() { Name = "\ud83d\udc4d 1: you" })).ToBeVisibleAsync();

        ILocator RowOf(int seq) => anna.Page.Locator($"[data-seq='{seq}']");
    }
}
