using System.Net;
using System.Net.Sockets;
using KaiChat.NativeClient.Tests.Kit;
using KaiChat.Shared.KaiChat;

namespace KaiChat.NativeClient.Tests.Connection;

/// <summary>Every way a connection ends badly has its exit code and one clear line.</summary>
public sealed class ConnectionEndTests
{
    [Fact]
    public async Task Nobody_listens_there()
    {
        // Taken and silent: nobody listens there, and nobody else can come there.
        using var nobody = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        nobody.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)nobody.LocalEndPoint!).Port;
        using var run = ClientRun.Of("connect", "127.0.0.1", "--port", $"{port}", "--user", "alice", "--channel", "@general");

        Assert.Equal(1, await run.Exit);
        Assert.StartsWith($"kaichat: Cannot connect to 127.0.0.1:{port}: ", Assert.Single(run.Error.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_server_closes_during_the_handshake()
    {
        using var server = new ScriptedServer();
        using var run = ClientRun.Script(server, TypedLines.Of());
        await using (var end = await server.AcceptAsync()) await end.ExpectAsync(KaiPdu.Ping);

        await AssertEndsAsync(run, 1, "kaichat: The server closed the connection during the handshake.");
    }

    [Fact]
    public async Task The_server_closes_later()
    {
        using var server = new ScriptedServer();
        using var run = ClientRun.Script(server, new TypedLines());
        await using (var end = await server.AcceptAsync()) await end.WelcomeAsync();

        await AssertEndsAsync(run, 1, "kaichat: The server closed the connection.");
    }

    [Fact]
    public async Task The_connection_ends_in_the_middle_of_a_PDU()
    {
        using var server = new ScriptedServer();
        using var run = ClientRun.Script(server, new TypedLines());
        await using (var end = await server.AcceptAsync())
        {
            await end.WelcomeAsync();
            await end.SendAsync(new byte[100]);
        }

        await AssertEndsAsync(run, 1, "kaichat: The connection ended in the middle of a PDU.");
    }

    [Fact]
    public async Task What_answers_is_no_KaiChat_server()
    {
        using var server = new ScriptedServer();
        using var run = ClientRun.Script(server, TypedLines.Of());
        await using var end = await server.AcceptAsync();
        var page = new byte[KaiPdu.Length];
        page.AsSpan().Fill((byte)'x');
        await end.SendAsync(page);

        Assert.Equal(5, await run.Exit);
        Assert.StartsWith("kaichat: What the server sends is not KaiChat: command: ", run.Error.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_server_answers_in_the_other_byte_order()
    {
        using var server = new ScriptedServer();
        using var run = ClientRun.Script(server, TypedLines.Of());
        await using var end = await server.AcceptAsync();
        await end.ExpectAsync(KaiPdu.Ping);
        var pong = new byte[KaiPdu.Length];
        KaiPduCodec.Write(pong, KaiPdu.Ping, KaiSide.Server, KaiByteOrder.Big);
        await end.SendAsync(pong);

        await AssertEndsAsync(run, 5, "kaichat: What the server sends is not KaiChat: command: its byte order contradicts the first PDU's.");
    }

    [Fact]
    public async Task The_server_offers_no_version()
    {
        using var server = new ScriptedServer();
        using var run = ClientRun.Script(server, TypedLines.Of());
        await using var end = await server.AcceptAsync();
        await end.ExpectAsync(KaiPdu.Ping);
        var offer = ServerEnd.Encode(KaiPdu.VersionNegotiation(1));
        offer[260] = 0;
        await end.SendAsync([.. ServerEnd.Encode(KaiPdu.Ping), .. offer]);

        await AssertEndsAsync(run, 5, "kaichat: What the server sends is not KaiChat: version: the server offers none from 1 to 256.");
    }

    [Fact]
    public async Task The_server_never_answers_the_first_PING()
    {
        using var server = new ScriptedServer();
        using var run = ClientRun.Script(server, TypedLines.Of(), "--timeout", "7");
        await using var end = await server.AcceptAsync();
        await end.ExpectAsync(KaiPdu.Ping);
        run.Clock.Advance(TimeSpan.FromSeconds(7));

        await AssertEndsAsync(run, 1, "kaichat: The server does not answer: nothing came within 7 s.");
    }

    [Fact]
    public async Task The_server_no_longer_answers()
    {
        using var server = new ScriptedServer();
        using var run = ClientRun.Script(server, new TypedLines(), "--timeout", "7", "--poll", "5");
        await using var end = await server.AcceptAsync();
        await end.WelcomeAsync();
        await run.Error.Contains("You are alice");
        await run.Clock.WhenTimerDueAsync(TimeSpan.FromSeconds(5)).OrFail();
        run.Clock.Advance(TimeSpan.FromSeconds(5));
        await end.ExpectAsync(KaiPdu.Query);
        run.Clock.Advance(TimeSpan.FromSeconds(5)); // still open, but not long enough, and not asked again
        run.Clock.Advance(TimeSpan.FromSeconds(5));

        await AssertEndsAsync(run, 1, "kaichat: The server does not answer: nothing came within 7 s.");
        await end.ExpectEndAsync();
    }

    private static async Task AssertEndsAsync(ClientRun run, int exitCode, string lastLine)
    {
        Assert.Equal(exitCode, await run.Exit);
        Assert.Equal(lastLine, run.Error.Lines[^1]);
    }
}
