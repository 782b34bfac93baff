using System.Net;
using KaiChat.Integration.Tests.Admin;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.KaiChat;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Moderation;

/// <summary>Mutes, over every door.</summary>
public sealed class MuteTests
{
    [Fact]
    public async Task A_browsers_user_is_told_in_all_tabs_cannot_change_anything_and_is_told_when_it_is_over()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var desk = new Operator(server);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        await using var tab = await WebUser.ConnectAsync(server, anna.Session);
        await tab.JoinAsync("@dev");
        await anna.SendAsync("@dev", "before");

        await desk.PostAsync<Sanction>("/api/v1/mutes", new { username = "ANNA", channel = "@dev", reason = "shouting", minutes = 10 });

        var mute = new Mute(Desk.Name, "shouting", new DateTimeOffset(2026, 3, 1, 12, 10, 0, TimeSpan.Zero));
        Assert.Equal(("@dev", mute), await anna.WaitForAsync<(string?, Mute?)>(nameof(IChatClient.Muted)));
        Assert.Equal(("@dev", mute), await tab.WaitForAsync<(string?, Mute?)>(nameof(IChatClient.Muted)));
        const string Refusal = $"muted: You are muted in @dev by {Desk.Name} until 2026-03-01 12:10 UTC. Nothing was posted or changed. Reason: shouting.";
        Assert.Equal(Refusal, await Desk.RefusalAsync(() => anna.SendAsync("@dev", "no")));
        Assert.Equal(Refusal, await Desk.RefusalAsync(() => tab.EditAsync("@dev", 1, "no")));
        Assert.Equal(Refusal, await Desk.RefusalAsync(() => tab.ReactAsync("@dev", 1, "👍")));
        Assert.Equal(Refusal, await Desk.RefusalAsync(() => tab.DeleteAsync("@dev", 1)));
        Assert.Equal(mute, (await anna.ResumeAsync("@dev", 0)).Mute);
        Assert.Null((await anna.JoinAsync("@other")).Mute);
        await anna.SendAsync("@other", "yes");

        server.Clock!.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(("@dev", null), await anna.WaitForAsync<(string?, Mute?)>(nameof(IChatClient.Muted)));
        Assert.Equal(("@dev", null), await tab.WaitForAsync<(string?, Mute?)>(nameof(IChatClient.Muted)));
        await anna.SendAsync("@dev", "again");
        Assert.Null((await tab.JoinAsync("@dev")).Mute);
    }

    [Fact]
    public async Task What_was_posted_before_the_mute_is_acknowledged_when_it_is_sent_again()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync("Limits:MessageBurst=4");
        using var desk = new Operator(server);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        await using var ben = await WebUser.SignInAsync(server, "ben", "@dev");
        var first = await anna.SendAsync("@dev", "just in time", "the-same");
        await desk.PostAsync<Sanction>("/api/v1/mutes", new { username = "anna", reason = "shouting" });

        Assert.Equal(first, await anna.SendAsync("@dev", "just in time", "the-same"));
        Assert.StartsWith("muted: ", await Desk.RefusalAsync(() => anna.SendAsync("@dev", "another", "another-one")), StringComparison.Ordinal);
        using (var kick = await desk.PostAsync("/api/v1/channels/dev/kicks", new { username = "anna", reason = "noise" })) Assert.Equal(HttpStatusCode.NoContent, kick.StatusCode);
        Assert.Equal(first, await anna.SendAsync("@dev", "just in time", "the-same"));
        // To look costs what posting costs.
        Assert.StartsWith("rate-limited: ", await Desk.RefusalAsync(() => anna.SendAsync("@dev", "just in time", "the-same")), StringComparison.Ordinal);
        Assert.Single(anna.Messages);
        Assert.Single((await ben.JoinAsync("@dev")).Messages);
    }

    [Fact]
    public async Task Of_two_mutes_the_other_one_goes_on_holding()
    {
        await using var server = await ChatServer.StartAsync();
        using var desk = new Operator(server);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        await desk.PostAsync<Sanction>("/api/v1/mutes", new { username = "anna", channel = "dev", reason = "one" });
        Assert.Equal("one", (await anna.WaitForAsync<(string? Channel, Mute? Mute)>(nameof(IChatClient.Muted))).Mute?.Reason);
        var all = await desk.PostAsync<Sanction>("/api/v1/mutes", new { network = "127.0.0.1", reason = "all" });
        Assert.Equal((null, "all"), await NextAsync());
        Assert.Equal("@dev", (await NextAsync()).Channel);

        await desk.DeleteAsync($"/api/v1/mutes/{all.Id}");

        Assert.Equal((null, null), await NextAsync());
        Assert.Equal(("@dev", "one"), await NextAsync());
        Assert.StartsWith("muted: ", await Desk.RefusalAsync(() => anna.SendAsync("@dev", "no")), StringComparison.Ordinal);

        async Task<(string? Channel, string? Reason)> NextAsync()
        {
            var (channel, mute) = await anna.WaitForAsync<(string?, Mute?)>(nameof(IChatClient.Muted));
            return (channel, mute?.Reason);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_native_user_is_told_reads_on_and_hears_of_what_is_not_sent_over_a_restart(bool tls)
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var desk = new Operator(server);
        await using var ben = await WebUser.SignInAsync(server, "ben", "@dev");
        await using (var native = await SignInAsync())
        {
            await desk.PostAsync<Sanction>("/api/v1/mutes", new { username = "loud", reason = "shouting", minutes = 60 });
            Assert.Equal([$"You are muted on this server by {Desk.Name} until 2026-03-01 13:00 UTC: you can read, but not post. Reason: shouting."], await native.PollNoticesAsync());
        }
        await server.RestartAsync();

        await using var back = await SignInAsync();
        await back.SendAsync(KaiPdu.Send("no"));
        Assert.Equal(
            [$"Not sent: You are muted on this server by {Desk.Name} until 2026-03-01 13:00 UTC. Nothing was posted or changed. Reason: shouting."], await back.PollNoticesAsync());
        await using var again = await WebUser.ConnectAsync(server, ben.Session);
        await again.JoinAsync("@dev");
        await again.SendAsync("@dev", "hello");
        Assert.Equal("hello", Assert.Single(await back.PollForAsync(1)).Text);

        server.Clock!.Advance(TimeSpan.FromHours(1));
        Assert.Equal(["You are not muted on this server any more."], await back.PollNoticesAsync());
        await back.SendAsync(KaiPdu.Send("yes"));
        Assert.Equal("yes", Assert.Single(await again.WaitForMessagesAsync(2), message => message.Author == "loud").Text);

        Task<RawKaiClient> SignInAsync() => RawKaiClient.SignInAsync(server.Native, "loud", "@dev", tls: tls ? RawKaiClient.AnyCertificate() : null);
    }

    [Fact]
    public async Task Mutes_are_no_bans_to_the_api()
    {
        await using var server = await ChatServer.StartAsync();
        using var desk = new Operator(server);
        var mute = await desk.PostAsync<Sanction>("/api/v1/mutes", new { username = "a", reason = "x" });
        await desk.ExpectProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound, $"/api/v1/bans/{mute.Id}");
        await desk.DeleteAsync($"/api/v1/bans/{mute.Id}");
        Assert.Equal(mute, await desk.GetAsync<Sanction>($"/api/v1/mutes/{mute.Id}"));
        Assert.Equal([mute], (await desk.GetAsync<Page<Sanction>>("/api/v1/mutes")).Items);
        Assert.True((await desk.GetAsync<SanctionCheck>("/api/v1/mutes/check?username=A&channel=any")).Stopped);
    }
}
