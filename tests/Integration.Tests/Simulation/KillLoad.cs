using System.Collections.Concurrent;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.KaiChat;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Simulation;

/// <summary>
/// Users of a server that is killed again and again, and what they know for certain. Browsers come back with what they hold and repeat what was not
/// acknowledged; native clients come back as new ones, since their sessions end with the connection.
/// </summary>
internal sealed class KillLoad(int seed)
{
    public static readonly string[] Channels = ["@one", "@two", "@three"];

    private readonly List<Browser> _browsers = [];

    /// <summary>What browsers were told is stored: the very message.</summary>
    public ConcurrentQueue<Message> Acknowledged { get; } = new();

    /// <summary>What native clients know is taken: a PONG came behind it and no notice.</summary>
    public ConcurrentQueue<(string Channel, string Author, string Text)> Taken { get; } = new();

    public ConcurrentQueue<NativeRun> Runs { get; } = new();

    public IEnumerable<HoldingPage> Pages => _browsers.Select(browser => browser.Page);

    public int Certain => Acknowledged.Count + Taken.Count;

    /// <summary>Signs the browsers in; their tokens outlive every kill.</summary>
    public async Task SignInAsync(ServerChild server)
    {
        for (var i = 0; i < 4; i++)
        {
            await using var user = await WebUser.SignInAsync(server.Web, $"web{i}");
            _browsers.Add(new Browser($"web{i}", user.Session, new HoldingPage()));
        }
    }

    /// <summary>Everybody talks and listens until the server dies.</summary>
    public Task RunAsync(ServerChild server, int life)
    {
        var browsers = _browsers.Select((browser, i) => BrowseAsync(server, browser, new Random(seed * 1_000 + life * 10 + i)));
        var natives = Enumerable.Range(0, 4).Select(i => PollAsync(server, $"n{life}-{i}", talks: i < 2, new Random(seed * 1_000 + life * 10 + 5 + i)));
        return Task.WhenAll(browsers.Concat(natives));
    }

    /// <summary>Every browser comes back for good: it has everything, and what it sent without an answer it can send again.</summary>
    public async Task SettleAsync(ServerChild server)
    {
        foreach (var browser in _browsers)
        {
            var user = await WebUser.ConnectAsync(server.Web, browser.Session);
            await ComeBackAsync(user, browser, new Random(seed));
            await user.DisposeAsync();
            browser.Page.Take(user);
        }
    }

    private async Task BrowseAsync(ServerChild server, Browser browser, Random random)
    {
        WebUser? user = null;
        try
        {
            user = await WebUser.ConnectAsync(server.Web, browser.Session);
            await ComeBackAsync(user, browser, random);
            while (true)
            {
                var channel = Channels[random.Next(Channels.Length)];
                browser.Unsettled = (channel, $"{browser.Name}-{++browser.Sent}", $"{browser.Name} {browser.Sent}");
                await SendAsync(user, browser);
            }
        }
        catch (Exception dead) when (Loss.Is(dead))
        {
            if (user is null) return;
            await user.WaitForCloseAsync();
            browser.Page.Take(user);
            await user.DisposeAsync();
        }
    }

    private async Task ComeBackAsync(WebUser user, Browser browser, Random random)
    {
        foreach (var channel in Channels) await browser.Page.EnterAsync(user, channel, random);
        if (browser.Unsettled is null) return;
        // Sent but not acknowledged: repeating it makes it exist once, whether it was stored before or not.
        var (channelOf, id, text) = browser.Unsettled.Value;
        var settled = await SendAsync(user, browser);
        Assert.Equal(settled, await user.SendAsync(channelOf, text, id));
    }

    private async Task<Message> SendAsync(WebUser user, Browser browser)
    {
        var (channel, id, text) = browser.Unsettled!.Value;
        var message = await user.SendAsync(channel, text, id);
        Acknowledged.Enqueue(message);
        browser.Unsettled = null;
        return message;
    }

    private async Task PollAsync(ServerChild server, string name, bool talks, Random random)
    {
        try
        {
            await using var client = await RawKaiClient.SignInAsync(server.Native, name);
            for (var sent = 0; ;)
            {
                var run = new NativeRun(name, Channels[random.Next(Channels.Length)]);
                Runs.Enqueue(run);
                await client.SendAsync(KaiPdu.Join(name, run.Channel));
                for (var polls = random.Next(1, 20); polls > 0; polls--)
                {
                    var texts = Enumerable.Range(0, talks ? random.Next(6) : 0).Select(_ => $"{name} {++sent}").ToArray();
                    await run.PollAsync(client, [.. texts.Select(KaiPdu.Send)]);
                    foreach (var text in texts) Taken.Enqueue((run.Channel, name, text));
                }
            }
        }
        catch (Exception dead) when (Loss.Is(dead))
        {
            // Killed, as planned.
        }
    }

    private sealed class Browser(string name, SignInResponse session, HoldingPage page)
    {
        public string Name { get; } = name;

        public SignInResponse Session { get; } = session;

        public HoldingPage Page { get; } = page;

        public int Sent { get; set; }

        /// <summary>What it sent last, until it is acknowledged.</summary>
        public (string Channel, string Id, string Text)? Unsettled { get; set; }
    }
}
