using KaiChat.Shared.KaiChat;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Simulation;

/// <summary>Users who lose their connections at moments that a seed decides, counted in messages of others, while these post without a pause.</summary>
internal sealed class RestlessUsers(ChatServer server, string channel)
{
    private int _posted;

    /// <summary>How many messages others have posted so far.</summary>
    private int Posted => Volatile.Read(ref _posted);

    /// <summary>Posts until it is told to stop.</summary>
    public async Task PostAsync(string name, CancellationToken stop)
    {
        await using var user = await WebUser.SignInAsync(server, name, channel);
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            await user.SendAsync(channel, $"{name} {i}");
            Interlocked.Increment(ref _posted);
        }
    }

    /// <summary>A browser that is connected for some messages, also for none, and away for some, also for more than the server gives at once.</summary>
    /// <returns>What it holds in the end, when it has seen the last message it waits for.</returns>
    public async Task<HoldingPage> BrowseAsync(string name, int rounds, Random random)
    {
        var page = new HoldingPage();
        var user = await WebUser.SignInAsync(server, name);
        for (var round = 0; round < rounds; round++)
        {
            var losing = LoseAsync(user, Posted + random.Next(60));
            try
            {
                await page.EnterAsync(user, channel, random);
            }
            catch (Exception lost) when (Loss.Is(lost))
            {
                // In the middle of entering: it begins again where it was.
            }
            await losing;
            await user.WaitForCloseAsync();
            page.Take(user);
            await user.DisposeAsync();
            await WaitForAsync(Posted + random.Next(round % 2 == 0 ? 20 : 500));
            user = await WebUser.ConnectAsync(server, user.Session);
        }
        await page.EnterAsync(user, channel, random);
        await WaitForAsync(Posted + 20);
        await user.DisposeAsync();
        page.Take(user);
        return page;
    }

    /// <summary>A native client that polls now and then, joins again on the same connection, and comes back as somebody else when the connection is lost.</summary>
    /// <returns>What it was shown from each join on, and between which seqs the channel ended when it joined.</returns>
    public async Task<List<(NativeRun Run, long EndedAtLeast, long EndedAtMost)>> PollAsync(string name, int rounds, Random random, Func<long> lastSeq)
    {
        var runs = new List<(NativeRun, long, long)>();
        for (var round = 0; round < rounds; round++)
        {
            var who = $"{name}-{round}";
            await using var client = await RawKaiClient.SignInAsync(server.Native, who);
            for (var joins = random.Next(1, 4); joins > 0; joins--)
            {
                var run = new NativeRun(who, channel);
                var atLeast = lastSeq();
                await client.SendAsync(KaiPdu.Join(who, channel));
                await client.FenceAsync();
                runs.Add((run, atLeast, lastSeq()));
                for (var polls = random.Next(1, 6); polls > 0; polls--)
                {
                    await WaitForAsync(Posted + random.Next(60));
                    await run.PollAsync(client, random.Next(2) == 0 ? [] : [KaiPdu.Send($"{who} {joins} {polls}")]);
                }
                await client.SendAsync(KaiPdu.Leave);
            }
            // Asked, and gone before the answer.
            await client.SendAsync(KaiPdu.Query);
            client.Reset();
        }
        return runs;
    }

    private async Task LoseAsync(WebUser user, int when)
    {
        await WaitForAsync(when);
        user.Abort();
    }

    private Task WaitForAsync(int posted) =>
        Wait.UntilAsync(() => Posted >= posted, () => $"Only {Posted} of {posted} messages were posted.", TimeSpan.FromMinutes(1));
}
