using KaiChat.Integration.Tests.Admin;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.KaiChat;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Proxies;

/// <summary>The native port behind a TCP proxy.</summary>
public sealed class ProxyProtocolTests
{
    private const string Trusting = "KaiChat:TrustedProxies:0=127.0.0.1";
    private const int BadProxyHeader = 4006;

    private static readonly byte[] Signature = [0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A];
    private static readonly byte[] Proxied = [.. Signature, 0x21, 0x11, 0, 12, 203, 0, 113, 5, 10, 0, 0, 1, 0x30, 0x39, 0x72, 0x10];
    private static readonly byte[] Local = [.. Signature, 0x20, 0, 0, 0];

    [Theory]
    [InlineData("KaiChat:Tls=Optional", false)]
    [InlineData("KaiChat:Tls=Optional", true)]
    [InlineData("KaiChat:Tls=Required", true)]
    [InlineData("KaiChat:Tls=Disabled", false)]
    public async Task A_client_comes_from_where_the_proxy_says(string setting, bool tls)
    {
        await using var server = await ChatServer.StartAsync(Trusting, setting);
        Assert.Equal(("203.0.113.5", 12345), await AddressOfAsync(server, Proxied, tls));
        Assert.Equal("203.0.113.7", (await AddressOfAsync(server, "PROXY TCP4 203.0.113.7 10.0.0.1 12345 29200\r\n"u8.ToArray(), tls)).Address);
        Assert.Equal("127.0.0.1", (await AddressOfAsync(server, Local, tls)).Address);
        Assert.Equal("127.0.0.1", (await AddressOfAsync(server, [], tls)).Address);
    }

    [Fact]
    public async Task A_header_that_makes_no_sense_closes_with_its_own_reason_and_no_noise()
    {
        await using var server = await ChatServer.StartAsync(Trusting, "Logging:LogLevel:Default=Debug");
        foreach (var bad in (byte[][])[[.. Signature, 0x31, 0x11, 0, 0], [0x0D, 0x0A, 0x0D, 0x0C], "PROXY TCP9 a b c d\r\n"u8.ToArray()])
        {
            await using var client = await RawKaiClient.ConnectAsync(server.Native, before: bad);
            await client.WaitForCloseAsync();
        }
        await server.ExpectEndAsync("ProxyHeaderInvalid", 3);
        Assert.Equal(3, server.Logs.Lines.Count(line => line is { EventId: BadProxyHeader, Level: Microsoft.Extensions.Logging.LogLevel.Debug }));
    }

    [Fact]
    public async Task A_proxy_that_breaks_off_is_lost()
    {
        await using var server = await ChatServer.StartAsync(Trusting);
        await using (await RawKaiClient.ConnectAsync(server.Native, before: Proxied.AsMemory(0, 20))) await server.WaitForConnectionsAsync(1);
        await server.ExpectEndAsync("PeerLost");
        await using (await RawKaiClient.ConnectAsync(server.Native)) await server.WaitForConnectionsAsync(1);
        await server.ExpectEndAsync("PeerClosed");
    }

    [Fact]
    public async Task A_proxy_that_drips_its_header_has_no_longer_than_any_client()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync(Trusting);
        await using var client = await RawKaiClient.ConnectAsync(server.Native, before: Proxied.AsMemory(0, 20));
        await server.WaitForConnectionsAsync(1);
        server.Clock!.Advance(TimeSpan.FromSeconds(31));
        await client.WaitForCloseAsync();
        await server.ExpectEndAsync("HandshakeTimeout");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("KaiChat:TrustedProxies:0=10.0.0.0/8")]
    public async Task From_anybody_else_a_header_is_just_nonsense(string? setting)
    {
        await using var server = await ChatServer.StartAsync(setting is null ? [] : [setting]);
        await using var client = await RawKaiClient.ConnectAsync(server.Native, before: Proxied);
        await client.TrySendRawAsync(new byte[KaiPdu.Length]);
        await client.WaitForCloseAsync();
        await server.ExpectEndAsync("ProtocolError");
        Assert.False(server.HasEnded("ProxyHeaderInvalid"));
    }

    private static async Task<(string? Address, int? Port)> AddressOfAsync(ChatServer server, byte[] header, bool tls)
    {
        await using var client = await RawKaiClient.ConnectAsync(server.Native, tls: tls ? RawKaiClient.AnyCertificate() : null, before: header);
        await client.HandshakeAsync();
        await client.SendAsync(KaiPdu.ClientInfo("anna"));
        await client.FenceAsync();
        using var keeper = new Operator(server);
        var connection = Assert.Single((await keeper.GetAsync<Page<ClientConnection>>("/api/v1/connections")).Items);
        await client.SendAsync(KaiPdu.Quit);
        await client.WaitForCloseAsync();
        await server.WaitForConnectionsAsync(0);
        return (connection.Address, connection.Port);
    }
}
