using KaiChat.Shared.Contracts;
using KaiChat.TestKit;
using Microsoft.AspNetCore.SignalR;

namespace KaiChat.Integration.Tests.History;

/// <summary>A channel's history from any place in it.</summary>
public sealed class PagingTests
{
    private static readonly string[] Fast = ["Limits:MessageBurst=100000", "Limits:MessagesPerSecond=100000", "Limits:JoinBurst=100000"];

    [Fact]
    public async Task History_is_read_in_both_directions_and_around_a_message_from_memory_and_from_the_log()
    {
        await using var server = await ChatServer.StartAsync([.. Fast, "Limits:FeedLength=20"]);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        for (var i = 1; i <= 100; i++) await anna.SendAsync("@room", $"text {i}");

        Expect(await anna.HistoryAsync("@room", 11, 5), 6, 10, earlier: true, later: true);
        Expect(await anna.HistoryAsync("@room", 4, 5), 1, 3, earlier: false, later: true);
        Expect(await anna.HistoryAfterAsync("@room", 10, 5), 11, 15, earlier: true, later: true);
        Expect(await anna.HistoryAfterAsync("@room", 97, 5), 98, 100, earlier: true, later: false);
        Expect(await anna.HistoryAfterAsync("@room", 0, 200), 1, 100, earlier: false, later: false);
        Expect(await anna.HistoryAroundAsync("@room", 50, 10), 45, 54, earlier: true, later: true);
        Expect(await anna.HistoryAroundAsync("@room", 2, 10), 1, 10, earlier: false, later: true);
        Expect(await anna.HistoryAroundAsync("@room", 99, 10), 91, 100, earlier: true, later: false);
        // Not there yet: the nearest.
        Expect(await anna.HistoryAroundAsync("@room", 5_000, 10), 91, 100, earlier: true, later: false);
        Assert.Empty((await anna.HistoryAfterAsync("@room", 100, 5)).Messages);
    }

    [Theory]
    [InlineData(0L, 10)]
    [InlineData(-1L, 10)]
    [InlineData(5L, 0)]
    [InlineData(5L, 201)]
    public async Task Arguments_outside_their_range_are_refused(long seq, int limit)
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");

        foreach (var call in new[] { () => anna.HistoryAsync("@room", seq, limit), () => anna.HistoryAroundAsync("@room", seq, limit), () => anna.HistoryAfterAsync("@room", seq - 1, limit) })
        {
            Assert.Contains("argument-invalid", (await Assert.ThrowsAsync<HubException>(call)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Whoever_is_not_in_a_channel_reads_nothing_of_it()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        await using var ben = await WebUser.SignInAsync(server, "ben", "@other");
        await anna.SendAsync("@room", "among us");

        foreach (var call in new[] { () => ben.HistoryAsync("@room", 10, 10), () => ben.HistoryAroundAsync("@room", 1, 10), () => ben.HistoryAfterAsync("@room", 0, 10) })
        {
            Assert.Contains("not-a-member", (await Assert.ThrowsAsync<HubException>(call)).Message, StringComparison.Ordinal);
        }
    }

    private static void Expect(HistoryPage page, int first, int last, bool earlier, bool later)
    {
        Assert.Equal(Enumerable.Range(first, last - first + 1), page.Messages.Select(message => (int)message.Seq));
        Assert.All(page.Messages, message => Assert.Equal($"text {message.Seq}", message.Text));
        Assert.Equal((earlier, later), (page.HasEarlier, page.HasLater));
    }
}
