using System.Buffers;
using System.Net.Sockets;
using KaiChat.Shared.KaiChat;

namespace KaiChat.NativeClient.Tests.Kit;

/// <summary>The server's end of one connection: what it reads, what it says. Little-endian, as this client is.</summary>
internal sealed class ServerEnd(Stream stream) : IAsyncDisposable
{
    private readonly byte[] _frame = new byte[KaiPdu.Length];
    private KaiByteOrder? _order;

    public static KaiPdu UpToDate { get; } = KaiPdu.NothingNew("@general");

    /// <summary>The next PDU; null at the end of the connection.</summary>
    public async Task<KaiPdu?> ReadAsync()
    {
        var length = await stream.ReadAtLeastAsync(_frame, _frame.Length, throwOnEndOfStream: false).AsTask().OrFail();
        if (length == 0) return null;
        var input = new ReadOnlySequence<byte>(_frame, 0, length);
        Assert.True(KaiPduCodec.TryRead(ref input, KaiSide.Client, ref _order, out var pdu), "The client sent part of a PDU.");
        return pdu;
    }

    public async Task ExpectAsync(params KaiPdu[] expected)
    {
        foreach (var pdu in expected) Assert.Equal(pdu, await ReadAsync());
    }

    /// <summary>Completes when the client has sent something more, which stays unread.</summary>
    public Task WhenMoreHasComeAsync() => stream.ReadAsync(Memory<byte>.Empty).AsTask().OrFail();

    /// <summary>Drops the connection as a system does whose program ends with something unread.</summary>
    public void Reset()
    {
        var socket = ((NetworkStream)stream).Socket;
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
    }

    public async Task ExpectEndAsync() => Assert.Null(await ReadAsync());

    public Task SendAsync(params KaiPdu[] pdus) => SendAsync(pdus.SelectMany(Encode).ToArray());

    public Task SendAsync(byte[] bytes) => stream.WriteAsync(bytes).AsTask().OrFail();

    public static byte[] Encode(KaiPdu pdu)
    {
        var frame = new byte[KaiPdu.Length];
        KaiPduCodec.Write(frame, pdu, KaiSide.Server, KaiByteOrder.Little);
        return frame;
    }

    public static KaiPdu Message(string author, string text) => KaiPdu.Receive(author, "@general", text);

    public static KaiPdu Notice(string text) => KaiPdu.Receive("SERVER", "@general", text);

    /// <summary>The handshake of alice, who goes to @general, up to her first QUERY.</summary>
    public async Task GreetAsync()
    {
        await ExpectAsync(KaiPdu.Ping);
        await SendAsync(KaiPdu.Ping, KaiPdu.VersionNegotiation(1));
        await ExpectSignInAsync();
    }

    public Task ExpectSignInAsync() =>
        ExpectAsync(KaiPdu.VersionNegotiation(1), KaiPdu.ClientInfo("alice"), KaiPdu.Join("alice", "@general"), KaiPdu.Query);

    /// <summary>The whole handshake; nothing is new.</summary>
    public async Task WelcomeAsync()
    {
        await GreetAsync();
        await SendAsync(UpToDate);
    }

    /// <summary>Answers everything to the goodbye, as a server in batch mode does; the first QUERY with what it still has to say.</summary>
    public async Task LetDrainAsync(params KaiPdu[] news)
    {
        while (await ReadAsync() is { } pdu && pdu.Command != KaiCommand.Quit)
        {
            Assert.True(pdu.Command is KaiCommand.PingPong or KaiCommand.Query, $"The client sent {pdu}.");
            if (pdu.Command == KaiCommand.PingPong)
            {
                await SendAsync(KaiPdu.Ping);
                continue;
            }

            await SendAsync(news.Length > 0 ? news : [UpToDate]);
            news = [];
        }

        await DisposeAsync();
    }

    public async Task ExpectGoodbyeAsync()
    {
        await ExpectAsync(KaiPdu.Quit);
        await DisposeAsync();
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();
}
