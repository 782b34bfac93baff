using KaiChat.Integration.Tests.Simulation;
using KaiChat.Server.Chat;
using KaiChat.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace KaiChat.Integration.Tests;

/// <summary>Whoever loses connections, at whatever moment, holds no hole and nothing twice: pages over all their connections, native clients on each.</summary>
public sealed class NoGapTests
{
    private const string Room = "@room";
    private const int HistoryOnJoin = 50;

    [Theory]
    [InlineData(1, "Batch")]
    [InlineData(2, "Single")]
    [InlineData(3, "Batch")]
    public async Task Lost_connections_leave_no_gap_and_no_repetition(int seed, string delivery)
    {
        await using var server = await ChatServer.StartAsync(
            "Limits:MessageBurst=1000000", "Limits:MessagesPerSecond=1000000", "Limits:FeedLength=30", "Limits:BrowserBacklog=100000", "Limits:BrowserBacklogMegabytes=1000", "Limits:ReadBurst=1000000", $"KaiChat:HistoryOnJoin={HistoryOnJoin}",
            $"KaiChat:Delivery={delivery}");
        await using var keeper = await WebUser.SignInAsync(server, "keeper", Room);
        var users = new RestlessUsers(server, Room);
        using var enough = new CancellationTokenSource();
        var posting = Enumerable.Range(0, 3).Select(i => users.PostAsync($"post{i}", enough.Token)).ToArray();
        var feed = server.Services.GetRequiredService<ChatService>().Channels.Single().Feed;

        var browsing = Enumerable.Range(0, 3).Select(i => users.BrowseAsync($"web{i}", rounds: 8, new Random(seed * 100 + i))).ToArray();
        var polling = Enumerable.Range(0, 3).Select(i => users.PollAsync($"n{i}", rounds: 6, new Random(seed * 100 + 10 + i), () => feed.LastSeq)).ToArray();
        await Task.WhenAll(Task.WhenAll(browsing), Task.WhenAll(polling));
        await enough.CancelAsync();
        await Task.WhenAll(posting);

        // Pages may have read more from the log than has been told by now: what is told after the last word is all.
        var last = await keeper.SendAsync(Room, "the last word");
        var log = (await keeper.WaitForMessagesAsync((int)last.Seq)).ToArray();
        Assert.Equal(Enumerable.Range(1, log.Length), log.Select(message => (int)message.Seq));
        foreach (var page in browsing.Select(task => task.Result))
        {
            page.ExpectAgreement(Room, log);
            Assert.NotEmpty(page.HeldOf(Room));
        }
        Assert.Contains(browsing, task => task.Result.Gaps > 0);
        foreach (var (run, atLeast, atMost) in polling.SelectMany(task => task.Result))
        {
            if (run.ExpectRunOf(log) is not { } first) continue;
            // Nothing of what a new member gets is missing at the beginning; its own messages do not come back to it.
            var from = log.FirstOrDefault(message => message.Seq > Math.Max(0, atMost - HistoryOnJoin) && message.Author != run.Name);
            Assert.InRange(first, Math.Max(0, atLeast - HistoryOnJoin) + 1, from?.Seq ?? long.MaxValue);
        }
        Assert.Contains(polling, task => task.Result.Exists(joined => joined.Run.Count > HistoryOnJoin));
    }
}
