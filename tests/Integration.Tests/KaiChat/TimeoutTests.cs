using KaiChat.Shared.Contracts;
using KaiChat.Shared.KaiChat;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.KaiChat;

/// <summary>docs/protocols/kaichat.md: "Timeouts, measured by the server".</summary>
public sealed class TimeoutTests
{
    private static readonly TimeSpan JustBefore = TimeSpan.FromSeconds(28);
    private static readonly TimeSpan Over = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task A_peer_that_says_nothing_is_closed_after_thirty_seconds()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        await using var client = await RawKaiClient.ConnectAsync(server.Native);
        await server.WaitForConnectionsAsync(1);
        server.Clock!.Advance(JustBefore);
        await server.WaitForConnectionsAsync(1);
        server.Clock.Advance(Over);
        await client.WaitForCloseAsync();
        await server.ExpectEndAsync("HandshakeTimeout");
    }

    [Fact]
    public async Task A_peer_that_drips_its_ping_is_closed_all_the_same()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        await using var client = await RawKaiClient.ConnectAsync(server.Native);
        for (var i = 0; i < 10; i++)
        {
            await client.SendRawAsync(new byte[100]);
            await server.WaitForConnectionsAsync(1);
            server.Clock!.Advance(TimeSpan.FromSeconds(2.9));
        }
        server.Clock!.Advance(Over);
        await client.WaitForCloseAsync();
        await server.ExpectEndAsync("HandshakeTimeout");
    }

    [Fact]
    public async Task Each_step_of_the_handshake_has_thirty_seconds_of_its_own()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        await using var slow = await RawKaiClient.ConnectAsync(server.Native);
        await server.WaitForConnectionsAsync(1);
        server.Clock!.Advance(JustBefore);
        await slow.SendAsync(KaiPdu.Ping);
        await slow.ReceiveAsync();
        await slow.ReceiveAsync();
        server.Clock.Advance(JustBefore);
        await slow.SendAsync(KaiPdu.VersionNegotiation(1));
        await slow.FenceAsync();
        server.Clock.Advance(JustBefore);
        await slow.FenceAsync();
        server.Clock.Advance(Over);
        await slow.WaitForCloseAsync();
        await server.ExpectEndAsync("HandshakeTimeout");
    }

    [Fact]
    public async Task After_client_info_a_client_may_be_silent_for_as_long_as_its_user_types()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        await using var good = await RawKaiClient.SignInAsync(server.Native, "anna", "@room");
        await using var refused = await RawKaiClient.SignInAsync(server.Native, "SERVER");
        server.Clock!.Advance(TimeSpan.FromHours(5));
        Assert.True(Assert.Single(await good.PollAsync()).UpToDate);
        Assert.Equal("SERVER", Assert.Single(await refused.PollAsync()).Username);
    }

    [Fact]
    public async Task A_client_that_misses_its_polls_is_late_and_live_again_when_it_polls()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        await using var web = await WebUser.SignInAsync(server, "web", "@room");
        await using var native = await RawKaiClient.SignInAsync(server.Native, "anna", "@room");
        await web.WaitForAsync<(string, Member Member)>(nameof(IChatClient.MemberJoined), joined => joined.Member.Username == "anna");

        server.Clock!.Advance(TimeSpan.FromSeconds(12));
        var late = await web.WaitForAsync<(string Channel, Member Member)>(nameof(IChatClient.MemberChanged));
        Assert.Equal(("@room", "anna", Presence.Late), (late.Channel, late.Member.Username, late.Member.Presence));

        await native.PollAsync();
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        var live = await web.WaitForAsync<(string Channel, Member Member)>(nameof(IChatClient.MemberChanged));
        Assert.Equal(Presence.Live, live.Member.Presence);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_that_does_not_read_is_answered_no_further_and_closed_and_others_notice_nothing(bool tls)
    {
        await using var server = await ChatServer.StartWithFakeClockAsync("Limits:MessageBurst=100000");
        await using var anna = await RawKaiClient.SignInAsync(server.Native, "anna", "@room");
        await using var other = await RawKaiClient.SignInAsync(server.Native, "other", "@room");
        await using var deaf = await RawKaiClient.SignInAsync(server.Native, "deaf", "@room", tls: tls ? RawKaiClient.AnyCertificate() : null);
        // Many times what socket buffers hold; never awaited, since the server stops reading when its answers are not read.
        var sending = deaf.TrySendRawAsync(Queries(20_000));
        await server.WaitUntilAsync(() => server.Connection("deaf").FlushingFor is not null, "The client was never slow.");

        await anna.SendAsync(KaiPdu.Send("business as usual"));
        Assert.Equal("business as usual", Assert.Single(await other.PollForAsync(1)).Text);
        await server.WaitUntilAsync(
            () =>
            {
                server.Clock!.Advance(TimeSpan.FromSeconds(1));
                return !server.IsConnected("deaf");
            },
            "It was never closed.");
        await server.ExpectEndAsync("SlowConsumer");
        Assert.False(await sending);
    }

    private static byte[] Queries(int count)
    {
        var queries = new byte[count * KaiPdu.Length];
        for (var i = 0; i < count; i++) KaiPduCodec.Write(queries.AsSpan(i * KaiPdu.Length), KaiPdu.Query, KaiSide.Client, KaiByteOrder.Little);
        return queries;
    }
}
