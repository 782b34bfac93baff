using System.Text.Json;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.KaiChat;
using KaiChat.TestKit;
using Microsoft.AspNetCore.SignalR;

namespace KaiChat.Integration.Tests.Hub;

/// <summary>The browsers' door, over real hub connections.</summary>
public sealed class HubTests
{
    [Fact]
    public async Task Joining_gives_members_with_their_kind_and_the_latest_messages()
    {
        await using var server = await ChatServer.StartAsync();
        await using var native = await RawKaiClient.SignInAsync(server.Native, "anna", "@Room");
        await native.SendAsync(KaiPdu.Send("one"), KaiPdu.Send("two"));
        await native.FenceAsync();
        await using var web = await WebUser.SignInAsync(server, "ben");
        var snapshot = await web.JoinAsync("room");

        Assert.Equal("@Room", snapshot.Channel);
        Assert.Equal([("anna", Origin.Native), ("ben", Origin.Web)], snapshot.Members.Select(member => (member.Username, member.Origin)));
        Assert.Equal([(1, "one"), (2, "two")], snapshot.Messages.Select(message => (message.Seq, message.Text)));
        Assert.Equal((2, false, false), (snapshot.LastSeq, snapshot.HasEarlier, snapshot.Gap));
    }

    [Fact]
    public async Task Members_come_and_go_live()
    {
        await using var server = await ChatServer.StartAsync();
        await using var web = await WebUser.SignInAsync(server, "web", "@room");
        var native = await RawKaiClient.SignInAsync(server.Native, "anna", "@room");
        var joined = await web.WaitForAsync<(string Channel, Member Member)>(nameof(IChatClient.MemberJoined), joined => joined.Member.Username == "anna");
        Assert.Equal(("@room", Origin.Native, Presence.Live), (joined.Channel, joined.Member.Origin, joined.Member.Presence));
        native.Reset();
        var left = await web.WaitForAsync<(string Channel, string Member)>(nameof(IChatClient.MemberLeft));
        Assert.Equal(("@room", joined.Member.Id), (left.Channel, left.Member));
    }

    [Fact]
    public async Task A_repeated_client_message_id_returns_the_first_result_and_posts_nothing()
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        var first = await anna.SendAsync("@room", "once", "id-1");
        var again = await anna.SendAsync("@room", "once", "id-1");
        await anna.SendAsync("@room", "next", "id-2");
        Assert.Equal(first, again);
        Assert.Equal(["once", "next"], (await ben.WaitForMessagesAsync(2)).Select(message => message.Text));
        Assert.Equal([1L, 2L], ben.Messages.Select(message => message.Seq));
    }

    [Theory]
    [InlineData("Join", "channel-invalid", "no spaces please")]
    [InlineData("Join", "channel-invalid", "")]
    [InlineData("Join", "channel-invalid", null)]
    [InlineData("Send", "not-a-member", "@elsewhere", "text", "id")]
    [InlineData("Send", "text-empty", "@room", " \n\t ", "id")]
    [InlineData("Send", "text-empty", "@room", null, "id")]
    [InlineData("Send", "message-id-invalid", "@room", "text", "")]
    [InlineData("Send", "message-id-invalid", "@room", "text", null)]
    [InlineData("Send", "message-id-invalid", "@room", "text", "with\nbreak")]
    [InlineData("History", "argument-invalid", "@room", 0, 10)]
    [InlineData("History", "argument-invalid", "@room", 10, 201)]
    [InlineData("History", "not-a-member", "@elsewhere", 10, 10)]
    [InlineData("Resume", "argument-invalid", "@room", -1)]
    [InlineData("PreviewNative", "text-too-long", null)]
    public async Task A_bad_argument_gets_its_code(string method, string code, params object?[]? arguments)
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        var refused = await Assert.ThrowsAsync<HubException>(() => anna.InvokeAsync(method, arguments));
        Assert.Contains($"HubException: {code}: ", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NoSuchMethod")]
    [InlineData("Join")]
    [InlineData("Join", 5)]
    [InlineData("Send", "@room", 7, true)]
    [InlineData("History", "@room", "x", "y")]
    public async Task A_call_of_the_wrong_shape_fails_alone(string method, params object?[] arguments)
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        await Assert.ThrowsAsync<HubException>(() => anna.InvokeAsync(method, arguments));
        Assert.Equal("still here", (await anna.SendAsync("@room", "still here")).Text);
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_refused_with_the_limit_named()
    {
        await using var server = await ChatServer.StartAsync("Limits:MaxTextLength=100");
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        var refused = await Assert.ThrowsAsync<HubException>(() => anna.SendAsync("@room", new string('x', 101)));
        Assert.Contains("text-too-long: The message has 101 characters; at most 100", refused.Message, StringComparison.Ordinal);
        Assert.Equal(100, (await anna.SendAsync("@room", new string('x', 100))).Text.Length);
    }

    [Fact]
    public async Task Entering_channels_too_fast_is_refused_with_the_time_to_wait_on_both_doors()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync("Limits:JoinsPerMinute=60", "Limits:JoinBurst=2");
        await using var anna = await WebUser.SignInAsync(server, "anna", "@one");
        await anna.JoinAsync("@two");
        await anna.JoinAsync("@two");
        var refused = await Assert.ThrowsAsync<HubException>(() => anna.JoinAsync("@three"));
        Assert.Matches(@"rate-limited: .* \[1 s\]$", refused.Message);

        await using var native = await RawKaiClient.SignInAsync(server.Native, "native", "@one");
        await native.SendAsync(KaiPdu.Join("native", "@two"), KaiPdu.Join("native", "@three"));
        Assert.StartsWith(KaiNotice.NotJoined, Assert.Single(await native.PollAsync(), pdu => !pdu.UpToDate).Text, StringComparison.Ordinal);

        server.Clock!.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("@three", (await anna.JoinAsync("@three")).Channel);
    }

    [Fact]
    public async Task Posting_too_fast_is_refused_with_the_time_to_wait()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync("Limits:MessagesPerSecond=1", "Limits:MessageBurst=2");
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        await anna.SendAsync("@room", "1");
        await anna.SendAsync("@room", "2");
        var refused = await Assert.ThrowsAsync<HubException>(() => anna.SendAsync("@room", "3"));
        Assert.Matches(@"rate-limited: .* \[1 s\]$", refused.Message);
        server.Clock!.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(3, (await anna.SendAsync("@room", "3")).Seq);
    }

    [Fact]
    public async Task History_pages_back_to_the_beginning()
    {
        await using var server = await ChatServer.StartAsync("Limits:MessageBurst=1000", "Limits:FeedLength=10");
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        for (var i = 1; i <= 25; i++) await anna.SendAsync("@room", $"{i}");
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        var page = await ben.HistoryAsync("@room", 21, 15);
        Assert.Equal(Enumerable.Range(6, 15), page.Messages.Select(message => (int)message.Seq));
        Assert.True(page.HasEarlier);
        page = await ben.HistoryAsync("@room", 6, 15);
        Assert.Equal(Enumerable.Range(1, 5), page.Messages.Select(message => (int)message.Seq));
        Assert.False(page.HasEarlier);
    }

    [Fact]
    public async Task Previews_what_native_clients_will_see()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await WebUser.SignInAsync(server, "anna");
        var preview = await anna.PreviewNativeAsync("caf\u00e9\nok");
        Assert.Equal(["cafe", "ok"], preview.Lines);
        Assert.Equal(6, preview.Bytes);
        Assert.Contains(new NativePreviewReplacement("\u00e9", "e"), preview.Replacements);
    }

    [Fact]
    public async Task Tokens_that_are_none_are_refused_with_a_problem()
    {
        await using var server = await ChatServer.StartAsync();
        foreach (var token in (string[])["", "x", new string('A', 100_0), "CfDJ8AAAA"])
        {
            using var answer = await server.Http.GetAsync("/hub?access_token=" + token);
            Assert.Equal(System.Net.HttpStatusCode.Unauthorized, answer.StatusCode);
            var problem = await answer.Content.ReadAsStringAsync();
            Assert.Equal("session-ended", JsonDocument.Parse(problem).RootElement.GetProperty("code").GetString());
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        }
    }

    [Theory]
    [InlineData("{\"protocol\":\"messagepack\",\"version\":1}\u001e")]
    [InlineData("nonsense\u001e")]
    [InlineData("{\"protocol\":\"json\",\"version\":1}\u001e{\"type\":1,\"target\":\u001e")]
    public async Task A_page_that_speaks_nonsense_is_disconnected_and_nothing_else_happens(string bytes)
    {
        await using var server = await ChatServer.StartAsync();
        await using var witness = await WebUser.SignInAsync(server, "witness", "@room");
        await using var victim = await WebUser.SignInAsync(server, "anna");
        using var socket = new System.Net.WebSockets.ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://{server.Web.Authority}/hub?access_token={victim.Session.Token}"), TestContext.Current.CancellationToken);
        await socket.SendAsync(System.Text.Encoding.UTF8.GetBytes(bytes), System.Net.WebSockets.WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        await ReadToEndAsync(socket);
        Assert.Equal(1, (await witness.SendAsync("@room", "fine")).Seq);
    }

    private static async Task ReadToEndAsync(System.Net.WebSockets.ClientWebSocket socket)
    {
        var buffer = new byte[4096];
        using var patience = new CancellationTokenSource(Patience.Limit);
        try
        {
            while ((await socket.ReceiveAsync(buffer, patience.Token)).MessageType != System.Net.WebSockets.WebSocketMessageType.Close)
            {
            }
        }
        catch (System.Net.WebSockets.WebSocketException)
        {
            // Closed without a goodbye, as such a page deserves.
        }
    }
}
