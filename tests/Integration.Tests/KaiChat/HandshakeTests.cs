using KaiChat.Shared.KaiChat;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.KaiChat;

/// <summary>docs/protocols/kaichat.md: "The conversation", "The version number", "Byte order".</summary>
public sealed class HandshakeTests
{
    [Theory]
    [InlineData(KaiByteOrder.Little)]
    [InlineData(KaiByteOrder.Big)]
    public async Task Answers_a_ping_with_pong_and_version_in_the_clients_byte_order(KaiByteOrder order)
    {
        await using var server = await ChatServer.StartAsync();
        await using var client = await RawKaiClient.ConnectAsync(server.Native, order);
        await client.SendAsync(KaiPdu.Ping);

        Assert.Equal(KaiCommand.PingPong, (await client.ReceiveAsync()).Command);
        var version = await client.ReceiveAsync();
        Assert.Equal(KaiCommand.VersionNegotiation, version.Command);
        Assert.Equal(1, version.Version);
    }

    [Fact]
    public async Task Takes_a_handshake_in_pieces_of_one_byte()
    {
        await using var server = await ChatServer.StartAsync();
        await using var client = await RawKaiClient.ConnectAsync(server.Native);
        var ping = new byte[KaiPdu.Length];
        KaiPduCodec.Write(ping, KaiPdu.Ping, KaiSide.Client, KaiByteOrder.Little);
        for (var i = 0; i < ping.Length; i++) await client.SendRawAsync(ping.AsMemory(i, 1));
        Assert.Equal(KaiCommand.PingPong, (await client.ReceiveAsync()).Command);
    }

    [Fact]
    public async Task Takes_a_whole_conversation_in_one_segment()
    {
        await using var server = await ChatServer.StartAsync();
        await using var reader = await RawKaiClient.SignInAsync(server.Native, "reader", "@room");
        await using var client = await RawKaiClient.ConnectAsync(server.Native);
        await client.SendAsync(
            KaiPdu.Ping, KaiPdu.VersionNegotiation(1), KaiPdu.ClientInfo("fast"), KaiPdu.Join("fast", "@room"), KaiPdu.Send("all at once"), KaiPdu.Quit);
        await client.WaitForCloseAsync();
        Assert.Equal("all at once", Assert.Single(await reader.PollForAsync(1)).Text);
    }

    [Fact]
    public async Task Explains_and_closes_when_the_client_selects_no_version_it_speaks()
    {
        await using var server = await ChatServer.StartAsync();
        await using var client = await RawKaiClient.ConnectAsync(server.Native);
        await client.SendAsync(KaiPdu.Ping);
        await client.ReceiveAsync();
        await client.ReceiveAsync();
        var select = new byte[KaiPdu.Length];
        KaiPduCodec.Write(select, KaiPdu.VersionNegotiation(1), KaiSide.Client, KaiByteOrder.Little);
        select[260] = 77;
        await client.SendRawAsync(select);

        var notice = await client.ReceiveAsync();
        Assert.Equal("SERVER", notice.Username);
        Assert.Contains("version", notice.Text, StringComparison.Ordinal);
        Assert.Null(await client.TryReceiveAsync());
        await server.ExpectEndAsync("VersionMismatch");
    }

    [Fact]
    public async Task Closes_a_connection_that_does_not_begin_with_a_ping()
    {
        await using var server = await ChatServer.StartAsync();
        await using var client = await RawKaiClient.ConnectAsync(server.Native);
        await client.SendAsync(KaiPdu.Query);
        Assert.Null(await client.TryReceiveAsync());
        await server.ExpectEndAsync("ProtocolError");
    }

    [Fact]
    public async Task Closes_a_connection_that_changes_its_byte_order()
    {
        await using var server = await ChatServer.StartAsync();
        await using var client = await RawKaiClient.ConnectAsync(server.Native);
        await client.SendAsync(KaiPdu.Ping);
        var version = new byte[KaiPdu.Length];
        KaiPduCodec.Write(version, KaiPdu.VersionNegotiation(1), KaiSide.Client, KaiByteOrder.Big);
        await client.SendRawAsync(version);
        await client.WaitForCloseAsync();
        await server.ExpectEndAsync("ProtocolError");
    }

    [Fact]
    public async Task Answers_ping_with_pong_in_every_later_state()
    {
        await using var server = await ChatServer.StartAsync();
        await using var client = await RawKaiClient.ConnectAsync(server.Native);
        await client.HandshakeAsync();
        Assert.Empty(await client.FenceAsync());
        await client.SendAsync(KaiPdu.ClientInfo("anna"));
        Assert.Empty(await client.FenceAsync());
        await client.SendAsync(KaiPdu.Join("anna", "@room"));
        Assert.Empty(await client.FenceAsync());
    }

    [Fact]
    public async Task Quit_closes_from_every_state()
    {
        await using var server = await ChatServer.StartAsync();
        await using var early = await RawKaiClient.ConnectAsync(server.Native);
        await early.HandshakeAsync();
        await early.SendAsync(KaiPdu.Quit);
        await early.WaitForCloseAsync();
        await server.ExpectEndAsync("Quit");

        await using var late = await RawKaiClient.SignInAsync(server.Native, "anna", "@room");
        await late.SendAsync(KaiPdu.Quit);
        await late.WaitForCloseAsync();
        await server.ExpectEndAsync("Quit", count: 2);
    }
}
