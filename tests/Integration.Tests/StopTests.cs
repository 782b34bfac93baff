using KaiChat.Integration.Tests.Admin;
using KaiChat.Server.Connections;
using KaiChat.Server.Hosting;
using KaiChat.Server.Web;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.KaiChat;
using KaiChat.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace KaiChat.Integration.Tests;

/// <summary>An orderly stop waits for nobody who has nothing to wait for, and ends every connection with the one reason.</summary>
public sealed class StopTests
{
    [Fact]
    public async Task Peers_that_have_not_signed_in_do_not_hold_up_the_stop()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        await using var silent = await RawKaiClient.ConnectAsync(server.Native);
        await using var greeting = await RawKaiClient.ConnectAsync(server.Native);
        await greeting.HandshakeAsync();
        await using var tls = await RawKaiClient.ConnectAsync(server.Native);
        await tls.SendRawAsync(new byte[] { 0x16, 0x03, 0x01 });
        await server.WaitForConnectionsAsync(3);
        // The clock stands still: whoever is waited for is waited for for ever.
        await server.Services.GetRequiredService<Drain>().RunAsync().WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        await server.ExpectEndAsync("ServerShutdown", count: 3);
    }

    [Fact]
    public async Task A_peer_that_comes_while_the_server_says_goodbye_is_turned_away()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        var drained = server.Services.GetRequiredService<Drain>().RunAsync();
        await drained;
        await using var late = await RawKaiClient.ConnectAsync(server.Native);
        await late.WaitForCloseAsync();
        await server.ExpectEndAsync("ServerShutdown");
    }

    [Fact]
    public async Task A_client_that_does_not_read_its_goodbye_is_cut_off()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync("KaiChat:SendTimeout=01:00:00");
        await using var deaf = await RawKaiClient.SignInAsync(server.Native, "deaf", "@room");
        var sending = deaf.TrySendRawAsync(Frames(KaiPdu.Query, 20_000));
        await server.WaitUntilAsync(() => server.Connection("deaf").FlushingFor is not null, "The client was never slow.");
        var drained = server.Services.GetRequiredService<Drain>().RunAsync();
        // In steps so small that the send timeout, which has another reason, is not reached however many there are.
        await server.WaitUntilAsync(
            () =>
            {
                server.Clock!.Advance(TimeSpan.FromMilliseconds(50));
                return drained.IsCompleted;
            },
            "It waits for ever.");
        await server.ExpectEndAsync("ServerShutdown");
        Assert.False(await sending);
    }

    [Fact]
    public async Task A_client_that_is_being_slowed_down_hears_the_goodbye_and_what_became_of_its_message()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync("Limits:MessagesPerSecond=2", "Limits:MessageBurst=1");
        await using var fast = await RawKaiClient.SignInAsync(server.Native, "fast", "@room");
        await fast.SendAsync(KaiPdu.Send("one"), KaiPdu.Send("two"));
        await server.Clock!.WhenTimerDueAsync(TimeSpan.FromMilliseconds(999));
        _ = server.Services.GetRequiredService<Drain>().RunAsync();
        var heard = new List<string>();
        while (await fast.TryReceiveAsync() is { } pdu) heard.Add(pdu.Text);
        Assert.Contains(heard, text => text.Contains("not sent", StringComparison.OrdinalIgnoreCase));
        Assert.Contains("restarting", heard[^1], StringComparison.Ordinal);
        await server.ExpectEndAsync("ServerShutdown");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_goodbye_waits_for_a_change_that_is_under_way(bool byOperator)
    {
        var log = new HookedLog();
        var (changed, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        log.Changed = () =>
        {
            changed.TrySetResult();
            return goOn.Task;
        };
        // The clock stands still: nothing is given up.
        await using var server = await ChatServer.StartAdjustedAsync(log.Take, new FakeTimeProvider());
        using var someone = new Operator(server);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        var message = await anna.SendAsync("@room", "a slip");
        Task deleted = byOperator
            ? someone.DeleteAsync($"/api/v1/channels/room/messages/{message.Seq}")
            : anna.DeleteAsync("@room", message.Seq);
        await changed.Task;
        var page = server.Services.GetRequiredService<ConnectionRegistry>().All.OfType<HubClient>().Single();

        var drained = server.Services.GetRequiredService<Drain>().RunAsync();
        Assert.Null(page.Reason);
        goOn.SetResult();
        await drained;
        await anna.WaitForAsync<int>(nameof(IChatClient.ServerRestarting));
        if (byOperator) Assert.Equal(System.Net.HttpStatusCode.NoContent, await (Task<System.Net.HttpStatusCode>)deleted);
    }

    private static byte[] Frames(KaiPdu pdu, int count)
    {
        var frames = new byte[count * KaiPdu.Length];
        for (var i = 0; i < count; i++) KaiPduCodec.Write(frames.AsSpan(i * KaiPdu.Length), pdu, KaiSide.Client, KaiByteOrder.Little);
        return frames;
    }
}
