using System.Net;
using KaiChat.Integration.Tests.Admin;
using KaiChat.Integration.Tests.Moderation;
using KaiChat.Server.Hosting;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace KaiChat.Integration.Tests.Channels;

/// <summary>What native clients had not fetched yet when their channel, or the server, came to its end: they get all of it, once.</summary>
public sealed class ClosedChannelTests
{
    private const string Closed = "An operator has closed @dev. You are in no channel now: join another one.";

    private static readonly string[] Lines = [.. "abc".Select(letter => new string(letter, 900))];

    [Fact]
    public async Task Single_delivers_all_of_a_closed_channel_before_its_end()
    {
        await using var server = await ChatServer.StartAsync("KaiChat:Delivery=Single");
        await using var ben = await RawKaiClient.SignInAsync(server.Native, "ben", "@dev");
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        var texts = "abcdef".Select(letter => new string(letter, 1_900)).ToArray();
        foreach (var text in texts) await anna.SendAsync("@dev", text);
        await CloseAsync(server);
        string[] expected = [.. texts, Closed, ""];
        Assert.Equal(expected, await AnswersAsync(ben, expected.Length));
    }

    [Fact]
    public async Task Single_delivers_what_a_notice_kept_waiting_before_the_end()
    {
        await using var server = await ChatServer.StartAsync("KaiChat:Delivery=Single");
        await using var ben = await RawKaiClient.SignInAsync(server.Native, "ben", "@dev");
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        using (var someone = new Operator(server)) await someone.PostAsync<NoticeReach>("/api/v1/notices", new { text = "We close.", channel = "@dev" });
        await anna.SendAsync("@dev", "last");
        await CloseAsync(server);
        var answers = await AnswersAsync(ben, 4);
        Assert.Contains("We close.", answers[0], StringComparison.Ordinal);
        Assert.Equal(["last", Closed, ""], answers[1..]);
    }

    [Theory]
    [InlineData("Batch")]
    [InlineData("Single")]
    public async Task What_cannot_be_read_for_a_while_comes_before_the_end(string delivery)
    {
        var log = new HookedLog();
        await using var server = await ChatServer.StartAdjustedAsync(log.Take, $"KaiChat:Delivery={delivery}", "Limits:FeedLength=1");
        await using var ben = await RawKaiClient.SignInAsync(server.Native, "ben", "@dev");
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        await anna.SendAsync("@dev", new string('a', 1_900));
        await anna.SendAsync("@dev", new string('b', 1_900));
        await CloseAsync(server);
        log.ReadsLeft = 0;
        Assert.Contains("cannot", Assert.Single(await AnswersAsync(ben, 1)), StringComparison.Ordinal);
        log.ReadsLeft = int.MaxValue;
        Assert.Equal([new string('a', 1_900), new string('b', 1_900), Closed, ""], await AnswersAsync(ben, 4));
    }

    [Fact]
    public async Task A_goodbye_goes_on_where_the_last_answer_stopped()
    {
        await using var server = await ChatServer.StartAsync("KaiChat:Delivery=Single");
        await using var ben = await RawKaiClient.SignInAsync(server.Native, "ben", "@dev");
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        await anna.SendAsync("@dev", string.Join('\n', Lines));
        Assert.Equal($"{Lines[0]}\n[anna]> {Lines[1]}", Assert.Single(await ben.PollAsync()).Text);
        var drained = server.Services.GetRequiredService<Drain>().RunAsync();
        Assert.Equal(Lines[2], (await ben.ReceiveAsync()).Text);
        Assert.Contains("restarting", (await ben.ReceiveAsync()).Text, StringComparison.Ordinal);
        await drained;
    }

    [Fact]
    public async Task A_message_that_follows_a_half_delivered_one_that_was_removed_comes_whole()
    {
        await using var server = await ChatServer.StartAsync("KaiChat:Delivery=Single");
        using var someone = new Operator(server);
        await using var ben = await RawKaiClient.SignInAsync(server.Native, "ben", "@dev");
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        for (var i = 0; i < 3; i++) await anna.SendAsync("@dev", string.Join('\n', Lines));
        Assert.Equal($"{Lines[0]}\n[anna]> {Lines[1]}", Assert.Single(await ben.PollAsync()).Text);
        await RemovalTests.RunAsync(server, someone, new { throughSeq = 2 });
        Assert.Equal([$"{Lines[0]}\n[anna]> {Lines[1]}", Lines[2], ""], await AnswersAsync(ben, 3));
    }

    private static async Task CloseAsync(ChatServer server)
    {
        using var someone = new Operator(server);
        Assert.Equal(HttpStatusCode.NoContent, await someone.DeleteAsync("/api/v1/channels/dev"));
    }

    /// <summary>The texts of so many PDUs, polled for one after the other.</summary>
    private static async Task<string[]> AnswersAsync(RawKaiClient client, int count)
    {
        var texts = new List<string>();
        while (texts.Count < count) texts.AddRange((await client.PollAsync()).Select(pdu => pdu.Text));
        return [.. texts];
    }
}
