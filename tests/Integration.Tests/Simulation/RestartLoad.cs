using System.Collections.Concurrent;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.Names;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Simulation;

/// <summary>Many users of both kinds in the midst of talking when the server is asked to stop, and what each was shown until its connection ended.</summary>
internal sealed class RestartLoad
{
    public const int Browsers = 200;
    public const int Natives = 500;
    private const int ChannelCount = 10;
    private const int Talkers = 40;

    private readonly List<(WebUser User, HoldingPage Page, string Channel)> _browsers = [];
    private readonly List<(RawKaiClient Client, NativeRun Run)> _natives = [];

    public static IReadOnlyList<string> Channels { get; } = [.. Enumerable.Range(0, ChannelCount).Select(i => $"@room{i}")];

    /// <summary>What was acknowledged.</summary>
    public ConcurrentQueue<Message> Acknowledged { get; } = new();

    public IEnumerable<NativeRun> Runs => _natives.Select(native => native.Run);

    /// <summary>What native clients were told at the end.</summary>
    public ConcurrentQueue<string> Farewells { get; } = new();

    /// <summary>Everybody comes in.</summary>
    public async Task EnterAsync(ServerChild server)
    {
        for (var i = 0; i < Browsers; i++)
        {
            var (user, page, channel) = (await WebUser.SignInAsync(server.Web, $"web{i}"), new HoldingPage(), Channels[i % ChannelCount]);
            await page.EnterAsync(user, channel, new Random(i));
            _browsers.Add((user, page, channel));
        }
        for (var i = 0; i < Natives; i++)
        {
            var run = new NativeRun($"n{i}", Channels[i % ChannelCount]);
            _natives.Add((await RawKaiClient.SignInAsync(server.Native, run.Name, run.Channel), run));
        }
    }

    /// <summary>Some browsers talk, all others listen and natives poll, until the server has ended every connection.</summary>
    public Task RunAsync() => Task.WhenAll(_browsers.Take(Talkers).Select(browser => TalkAsync(browser.User, browser.Channel)).Concat(_natives.Select(PollAsync)));

    /// <summary>Every browser comes back, with all it holds.</summary>
    public async Task ComeBackAsync(ServerChild server)
    {
        foreach (var (user, page, channel) in _browsers)
        {
            await user.WaitForCloseAsync();
            page.Take(user);
            await using var again = await WebUser.ConnectAsync(server.Web, user.Session);
            await page.EnterAsync(again, channel, new Random(1));
            await again.DisposeAsync();
            page.Take(again);
            await user.DisposeAsync();
        }
    }

    /// <summary>Every browser holds the whole of its channel, and every native client was shown all that others said.</summary>
    public void ExpectNothingLost(IReadOnlyDictionary<string, IReadOnlyList<Message>> logs)
    {
        foreach (var (_, page, channel) in _browsers)
        {
            page.ExpectAgreement(channel, logs[channel]);
            Assert.Equal(logs[channel].Count, page.HeldOf(channel).Count);
        }
        foreach (var run in Runs)
        {
            Assert.Equal(1, run.ExpectRunOf(logs[run.Channel]));
            Assert.Equal(logs[run.Channel].Count, run.Count);
        }
    }

    private async Task TalkAsync(WebUser user, string channel)
    {
        try
        {
            for (var i = 0; ; i++) Acknowledged.Enqueue(await user.SendAsync(channel, $"{user.Session.Username} {i}"));
        }
        catch (Exception gone) when (Loss.Is(gone) || gone is Microsoft.AspNetCore.SignalR.HubException refused && refused.Message.Contains(ErrorCodes.ShuttingDown, StringComparison.Ordinal))
        {
            // The server stops, as planned.
        }
    }

    private async Task PollAsync((RawKaiClient Client, NativeRun Run) native)
    {
        try
        {
            while (true) await native.Run.PollAsync(native.Client);
        }
        catch (Exception gone) when (Loss.Is(gone))
        {
            // What the server said last is still to be read.
            while (await native.Client.TryReceiveAsync() is { } pdu) native.Run.Take(pdu);
        }
        foreach (var farewell in native.Run.TakeWordsOf(Username.Reserved)) Farewells.Enqueue(farewell);
        await native.Client.DisposeAsync();
    }
}
