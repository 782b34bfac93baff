using System.Buffers.Binary;
using KaiChat.Shared.KaiChat;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.KaiChat;

/// <summary>Whatever a peer sends, it costs others nothing and never reaches the error log (the server's disposal checks that).</summary>
public sealed class RobustnessTests
{
    [Fact]
    public async Task Commands_that_a_state_does_not_allow_are_ignored()
    {
        await using var server = await ChatServer.StartAsync();
        await using var client = await RawKaiClient.ConnectAsync(server.Native);
        await client.HandshakeAsync();
        await client.SendAsync(KaiPdu.Query, KaiPdu.Send("too early"), KaiPdu.Leave, KaiPdu.Join("x", "@room"), KaiPdu.VersionNegotiation(1));
        Assert.Empty(await client.FenceAsync());
        await client.SendAsync(KaiPdu.ClientInfo("anna"), KaiPdu.ClientInfo("other"), KaiPdu.Send("in no channel"), KaiPdu.Leave);
        Assert.Empty(await client.FenceAsync());
        await client.SendAsync(KaiPdu.Join("anna", "@room"));
        Assert.True(Assert.Single(await client.PollAsync()).UpToDate);
    }

    [Fact]
    public async Task Unknown_commands_are_ignored_and_a_stream_of_them_closes_the_connection()
    {
        await using var server = await ChatServer.StartAsync();
        await using var client = await RawKaiClient.SignInAsync(server.Native, "anna", "@room");
        for (var i = 0; i < 15; i++) await client.SendRawAsync(Unknown(99));
        Assert.Empty(await client.FenceAsync());
        for (var i = 0; i < 16; i++) await client.SendRawAsync(Unknown(-5));
        await client.WaitForCloseAsync();
        await server.ExpectEndAsync("UnknownCommands");
    }

    [Fact]
    public async Task Random_bytes_end_their_own_connection_only()
    {
        await using var server = await ChatServer.StartAsync();
        await using var witness = await RawKaiClient.SignInAsync(server.Native, "witness", "@room");
        for (var seed = 1; seed <= 20; seed++)
        {
            var noise = new byte[3 * KaiPdu.Length];
            new Random(seed).NextBytes(noise);
            // Neither a TLS hello nor, in any byte order, a PING.
            noise[0] = 1;
            await using var client = await RawKaiClient.ConnectAsync(server.Native);
            await client.SendRawAsync(noise);
            await client.WaitForCloseAsync();
        }
        await server.ExpectEndAsync("ProtocolError", count: 20);
        Assert.True(Assert.Single(await witness.PollAsync()).UpToDate);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Random_frames_in_every_state_harm_nobody(int steps)
    {
        await using var server = await ChatServer.StartAsync();
        await using var witness = await RawKaiClient.SignInAsync(server.Native, "witness", "@room");
        for (var seed = 1; seed <= 15; seed++)
        {
            await using var client = await RawKaiClient.ConnectAsync(server.Native);
            await client.SendAsync(KaiPdu.Ping);
            if (steps > 0) await client.SendAsync(KaiPdu.VersionNegotiation(1));
            if (steps > 1) await client.SendAsync(KaiPdu.ClientInfo("noise"));
            if (steps > 2) await client.SendAsync(KaiPdu.Join("noise", "@room"));
            var random = new Random(seed);
            var frame = new byte[KaiPdu.Length];
            for (var i = 0; i < 30; i++)
            {
                random.NextBytes(frame);
                // Half of them with a command that exists, so that the fields behind it are looked at.
                if (random.Next(2) == 0) BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(256), random.Next(1, 9));
                if (!await client.TrySendRawAsync(frame)) break;
            }
            await client.TrySendRawAsync(new byte[KaiPdu.Length]);
            await client.WaitForCloseAsync();
        }
        await witness.FenceAsync();
        await witness.SendAsync(KaiPdu.Leave, KaiPdu.Join("witness", "@quiet"));
        Assert.True((await witness.PollAsync())[^1].UpToDate);
    }

    [Fact]
    public async Task A_stream_that_ends_inside_a_pdu_is_a_lost_peer()
    {
        await using var server = await ChatServer.StartAsync();
        var client = await RawKaiClient.SignInAsync(server.Native, "anna", "@room");
        await client.SendRawAsync(new byte[100]);
        await client.DisposeAsync();
        await server.ExpectEndAsync("PeerLost");
    }

    [Fact]
    public async Task A_flood_is_slowed_down_not_lost_and_others_are_not_slowed()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync("Limits:MessagesPerSecond=200", "Limits:MessageBurst=5");
        await using var ben = await RawKaiClient.SignInAsync(server.Native, "ben", "@room");
        await using var flood = await RawKaiClient.SignInAsync(server.Native, "flood", "@room");
        await using var carl = await RawKaiClient.SignInAsync(server.Native, "carl", "@room");
        var texts = Enumerable.Range(0, 100).Select(i => $"{i}").ToArray();
        await flood.SendAsync([.. texts.Select(KaiPdu.Send)]);
        await server.Clock!.WhenTimerDueAsync(TimeSpan.FromMilliseconds(100));
        await carl.SendAsync(KaiPdu.Send("in between"));
        await carl.FenceAsync();

        // The clock stands still, and with it the flood behind its burst.
        var received = (await ben.PollAsync()).ToList();
        Assert.Equal([.. texts[..5], "in between"], received.Select(pdu => pdu.Text));
        using var patience = new CancellationTokenSource(Patience.Limit);
        while (received.Count < 101)
        {
            patience.Token.ThrowIfCancellationRequested();
            server.Clock.AdvanceToNextTimer();
            received.AddRange((await ben.PollAsync()).Where(pdu => !pdu.UpToDate));
        }
        Assert.Equal(texts, received.Where(pdu => pdu.Username == "flood").Select(pdu => pdu.Text));
        Assert.Contains("too fast", (await flood.PollAsync())[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_client_sent_too_fast_is_taken_also_when_it_has_closed()
    {
        await using var server = await ChatServer.StartAsync("Limits:MessagesPerSecond=200", "Limits:MessageBurst=5");
        await using var ben = await RawKaiClient.SignInAsync(server.Native, "ben", "@room");
        var texts = Enumerable.Range(0, 50).Select(i => $"{i}").ToArray();
        await using (var script = await RawKaiClient.SignInAsync(server.Native, "script", "@room"))
        {
            await script.SendAsync([.. texts.Select(KaiPdu.Send)]);
        }
        Assert.Equal(texts, (await ben.PollForAsync(50)).Select(pdu => pdu.Text));
    }

    [Fact]
    public async Task A_client_that_is_being_slowed_down_gets_its_goodbye_when_the_server_stops()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync("Limits:MessagesPerSecond=2", "Limits:MessageBurst=1");
        await using var flood = await RawKaiClient.SignInAsync(server.Native, "flood", "@room");
        await flood.SendAsync(KaiPdu.Send("taken"), KaiPdu.Send("waits"));
        // Sooner than the server's own timers, the first of which comes due at a full second.
        await server.Clock!.WhenTimerDueAsync(TimeSpan.FromMilliseconds(999));
        await server.StopAsync();
        var heard = new List<string>();
        while (await flood.TryReceiveAsync() is { } pdu) heard.Add(pdu.Text);
        Assert.StartsWith("You are posting too fast", heard[0], StringComparison.Ordinal);
        Assert.Contains("restarting", heard[^1], StringComparison.Ordinal);
        await server.ExpectEndAsync("ServerShutdown");
    }

    [Fact]
    public async Task A_full_server_closes_further_connections_and_says_why_in_its_log()
    {
        await using var server = await ChatServer.StartAsync("KaiChat:MaxConnections=2");
        await using var one = await RawKaiClient.SignInAsync(server.Native, "one");
        await using var two = await RawKaiClient.SignInAsync(server.Native, "two");
        await using var three = await RawKaiClient.ConnectAsync(server.Native);
        await three.WaitForCloseAsync();
        await server.ExpectEndAsync("LimitReached");
        Assert.True(Assert.Single(await two.PollAsync()).UpToDate);
    }

    private static byte[] Unknown(int command)
    {
        var pdu = new byte[KaiPdu.Length];
        BinaryPrimitives.WriteInt32LittleEndian(pdu.AsSpan(256), command);
        return pdu;
    }
}
