using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace KaiChat.EndToEnd;

/// <summary>Somebody at a browser. Finds things as people and screen readers do: by role and name. What the page does wrong (console errors, requests elsewhere) fails the test.</summary>
public sealed partial class Person : IAsyncDisposable
{
    /// <summary>What the page shows for some seconds only, a word or a way back, it shows for half a minute longer: on a busy machine a test looks late.</summary>
    private const string Lasting =
        """
        (() => {
          const { setTimeout } = window, brief = [4_000, 5_000, 6_000, 10_000];
          window.setTimeout = (work, delay, ...given) => setTimeout(work, brief.includes(delay) ? delay + 30_000 : delay, ...given);
        })();
        """;

    private readonly IBrowserContext _context;
    private readonly Uri _server;
    private readonly ConcurrentQueue<string> _faults = new();

    private Person(IBrowserContext context, Uri server) => (_context, _server) = (context, server);

    public IPage Page { get; private set; } = null!;

    public ILocator Message => Page.GetByRole(AriaRole.Textbox, new() { Name = "Message" });

    public ILocator Log => Page.GetByRole(AriaRole.Log);

    public ILocator Members => Page.GetByRole(AriaRole.List, new() { Name = "Members" });

    public ILocator Channels => Page.GetByRole(AriaRole.List, new() { Name = "Channels", Exact = true });

    /// <summary>Console lines for which this is true are expected: a browser reports a lost connection as an error of its own.</summary>
    public Func<string, bool> Expected { get; set; } = _ => false;

    /// <summary>Opens the page. The script runs before it, in every tab.</summary>
    public static async Task<Person> OpenAsync(Browser browser, Uri server, string path = "/", BrowserNewContextOptions? options = null, string? script = null)
    {
        var person = new Person(await browser.NewPersonAsync(options), server);
        await person._context.AddInitScriptAsync(Lasting);
        if (script is not null) await person._context.AddInitScriptAsync(script);
        person._context.SetDefaultTimeout(Browser.Patience);
        person.Page = await person.NewTabAsync(path);
        return person;
    }

    /// <summary>Opens the page, signs in and enters a channel.</summary>
    public static async Task<Person> JoinAsync(Browser browser, Uri server, string username, string channel, BrowserNewContextOptions? options = null)
    {
        var person = await OpenAsync(browser, server, options: options);
        await person.SignInAsync(username, channel);
        return person;
    }

    /// <summary>Opens another tab. With <c>KAICHAT_SLOW_PAGES</c> all pages are so many times slower than they could be.</summary>
    public async Task<IPage> NewTabAsync(string path)
    {
        var page = await _context.NewPageAsync();
        if (Environment.GetEnvironmentVariable("KAICHAT_SLOW_PAGES") is { Length: > 0 } times)
        {
            var devTools = await _context.NewCDPSessionAsync(page);
            await devTools.SendAsync("Emulation.setCPUThrottlingRate", new Dictionary<string, object> { ["rate"] = double.Parse(times, CultureInfo.InvariantCulture) });
        }
        page.Console += (_, line) =>
        {
            if (line.Type is "error" or "warning" && !IsHarmless(line)) _faults.Enqueue($"{line.Type}: {line.Text} {line.Location}");
        };
        page.PageError += (_, error) => _faults.Enqueue(error);
        page.Request += (_, request) =>
        {
            if (new Uri(request.Url) is { Scheme: "http" or "https" or "ws" or "wss" } url && url.Authority != _server.Authority) _faults.Enqueue($"A request to {url}");
        };
        await page.GotoAsync(new Uri(_server, path).ToString());
        return page;
    }

    /// <summary>What the browser reports although it is as it should be: service workers are refused in most tests, and not every server tells of its lobby.</summary>
    private static bool IsHarmless(IConsoleMessage line) =>
        line.Text.Contains("blocked by Playwright", StringComparison.Ordinal)
        || (line.Text.Contains("404", StringComparison.Ordinal)
            && (line.Location.Contains("/api/v1/lobby", StringComparison.Ordinal) || line.Location.Contains("/api/v1/usernames/", StringComparison.Ordinal)));

    public async Task SignInAsync(string username, string channel)
    {
        await Page.GetByRole(AriaRole.Textbox, new() { Name = "Username" }).FillAsync(username);
        await Page.GetByRole(AriaRole.Textbox, new() { Name = "Channel" }).FillAsync(channel);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
        await Assertions.Expect(Message).ToBeVisibleAsync();
        await ExpectInAsync();
    }

    /// <summary>Enters another channel.</summary>
    public async Task EnterAsync(string channel)
    {
        await Page.GetByRole(AriaRole.Textbox, new() { Name = "Channel" }).FillAsync(channel);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
        await Assertions.Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "@" + channel, Level = 1 })).ToBeVisibleAsync();
        await ExpectInAsync();
    }

    /// <summary>The server has let the page into the channel on the screen: its members are counted. The composer is there before.</summary>
    private Task ExpectInAsync() => Assertions.Expect(Page.Locator(".conversation-title > p")).ToHaveTextAsync(Number());

    [GeneratedRegex(@"\d", RegexOptions.None, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Number();

    public async Task SayAsync(string text)
    {
        await Message.FillAsync(text);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
    }

    /// <summary>Ends the edit of a message with another text.</summary>
    public async Task SaveAsync(string text)
    {
        await Message.FillAsync(text);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
    }

    /// <summary>The row of a message, as a keyboard reaches it.</summary>
    public ILocator Row(string text) => Log.GetByRole(AriaRole.Listitem).Filter(new() { Has = Page.GetByText(text, new() { Exact = true }) }).Last;

    /// <summary>Pretends that the window has lost the focus, or has it again: all pages of a headless browser have it.</summary>
    public static Task SetFocusAsync(IPage page, bool focused) => page.EvaluateAsync(
        "focused => { document.hasFocus = () => focused; dispatchEvent(new Event(focused ? 'focus' : 'blur')); }", focused);

    public Task ExpectMessageAsync(string text) => Assertions.Expect(Log.GetByText(text, new() { Exact = true })).ToHaveCountAsync(1);

    /// <summary>Whether going offline and the like are this person's own doing.</summary>
    public Task SetOfflineAsync(bool offline) => _context.SetOfflineAsync(offline);

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        var faults = _faults.Where(fault => !Expected(fault)).ToArray();
        Assert.True(faults.Length == 0, "The page did wrong:\n" + string.Join('\n', faults));
    }
}
