using System.Net;
using KaiChat.Integration.Tests.Admin;
using KaiChat.Server.Chat;
using KaiChat.Server.Chat.Keeping;
using KaiChat.Server.Cluster;
using KaiChat.Server.Storage;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.KaiChat;
using KaiChat.Shared.Names;
using KaiChat.TestKit;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace KaiChat.Integration.Tests.Channels;

/// <summary>Channels that stay open without members, and how operators close them.</summary>
public sealed class KeptChannelTests
{
    private const string Dev = "/api/v1/channels/dev";

    [Fact]
    public async Task A_kept_channel_stays_with_its_history_without_members_and_over_a_restart()
    {
        var policy = new NativePolicy(NativeNotice.Silent, NativeNotice.Note, NativeNotice.Note);
        await using var server = await ChatServer.StartAsync("Limits:ResumeGrace=00:00:00");
        using (var someone = new Operator(server))
        {
            await someone.SendAsync<ChannelDetails>(
                HttpStatusCode.Created, HttpMethod.Post, "/api/v1/channels", new ChannelRequest("dev", "Work", ReadOnly: false, policy, RetentionDays: 30));
            await using var anna = await WebUser.SignInAsync(server, "anna", "@DEV");
            await anna.SendAsync("@dev", "kept");
            await anna.LeaveAsync("@dev");
            Assert.Equal(0, (await someone.GetAsync<ChannelDetails>(Dev)).Counts.Total);
            await anna.SignOutAsync();
        }

        await server.RestartAsync();

        using var again = new Operator(server);
        var kept = await again.GetAsync<ChannelDetails>(Dev);
        Assert.Equal(("@dev", "Work", false, policy, 30, true, 1), (kept.Name, kept.Topic, kept.ReadOnly, kept.Native, kept.RetentionDays, kept.Kept, kept.LastSeq));
        await using var ben = await RawKaiClient.SignInAsync(server.Native, "ben", "@dev");
        Assert.Equal(["Topic: Work", "kept"], (await ben.PollAsync()).Select(pdu => pdu.Text));
    }

    [Fact]
    public async Task The_sweep_leaves_it_open_and_closes_it_when_it_is_not_to_be_kept_any_more()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using (var someone = new Operator(server))
        {
            foreach (var name in (string[])["@dev", "@other"]) await someone.SendAsync<ChannelDetails>(HttpStatusCode.Created, HttpMethod.Post, "/api/v1/channels", new { name });
            await using var ben = await RawKaiClient.SignInAsync(server.Native, "ben", "@loose");
            await server.RestartAsync();
        }
        using var again = new Operator(server);
        Assert.True(server.HasChannel("@loose"));

        server.Clock!.Advance(TimeSpan.FromMinutes(3));
        await server.WaitUntilAsync(() => !server.HasChannel("@loose"), "The channel that nobody keeps is still open.");
        await server.Services.GetRequiredService<ChannelDirectory>().SweepAsync();
        Assert.True(server.HasChannel("@dev"));

        await again.SendAsync<ChannelDetails>(HttpStatusCode.OK, HttpMethod.Patch, Dev, new { kept = false });
        Assert.False(server.HasChannel("@dev"));
        Assert.True(server.HasChannel("@other"));
    }

    [Fact]
    public async Task Settings_outlive_a_channel_that_is_not_kept_and_end_with_its_deletion()
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        await someone.SendAsync<ChannelDetails>(HttpStatusCode.OK, HttpMethod.Patch, Dev, new { topic = "Work" });
        await anna.LeaveAsync("@dev");
        Assert.Equal(("Work", null), (await someone.GetAsync<ChannelDetails>(Dev)) is var closed ? (closed.Topic, closed.OpenedAt) : default);
        await server.RestartAsync();
        using var again = new Operator(server);
        await using var ben = await WebUser.SignInAsync(server, "ben");
        Assert.Equal("Work", (await ben.JoinAsync("@Dev")).Settings.Topic);
        await ben.LeaveAsync("@dev");

        Assert.Equal(HttpStatusCode.NoContent, await again.DeleteAsync(Dev));

        Assert.Equal("", (await ben.JoinAsync("@dev")).Settings.Topic);
    }

    [Fact]
    public async Task What_is_to_be_kept_is_open_after_a_start_whatever_became_of_it()
    {
        await using var server = await ChatServer.StartAsync();
        Assert.True(ChannelName.TryParse("@dev", out var name, out _));
        await server.Services.GetRequiredService<IChannelSettingsStore>().SaveAsync(SettledChannel.None(name) with { Topic = "Work", Kept = true, Rev = 5 }, Drafts.Record());

        await server.RestartAsync();

        using var someone = new Operator(server);
        var channel = await someone.GetAsync<ChannelDetails>(Dev);
        Assert.Equal(("Work", true, "\"5\""), (channel.Topic, channel.Kept, channel.Etag));
    }

    [Fact]
    public async Task Closing_it_again_and_again_under_people_who_come_and_go_leaves_nobody_in_a_channel_that_is_none()
    {
        await using var server = await ChatServer.StartAsync("Limits:JoinsPerMinute=1000000", "Limits:JoinBurst=1000000", "Limits:ReadBurst=1000000", "Limits:MessageBurst=1000000");
        using var someone = new Operator(server);
        var users = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => WebUser.SignInAsync(server, $"user{i}")));
        var restless = users.Select(async user =>
        {
            for (var i = 0; i < 40; i++)
            {
                try
                {
                    await user.JoinAsync("@dev");
                    await user.SendAsync("@dev", $"text {i}");
                    if (i % 3 == 0) await user.LeaveAsync("@dev");
                }
                catch (HubException closed) when (closed.Message.Contains(ErrorCodes.NotAMember, StringComparison.Ordinal))
                {
                    // Closed just then.
                }
            }
        }).ToArray();
        while (!restless.All(user => user.IsCompleted)) Assert.Equal(HttpStatusCode.NoContent, await someone.DeleteAsync(Dev));
        await Task.WhenAll(restless);

        foreach (var user in users) await user.JoinAsync("@dev");
        var channel = await someone.GetAsync<ChannelDetails>(Dev);
        Assert.Equal(["user0", "user1", "user2", "user3"], channel.Members.Select(member => member.Username));
        var last = await users[0].SendAsync("@dev", "to all of them");
        foreach (var user in users) await user.WaitForAsync<Message>(nameof(IChatClient.MessagePosted), message => message.Id == last.Id);
        var presence = server.Services.GetRequiredService<IPresence>();
        for (var life = 1L; life < long.Parse(channel.Incarnation!, System.Globalization.CultureInfo.InvariantCulture); life++) Assert.Equal(0, await presence.CountAsync(new ConversationId(life), default));
        Assert.Equal(4, server.SubscribersOf(channel.Name));
        foreach (var user in users) await user.DisposeAsync();
    }

    [Fact]
    public async Task Deleting_a_channel_puts_its_members_out_and_tells_them_and_a_new_life_begins_empty()
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        await someone.SendAsync<ChannelDetails>(HttpStatusCode.Created, HttpMethod.Post, "/api/v1/channels", new { name = "@dev", readOnly = false });
        await using var anna = await WebUser.SignInAsync(server, "anna");
        var before = await anna.JoinAsync("@dev");
        await using var ben = await RawKaiClient.SignInAsync(server.Native, "ben", "@dev");
        await using var cleo = await RawKaiClient.SignInAsync(server.Native, "cleo", "@dev");
        await anna.SendAsync("@dev", "last");

        Assert.Equal(HttpStatusCode.NoContent, await someone.DeleteAsync(Dev));
        Assert.Equal(HttpStatusCode.NoContent, await someone.DeleteAsync(Dev));

        Assert.Equal(new Kick("@dev", "admin", "The channel was closed.", Until: null), await anna.WaitForAsync<Kick>(nameof(IChatClient.Kicked)));
        Assert.Equal("last", Assert.Single(await ben.PollAsync()).Text);
        var told = Assert.Single(await ben.PollAsync());
        Assert.Equal(("SERVER", "@dev", "An operator has closed @dev. You are in no channel now: join another one."), (told.Username, told.Channel, told.Text));
        Assert.True(Assert.Single(await ben.PollAsync()).UpToDate);
        Assert.Empty((await someone.GetAsync<Page<ChannelInfo>>("/api/v1/channels")).Items);
        Assert.Contains("not-a-member", (await Assert.ThrowsAsync<HubException>(() => anna.SendAsync("@dev", "more"))).Message, StringComparison.Ordinal);

        var after = await anna.JoinAsync("@dev");
        Assert.NotEqual(before.Incarnation, after.Incarnation);
        Assert.Empty(after.Messages);
        // One asked for news since, the other did not.
        await cleo.SendAsync(KaiPdu.Join("cleo", "@dev"));
        await cleo.FenceAsync();
        await ben.SendAsync(KaiPdu.Join("ben", "@dev"));
        await ben.FenceAsync();
        await anna.SendAsync("@dev", "new");
        Assert.Equal("new", Assert.Single(await ben.PollAsync()).Text);
        Assert.Equal("new", Assert.Single(await cleo.PollAsync()).Text);
        Assert.Equal(3, (await someone.GetAsync<ChannelDetails>(Dev)).Counts.Total);
        Assert.Equal([("channel.create", "@dev"), ("channel.delete", "@dev")], await server.DoneAsync());
    }
}
