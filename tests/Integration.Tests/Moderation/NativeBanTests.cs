using KaiChat.Integration.Tests.Admin;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.KaiChat;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Moderation;

/// <summary>Nobody who is banned keeps a native connection: each ends soon after its user was told why, wherever its conversation stands.</summary>
public sealed class NativeBanTests
{
    private const string Words = $"You are banned from this server by {Desk.Name} until it is lifted. Reason: spam.";

    [Theory]
    [InlineData("{\"username\":\"troll\",\"reason\":\"spam\"}", false)]
    [InlineData("{\"network\":\"127.0.0.1\",\"reason\":\"spam\"}", true)]
    [InlineData("{\"network\":\"127.0.0.0/8\",\"reason\":\"spam\"}", false)]
    [InlineData("{\"username\":\"troll\",\"network\":\"192.0.2.1\",\"reason\":\"spam\"}", true)]
    public async Task Whoever_is_in_is_told_unasked_and_out_and_a_fresh_connection_is_told_the_same(string ban, bool tls)
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var desk = new Operator(server);
        await using var inChannel = await RawKaiClient.SignInAsync(server.Native, "troll", "@dev", KaiByteOrder.Big, Tls(tls));
        Assert.Equal(System.Net.HttpStatusCode.Created, (await desk.SendAsync(HttpMethod.Post, "/api/v1/bans", new StringContent(ban, null, "application/json"))).StatusCode);
        Assert.Equal(Words, await inChannel.LastWordAsync());

        await using var fresh = await RawKaiClient.SignInAsync(server.Native, "TROLL", "@dev", tls: Tls(tls));
        Assert.Equal(Words, await fresh.AskWhyAsync());
        await server.ExpectEndAsync("Banned", 2);
        await server.WaitForConnectionsAsync(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_is_refused_and_never_asks_is_told_unasked_after_the_handshakes_time(bool tls)
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var desk = new Operator(server);
        await desk.PostAsync<Sanction>("/api/v1/bans", new { username = "troll", reason = "spam" });
        await using var silent = await RawKaiClient.SignInAsync(server.Native, "troll", tls: Tls(tls));
        server.Clock!.Advance(TimeSpan.FromSeconds(29));
        Assert.Empty(await silent.FenceAsync());
        server.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(Words, await silent.LastWordAsync());
        await server.ExpectEndAsync("Banned");
    }

    [Fact]
    public async Task Who_waits_with_a_refused_name_at_a_banned_address_does_not_stay_either()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var desk = new Operator(server);
        await using var waiting = await RawKaiClient.SignInAsync(server.Native, "SERVER", "@dev");
        await desk.PostAsync<Sanction>("/api/v1/bans", new { network = "127.0.0.1", reason = "spam" });
        server.Clock!.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Words, await waiting.LastWordAsync());
        await server.ExpectEndAsync("Banned");
    }

    [Fact]
    public async Task Who_is_being_slowed_down_posts_nothing_more_after_the_ban()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync("Limits:MessagesPerSecond=2", "Limits:MessageBurst=1");
        using var desk = new Operator(server);
        await using var ben = await RawKaiClient.SignInAsync(server.Native, "ben", "@dev");
        await using var troll = await RawKaiClient.SignInAsync(server.Native, "troll", "@dev");
        await troll.SendAsync([.. Enumerable.Repeat(KaiPdu.Send("flood"), 20)]);
        await server.Clock!.WhenTimerDueAsync(TimeSpan.FromMilliseconds(999));
        // The clock stands still: whoever waits for its next turn to post waits for ever.
        await desk.PostAsync<Sanction>("/api/v1/bans", new { username = "troll", reason = "spam" });
        Assert.Equal(Words, await troll.LastWordAsync());
        await server.ExpectEndAsync("Banned");
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("flood", Assert.Single(await ben.PollAsync()).Text);
    }

    [Fact]
    public async Task What_came_in_one_piece_with_the_message_under_way_is_not_posted_after_the_ban()
    {
        var log = new HookedLog();
        var (appended, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var server = await ChatServer.StartAdjustedAsync(log.Take);
        using var desk = new Operator(server);
        await using var ben = await RawKaiClient.SignInAsync(server.Native, "ben", "@dev");
        await using var troll = await RawKaiClient.SignInAsync(server.Native, "troll", "@dev");
        log.Appended = () =>
        {
            appended.TrySetResult();
            return goOn.Task;
        };
        await troll.SendAsync([.. Enumerable.Repeat(KaiPdu.Send("flood"), 20)]);
        await appended.Task;
        var connection = server.Connection("troll");
        var banned = desk.PostAsync<Sanction>("/api/v1/bans", new { username = "troll", reason = "spam" });
        await server.WaitUntilAsync(() => connection.Farewell is not null, "It was not put out.");
        goOn.SetResult();
        await banned;
        Assert.Equal(Words, await troll.LastWordAsync());
        Assert.Equal("flood", Assert.Single(await ben.PollForAsync(1)).Text);
        Assert.True(Assert.Single(await ben.PollAsync()).UpToDate);
    }

    [Fact]
    public async Task A_ban_by_name_leaves_the_connection_for_another_name_until_its_user_knows()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var desk = new Operator(server);
        await desk.PostAsync<Sanction>("/api/v1/bans", new { username = "troll", reason = "spam" });
        await using var anna = await RawKaiClient.SignInAsync(server.Native, "troll");
        await anna.SendAsync(KaiPdu.ClientInfo("anna"), KaiPdu.Join("anna", "@dev"));
        Assert.Empty(await anna.PollNoticesAsync());
        server.Clock!.Advance(TimeSpan.FromHours(1));
        Assert.True(Assert.Single(await anna.PollAsync()).UpToDate);
    }

    private static System.Net.Security.SslClientAuthenticationOptions? Tls(bool tls) => tls ? RawKaiClient.AnyCertificate() : null;
}
