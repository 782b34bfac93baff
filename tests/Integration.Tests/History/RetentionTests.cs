using System.Net;
using KaiChat.Integration.Tests.Admin;
using KaiChat.Server.Chat.Retention;
using KaiChat.Server.Storage;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace KaiChat.Integration.Tests.History;

/// <summary>What retention removes is gone for everybody, everywhere, and the rest goes on.</summary>
public sealed class RetentionTests
{
    [Fact]
    public async Task What_is_too_much_is_gone_from_the_channel_the_memory_and_the_search()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync("Retention:Rules:0:Channels=@room", "Retention:Rules:0:MaxMessages=3", "Limits:MessageBurst=1000");
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        await anna.JoinAsync("@other");
        for (var i = 1; i <= 10; i++) await anna.SendAsync("@room", $"text {i}");
        for (var i = 1; i <= 10; i++) await anna.SendAsync("@other", $"text {i}");

        Assert.Equal(7, await RunAsync(server));

        Assert.Equal(("@room", 7L), await anna.WaitForAsync<(string, long)>(nameof(IChatClient.MessagesRemoved)));
        var snapshot = await anna.JoinAsync("@room");
        Assert.Equal([8L, 9, 10], snapshot.Messages.Select(message => message.Seq));
        Assert.False(snapshot.HasEarlier);
        Assert.Empty((await anna.HistoryAsync("@room", 8, 10)).Messages);
        Assert.Equal([8L, 9, 10], (await anna.HistoryAroundAsync("@room", 2, 10)).Messages.Select(message => message.Seq));
        Assert.Equal([10L, 9, 8], (await anna.SearchAsync("text in:room")).Hits.Select(hit => hit.Message.Seq));
        Assert.Equal(10, (await anna.SearchAsync("text in:other")).Hits.Count);
        // A page that missed some of what is gone begins anew; one that missed nothing goes on.
        var gone = await anna.ResumeAsync("@room", 5);
        Assert.Equal((true, false, 8L), (gone.Gap, gone.HasEarlier, gone.Messages[0].Seq));
        var there = await anna.ResumeAsync("@room", 7);
        Assert.Equal((false, 3), (there.Gap, there.Messages.Count));
        await using var native = await RawKaiClient.SignInAsync(server.Native, "native", "@room");
        Assert.DoesNotContain(await native.PollAsync(), pdu => pdu.Text is "text 7" or "text 1");
        Assert.Equal(11, (await anna.SendAsync("@room", "on")).Seq);
        Assert.Equal(1, await RunAsync(server));
        Assert.Equal(0, await RunAsync(server));
    }

    [Fact]
    public async Task What_is_too_old_goes_with_time_by_itself()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync("Retention:Rules:0:MaxAge=00:55:00", "Retention:Every=00:10:00", "Limits:SearchBurst=100000");
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        await anna.SendAsync("@room", "old");
        server.Clock!.Advance(TimeSpan.FromMinutes(30));
        await anna.SendAsync("@room", "younger");

        // The last run sees the clock at the full hour, or a minute later: too old either way.
        server.Clock.Advance(TimeSpan.FromMinutes(31));

        await server.WaitUntilAsync(async () => (await anna.JoinAsync("@room")).Messages is [{ Text: "younger" }], "The old message is still there.");
        // It goes from the log and from memory, and from the search a moment later.
        await server.WaitUntilAsync(async () => (await anna.SearchAsync("from:anna")).Hits is [{ Message.Text: "younger" }], "The old message is still found.");
    }

    [Fact]
    public async Task What_operators_settle_for_a_channel_counts_before_the_rules()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync("Retention:Rules:0:Channels=@strict", "Retention:Rules:0:MaxMessages=0", "Retention:Every=1.00:00:00");
        using var someone = new Operator(server);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@strict");
        await anna.JoinAsync("@other");
        foreach (var channel in (string[])["strict", "other"])
        {
            await anna.SendAsync("@" + channel, "old");
            await someone.SendAsync<ChannelDetails>(HttpStatusCode.OK, HttpMethod.Patch, $"/api/v1/channels/{channel}", new { retentionDays = 1 });
        }
        Assert.Equal(0, await RunAsync(server));
        server.Clock!.Advance(TimeSpan.FromHours(23));
        foreach (var channel in (string[])["@strict", "@other"]) await anna.SendAsync(channel, "younger");
        server.Clock.Advance(TimeSpan.FromHours(2));

        // At the end of its first day retention begins by itself, or has begun.
        await RunAsync(server);
        await server.WaitUntilAsync(async () => await CountAsync() == 2, "What is older than a day is still there.");
        Assert.Equal("younger", Assert.Single((await anna.JoinAsync("@strict")).Messages).Text);
        Assert.Equal("younger", Assert.Single((await anna.JoinAsync("@other")).Messages).Text);

        await someone.SendAsync<ChannelDetails>(HttpStatusCode.OK, HttpMethod.Patch, "/api/v1/channels/strict", new Dictionary<string, object?> { ["retentionDays"] = null });
        Assert.Equal(1, await RunAsync(server));

        async Task<int> CountAsync() => (await anna.JoinAsync("@strict")).Messages.Count + (await anna.JoinAsync("@other")).Messages.Count;
    }

    [Fact]
    public async Task A_former_life_goes_too_and_is_forgotten()
    {
        await using var server = await ChatServer.StartAsync("Retention:Rules:0:MaxMessages=0");
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        await anna.SendAsync("@room", "text");
        await anna.LeaveAsync("@room");
        var log = server.Services.GetRequiredService<IMessageLog>();
        Assert.Single(await log.ReadConversationsAsync(0, 10, default));

        Assert.Equal(1, await RunAsync(server));

        Assert.Empty(await log.ReadConversationsAsync(0, 10, default));
    }

    private static Task<long> RunAsync(ChatServer server) => server.Services.GetRequiredService<RetentionService>().RunAsync(default);
}
