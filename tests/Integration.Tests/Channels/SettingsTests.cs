using System.Net;
using KaiChat.Integration.Tests.Admin;
using KaiChat.Server.Access;
using KaiChat.Server.Chat;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.KaiChat;
using KaiChat.TestKit;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace KaiChat.Integration.Tests.Channels;

/// <summary>What members hear and feel of what operators settle, on both doors.</summary>
public sealed class SettingsTests
{
    private const string Dev = "/api/v1/channels/dev";

    [Fact]
    public async Task A_new_topic_is_told_at_once_to_pages_and_with_the_next_poll_to_natives()
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@Dev");
        await using var ben = await RawKaiClient.SignInAsync(server.Native, "ben", "@dev");
        await ben.PollAsync();

        await SettleAsync(someone, new { topic = "first" });
        await SettleAsync(someone, new { topic = "  Caf\u00e9 \U0001F600  " });

        var (channel, settings) = await anna.WaitForAsync<(string, ChannelSettings)>(nameof(IChatClient.ChannelChanged), changed => changed.Item2.Topic != "first");
        Assert.Equal(("@Dev", new ChannelSettings("Caf\u00e9 \U0001F600", ReadOnly: false, Native: null)), (channel, settings));
        // Of two between two polls the last one.
        var notice = Assert.Single(await ben.PollAsync());
        Assert.Equal(("SERVER", "@dev", "Topic: Cafe :grinning:", false), (notice.Username, notice.Channel, notice.Text, notice.UpToDate));
        Assert.True(Assert.Single(await ben.PollAsync()).UpToDate);

        // Newcomers hear it when they come; a topic that is taken away is no news, and neither is another setting.
        Assert.Equal("Caf\u00e9 \U0001F600", (await anna.JoinAsync("@dev")).Settings.Topic);
        await using var cleo = await RawKaiClient.SignInAsync(server.Native, "cleo", "@dev");
        Assert.Equal("Topic: Cafe :grinning:", Assert.Single(await cleo.PollAsync()).Text);
        await SettleAsync(someone, new { retentionDays = 5 });
        await SettleAsync(someone, new { topic = "" });
        Assert.True(Assert.Single(await cleo.PollAsync()).UpToDate);
    }

    [Theory]
    [InlineData("Batch")]
    [InlineData("Single")]
    public async Task A_long_topic_is_one_line_however_long_it_becomes_in_ascii(string delivery)
    {
        await using var server = await ChatServer.StartAsync($"KaiChat:Delivery={delivery}");
        using var someone = new Operator(server);
        await using var ben = await RawKaiClient.SignInAsync(server.Native, "ben", "@dev");
        await SettleAsync(someone, new { topic = string.Concat(Enumerable.Repeat("\U0001F9BC", 100)) });

        var notice = Assert.Single(await ben.PollAsync());

        Assert.StartsWith("Topic: :", notice.Text, StringComparison.Ordinal);
        Assert.InRange(notice.Text.Length, 1_000, KaiPdu.MaxTextLength);
        Assert.True(Assert.Single(await ben.PollAsync()).UpToDate);
    }

    [Fact]
    public async Task In_a_read_only_channel_only_operators_post_and_everybody_reads_and_reacts()
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        await using var boss = await WebUser.SignInAsync(server, "boss", "@dev");
        await using var ben = await RawKaiClient.SignInAsync(server.Native, "ben", "@dev");
        await anna.SendAsync("@dev", "mine");
        await SettleAsync(someone, new { readOnly = true });
        MakeOperator(server, "boss", Scopes.All);

        var refused = await Assert.ThrowsAsync<HubException>(() => anna.SendAsync("@dev", "no"));
        Assert.Contains("channel-read-only: Only operators may post in @dev. Nothing was posted.", refused.Message, StringComparison.Ordinal);
        Assert.Contains("channel-read-only", (await Assert.ThrowsAsync<HubException>(() => anna.EditAsync("@dev", 1, "another"))).Message, StringComparison.Ordinal);
        await ben.SendAsync(KaiPdu.Send("no"));
        await ben.FenceAsync();
        Assert.Equal(["Not sent: Only operators may post in @dev. Nothing was posted.", "mine"], (await ben.PollAsync()).Select(pdu => pdu.Text));

        Assert.Equal(2, (await boss.SendAsync("@dev", "news")).Seq);
        await anna.ReactAsync("@dev", 2, "\U0001F44D");
        await anna.DeleteAsync("@dev", 1);
        Assert.Equal("news", Assert.Single(await ben.PollAsync()).Text);
        Assert.True((await anna.JoinAsync("@dev")).Settings.ReadOnly);

        await SettleAsync(someone, new { readOnly = false });
        Assert.Equal(3, (await anna.SendAsync("@dev", "yes")).Seq);
    }

    [Fact]
    public async Task Operators_set_a_topic_in_the_chat_others_do_not_and_it_is_recorded()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");

        Assert.Contains("scope-missing: That is for operators whose key has the scope channels:write.", (await Assert.ThrowsAsync<HubException>(() => anna.SetTopicAsync("@dev", "mine"))).Message, StringComparison.Ordinal);
        MakeOperator(server, "anna", new HashSet<string>(StringComparer.Ordinal) { Scopes.ChannelsRead, Scopes.ModerationWrite });
        Assert.Contains("scope-missing", (await Assert.ThrowsAsync<HubException>(() => anna.SetTopicAsync("@dev", "mine"))).Message, StringComparison.Ordinal);
        Assert.Empty(await server.RecordedAsync());
        MakeOperator(server, "anna", new HashSet<string>(StringComparer.Ordinal) { Scopes.ChannelsWrite });
        await anna.SetTopicAsync("dev", "ours");
        // So already.
        await anna.SetTopicAsync("dev", "ours");

        Assert.Equal("ours", (await anna.WaitForAsync<(string, ChannelSettings Settings)>(nameof(IChatClient.ChannelChanged))).Settings.Topic);
        var entry = Assert.Single(await server.RecordedAsync());
        Assert.Equal(("ops as anna", "channel.update", "@dev", null, "127.0.0.1"), (entry.Actor, entry.Action, entry.Target, entry.Before, entry.Address));
        Assert.Contains("\"topic\":\"ours\"", entry.After, StringComparison.Ordinal);
        Assert.Contains("text-too-long", (await Assert.ThrowsAsync<HubException>(() => anna.SetTopicAsync("@dev", new string('x', 201)))).Message, StringComparison.Ordinal);
    }

    private static void MakeOperator(ChatServer server, string name, IReadOnlySet<string> scopes) =>
        server.Services.GetRequiredService<ChatService>().Sessions.Single(session => session.Name.Value == name).ShownKey = new KeyHolder("ops", scopes);

    private static Task<ChannelDetails> SettleAsync(Operator someone, object change) => someone.SendAsync<ChannelDetails>(HttpStatusCode.OK, HttpMethod.Patch, Dev, change);
}
