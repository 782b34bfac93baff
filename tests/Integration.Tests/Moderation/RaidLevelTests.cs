using System.Net;
using KaiChat.Integration.Tests.Admin;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.KaiChat;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Moderation;

/// <summary>What each raid level does, exactly.</summary>
public sealed class RaidLevelTests
{
    [Fact]
    public async Task Level_1_slows_newcomers_down_and_nobody_else()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var desk = new Operator(server);
        await using var old = await WebUser.SignInAsync(server, "old", "@dev");
        server.Clock!.Advance(TimeSpan.FromMinutes(5));
        await using var fresh = await WebUser.SignInAsync(server, "fresh", "@dev");
        await using var native = await RawKaiClient.SignInAsync(server.Native, "native", "@dev");
        var raid = await desk.SetRaidLevelAsync(1);
        Assert.Equal((1, "slow", null, 4), (raid.Level, raid.Name, raid.Until, raid.Levels.Count));

        foreach (var text in (string[])["1", "2"]) await old.SendAsync("@dev", text);
        await fresh.SendAsync("@dev", "first");
        Assert.Equal(
            "raid-level: New users may post one message in 5 s for now. Nothing was posted; go on in 5 s. [5 s]", await Desk.RefusalAsync(() => fresh.SendAsync("@dev", "second")));
        await native.SendAsync(KaiPdu.Send("first"), KaiPdu.Send("second"));
        Assert.StartsWith("Not sent: New users may post", Assert.Single(await native.PollNoticesAsync()), StringComparison.Ordinal);
        server.Clock.Advance(TimeSpan.FromSeconds(5));
        await fresh.SendAsync("@dev", "second");
        server.Clock.Advance(TimeSpan.FromMinutes(5));
        foreach (var text in (string[])["3", "4"]) await fresh.SendAsync("@dev", text);
    }

    [Fact]
    public async Task Level_2_lets_newcomers_in_only_from_where_somebody_is()
    {
        await using var server = await ChatServer.StartAsync("Web:TrustedProxies:0=127.0.0.1");
        using var desk = new Operator(server);
        await using var here = await WebUser.SignInAsync(server, "here", "@dev", "203.0.113.5");
        await using var gone = await WebUser.SignInAsync(server, "gone", "@dev", "203.0.113.7");
        await desk.SetRaidLevelAsync(2);
        Assert.Equal(HttpStatusCode.Created, (await server.TrySignInAsync("a", "203.0.113.5")).Status);
        var (status, text) = await server.TrySignInAsync("b", "203.0.113.6");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("\"raid-level\"", text, StringComparison.Ordinal);
        await using var native = await RawKaiClient.SignInAsync(server.Native, "c", "@dev");
        Assert.StartsWith("The server takes no new users for now", Assert.Single(await native.PollNoticesAsync()), StringComparison.Ordinal);

        // Who comes back to its session is no newcomer, not even after a restart, which the level outlives.
        await server.RestartAsync();
        await using var back = await WebUser.ConnectAsync(server, here.Session, "203.0.113.99");
        await back.JoinAsync("@dev");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await server.TrySignInAsync("d", "203.0.113.6")).Status);
    }

    [Fact]
    public async Task Level_3_leaves_the_word_to_operators_and_falls_back_by_itself()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var desk = new Operator(server);
        await using var ops = await WebUser.SignInAsync(server, "ops", "@dev");
        await ops.OperateAsync(Desk.KeyOf(server));
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        await anna.SendAsync("@dev", "before");
        var raid = await desk.SetRaidLevelAsync(3, minutes: 30);
        Assert.Equal(server.Clock!.GetUtcNow().AddMinutes(30), raid.Until);

        foreach (var text in (string[])["1", "2"]) await ops.SendAsync("@dev", text);
        Assert.StartsWith("raid-level: Only operators", await Desk.RefusalAsync(() => anna.SendAsync("@dev", "no")), StringComparison.Ordinal);
        Assert.StartsWith("raid-level: Only operators", await Desk.RefusalAsync(() => anna.EditAsync("@dev", 1, "no")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await server.TrySignInAsync("ben")).Status);

        server.Clock.Advance(TimeSpan.FromMinutes(30));
        await anna.SendAsync("@dev", "after");
        Assert.Equal(HttpStatusCode.Created, (await server.TrySignInAsync("ben")).Status);
        Assert.Equal((0, null), (await desk.GetAsync<RaidLevelInfo>("/api/v1/raid-level")) is var now ? (now.Level, now.Until) : default);
        await server.RestartAsync();
        using var after = new Operator(server);
        Assert.Equal(0, (await after.GetAsync<RaidLevelInfo>("/api/v1/raid-level")).Level);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"level\":4}")]
    [InlineData("{\"level\":-1}")]
    [InlineData("{\"level\":1,\"minutes\":0}")]
    public async Task A_level_that_is_none_is_refused(string body)
    {
        await using var server = await ChatServer.StartAsync();
        using var desk = new Operator(server);
        await Operator.ExpectProblemAsync(
            HttpStatusCode.BadRequest, ErrorCodes.ArgumentInvalid, desk.SendAsync(HttpMethod.Put, "/api/v1/raid-level", new StringContent(body, null, "application/json")));
    }
}
