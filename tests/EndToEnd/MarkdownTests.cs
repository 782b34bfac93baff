using KaiChat.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KaiChat.EndToEnd;

/// <summary>Markdown becomes nodes, and nothing but them; the text itself stays as it was written.</summary>
public sealed class MarkdownTests(Browser browser)
{
    [Fact]
    public async Task Marks_become_nodes_and_markup_stays_text()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await anna.SayAsync("**bold** *italic* ~~gone~~ `x < y` <img src=x onerror=alert(1)> [bank](https://evil.example/a) https://plain.example/_b_\n> quoted\n\n- one\n- two\n\n3. three");
        var text = anna.Log.Locator(".message-text");
        foreach (var (tag, expected) in ((string, string)[])
            [("strong", "bold"), ("em", "italic"), ("s", "gone"), ("code", "x < y"), ("blockquote", "quoted"), ("ul > li:first-child", "one"), ("ol[start='3'] > li", "three")])
        {
            await Expect(text.Locator(tag)).ToHaveTextAsync(expected);
        }
        await Expect(text.Locator("img")).ToHaveCountAsync(0);
        await Expect(text).ToContainTextAsync("<img src=x onerror=alert(1)>");
        await Expect(text).ToContainTextAsync("bank (evil.example)");
        foreach (var link in await text.GetByRole(AriaRole.Link).AllAsync()) await Expect(link).ToHaveAttributeAsync("rel", "noopener noreferrer");
        await Expect(text.GetByRole(AriaRole.Link, new() { Name = "https://plain.example/_b_" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Code_is_copied_by_its_button_and_a_long_message_unfolds()
    {
        using var clipboard = await browser.TakeClipboardAsync();
        await using var server = await ChatServer.StartAsync();
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await anna.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await anna.SayAsync("```cs\nvar a = **1**;\n```");
        await Expect(anna.Log.GetByText("cs", new() { Exact = true })).ToBeVisibleAsync();
        await anna.Log.GetByRole(AriaRole.Button, new() { Name = "Copy code" }).ClickAsync();
        await Expect(anna.Page.GetByText("Code copied.")).ToBeVisibleAsync();
        Assert.Equal("var a = **1**;", await anna.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));

        await anna.SayAsync(string.Join('\n', Enumerable.Range(1, 40).Select(i => $"line {i}")));
        var all = anna.Log.GetByRole(AriaRole.Button, new() { Name = "Show all" });
        await Expect(all).ToHaveAttributeAsync("aria-expanded", "false");
        await Expect(anna.Log).Not.ToContainTextAsync("line 21");
        await all.ClickAsync();
        await Expect(anna.Log).ToContainTextAsync("line 40");
        await anna.Log.GetByRole(AriaRole.Button, new() { Name = "Show less" }).ClickAsync();
        await Expect(anna.Log).Not.ToContainTextAsync("line 21");
    }

    [Fact]
    public async Task Several_messages_are_copied_as_they_were_written_with_time_and_author()
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        await ben.SendAsync("@room", "**hello**");
        await ben.SendAsync("@room", "good bye");
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await anna.ExpectMessageAsync("good bye");
        var copied = await anna.Page.EvaluateAsync<string>(
            """
            () => {
              const log = document.querySelector('[role=log]'), data = new DataTransfer();
              getSelection().selectAllChildren(log);
              log.dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true }));
              return data.getData('text/plain');
            }
            """);
        Assert.Matches(@"^\[[^\]]+\] ben: \*\*hello\*\*\n\[[^\]]+\] ben: good bye$", copied);
    }
}
