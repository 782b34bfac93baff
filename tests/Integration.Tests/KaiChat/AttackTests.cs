using KaiChat.Shared.KaiChat;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.KaiChat;

/// <summary>Peers that want to hold the native door open or wear it out. What they do to the protocol itself: <see cref="RobustnessTests"/>, <see cref="TimeoutTests"/>.</summary>
public sealed class AttackTests
{
    /// <summary>PROXY protocol v2: the client is 203.0.113.5.</summary>
    private static readonly byte[] Proxied =
        [0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A, 0x21, 0x11, 0, 12, 203, 0, 113, 5, 10, 0, 0, 1, 0x30, 0x39, 0x72, 0x10];

    [Theory]
    [InlineData("KaiChat:Tls=Optional", new byte[] { 0x16 })]
    [InlineData("KaiChat:Tls=Required", new byte[] { 0x16, 0x03, 0x01, 0x02, 0x00 })]
    [InlineData("KaiChat:Tls=Optional", new byte[] { 0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03 })]
    public async Task A_tls_handshake_that_hangs_has_no_longer_than_any_client(string setting, byte[] begun)
    {
        await using var server = await ChatServer.StartWithFakeClockAsync(setting);
        await using var hanging = await RawKaiClient.ConnectAsync(server.Native, before: begun);
        await server.WaitForConnectionsAsync(1);
        server.Clock!.Advance(TimeSpan.FromSeconds(28));
        await server.WaitForConnectionsAsync(1);
        await using var other = await RawKaiClient.SignInAsync(server.Native, "anna", "@room", tls: RawKaiClient.AnyCertificate());
        server.Clock.Advance(TimeSpan.FromSeconds(3));
        await hanging.WaitForCloseAsync();
        await server.ExpectEndAsync("HandshakeTimeout");
        Assert.True(Assert.Single(await other.PollAsync()).UpToDate);
    }

    [Fact]
    public async Task Who_says_nothing_behind_its_tls_handshake_has_no_longer_either()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        await using var silent = await RawKaiClient.ConnectAsync(server.Native, tls: RawKaiClient.AnyCertificate());
        server.Clock!.Advance(TimeSpan.FromSeconds(31));
        await silent.WaitForCloseAsync();
        await server.ExpectEndAsync("HandshakeTimeout");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(KaiPdu.Length - 1)]
    public async Task In_the_middle_of_a_pdu_the_goodbye_comes_all_the_same(int bytes)
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        await using var half = await RawKaiClient.SignInAsync(server.Native, "anna", "@room");
        await half.SendRawAsync(new byte[bytes]);
        await server.StopAsync();
        Assert.Contains("restarting", (await half.ReceiveAsync()).Text, StringComparison.Ordinal);
        await server.ExpectEndAsync("ServerShutdown");
    }

    [Fact]
    public async Task A_flood_of_connections_that_break_off_anywhere_leaves_nothing_behind()
    {
        const int Lanes = 4, Each = 75, Most = 8;
        await using var server = await ChatServer.StartAsync("KaiChat:TrustedProxies:0=127.0.0.1", $"Limits:ConnectionsPerAddress={Most}");
        await using var witness = await RawKaiClient.SignInAsync(server.Native, "witness", "@room");
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => Task.Run(async () =>
        {
            for (var i = 0; i < Each; i++) await BreakOffAsync(server, $"u{lane}", step: i % 6);
        })));
        await server.ExpectAnyEndAsync(Lanes * Each);
        await server.WaitForConnectionsAsync(1);
        Assert.True(Assert.Single(await witness.PollAsync()).UpToDate);
        // All places of the address are free again, and all names.
        var here = new List<RawKaiClient>();
        for (var i = 0; i < Most; i++) here.Add(await RawKaiClient.SignInAsync(server.Native, $"u{i}", "@room", before: Proxied));
        foreach (var one in here)
        {
            Assert.True(Assert.Single(await one.PollAsync()).UpToDate);
            await one.DisposeAsync();
        }
    }

    /// <summary>Connects, goes some steps, and breaks off: in order while it says nothing that is answered, without a word after that.</summary>
    private static async Task BreakOffAsync(ChatServer server, string username, int step)
    {
        byte[] before = step switch { 0 => [], 1 => Proxied[..20], 2 => [.. Proxied, 0x16, 0x03, 0x01], 3 => [.. Proxied, .. new byte[100]], _ => Proxied };
        await using var client = await RawKaiClient.ConnectAsync(server.Native, before: before);
        if (step < 4) return;
        try
        {
            await client.SendAsync(KaiPdu.Ping, KaiPdu.VersionNegotiation(1));
            if (step == 5) await client.SendAsync(KaiPdu.ClientInfo(username), KaiPdu.Join(username, "@room"), KaiPdu.Query);
            // Reset before the server has accepted it, it would be none.
            await client.ReceiveAsync();
            client.Reset();
        }
        catch (IOException)
        {
            // One of too many at a time.
        }
    }
}
