using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using KaiChat.Shared.KaiChat;

namespace KaiChat.TestKit;

/// <summary>A native client on a real socket that does exactly what a test tells it, right or wrong.</summary>
public sealed class RawKaiClient : IAsyncDisposable
{
    /// <summary>Longer than anything takes; a test that waits so long has failed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Socket _socket;
    private readonly Stream _stream;
    private readonly PipeReader _reader;
    private readonly KaiByteOrder _order;
    private KaiByteOrder? _readOrder;

    private RawKaiClient(Socket socket, Stream stream, KaiByteOrder order)
    {
        (_socket, _stream, _order, _readOrder) = (socket, stream, order, order);
        _reader = PipeReader.Create(stream);
    }

    /// <summary>Connects; says nothing yet but what goes before everything else, as a proxy's header does.</summary>
    public static async Task<RawKaiClient> ConnectAsync(
        IPEndPoint server, KaiByteOrder order = KaiByteOrder.Little, SslClientAuthenticationOptions? tls = null, ReadOnlyMemory<byte> before = default)
    {
        var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server);
        Stream stream = new NetworkStream(socket, ownsSocket: true);
        if (!before.IsEmpty) await stream.WriteAsync(before);
        if (tls is not null)
        {
            var secure = new SslStream(stream);
            await secure.AuthenticateAsClientAsync(tls);
            stream = secure;
        }
        return new RawKaiClient(socket, stream, order);
    }

    /// <summary>TLS that takes any certificate and notes which one it was shown.</summary>
    public static SslClientAuthenticationOptions AnyCertificate(Action<string>? fingerprint = null) => new()
    {
        TargetHost = "localhost",
        RemoteCertificateValidationCallback = (_, certificate, _, _) =>
        {
            fingerprint?.Invoke(certificate!.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256));
            return true;
        },
    };

    /// <summary>Connects, shakes hands and signs in; with a channel, joins it.</summary>
    public static async Task<RawKaiClient> SignInAsync(
        IPEndPoint server, string username, string? channel = null, KaiByteOrder order = KaiByteOrder.Little, SslClientAuthenticationOptions? tls = null,
        ReadOnlyMemory<byte> before = default)
    {
        var client = await ConnectAsync(server, order, tls, before);
        await client.HandshakeAsync();
        await client.SendAsync(KaiPdu.ClientInfo(username));
        if (channel is not null) await client.SendAsync(KaiPdu.Join(username, channel));
        await client.FenceAsync();
        return client;
    }

    /// <summary>PING, PONG, VERSION_NEGOTIATION both ways.</summary>
    public async Task HandshakeAsync()
    {
        await SendAsync(KaiPdu.Ping);
        Require(await ReceiveAsync(), KaiCommand.PingPong);
        Require(await ReceiveAsync(), KaiCommand.VersionNegotiation);
        await SendAsync(KaiPdu.VersionNegotiation(1));
    }

    public Task SendAsync(params KaiPdu[] pdus)
    {
        var bytes = new byte[KaiPdu.Length * pdus.Length];
        for (var i = 0; i < pdus.Length; i++) KaiPduCodec.Write(bytes.AsSpan(i * KaiPdu.Length, KaiPdu.Length), pdus[i], KaiSide.Client, _order);
        return SendRawAsync(bytes);
    }

    public async Task SendRawAsync(ReadOnlyMemory<byte> bytes) => await _stream.WriteAsync(bytes).AsTask().WaitAsync(Patience);

    /// <summary>Sends, unless the server has closed the connection.</summary>
    public async Task<bool> TrySendRawAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await SendRawAsync(bytes);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>The next PDU.</summary>
    /// <exception cref="EndOfStreamException">The server closed the connection.</exception>
    public async Task<KaiPdu> ReceiveAsync() => await TryReceiveAsync() ?? throw new EndOfStreamException("The server closed the connection.");

    /// <summary>The next PDU; null if the server closed the connection.</summary>
    public async Task<KaiPdu?> TryReceiveAsync()
    {
        while (true)
        {
            ReadResult read;
            try
            {
                read = await _reader.ReadAsync().AsTask().WaitAsync(Patience);
            }
            catch (IOException)
            {
                return null;
            }
            var buffer = read.Buffer;
            if (KaiPduCodec.TryRead(ref buffer, KaiSide.Server, ref _readOrder, out var pdu))
            {
                _reader.AdvanceTo(buffer.Start);
                return pdu;
            }
            _reader.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted) return null;
        }
    }

    /// <summary>Sends a PING and reads up to its PONG: all that was sent before is dealt with then. What came in between is returned.</summary>
    public async Task<IReadOnlyList<KaiPdu>> FenceAsync()
    {
        await SendAsync(KaiPdu.Ping);
        return await ReceiveUntilPongAsync();
    }

    /// <summary>Asks for news and returns the whole answer.</summary>
    public async Task<IReadOnlyList<KaiPdu>> PollAsync()
    {
        await SendAsync(KaiPdu.Query, KaiPdu.Ping);
        return await ReceiveUntilPongAsync();
    }

    /// <summary>Polls until so many messages have come.</summary>
    public async Task<IReadOnlyList<KaiPdu>> PollForAsync(int messages)
    {
        var received = new List<KaiPdu>();
        using var patience = new CancellationTokenSource(Patience);
        while (received.Count < messages)
        {
            patience.Token.ThrowIfCancellationRequested();
            received.AddRange((await PollAsync()).Where(pdu => !pdu.UpToDate));
        }
        return received;
    }

    /// <summary>Waits until the server has closed the connection; what came before is dropped.</summary>
    public async Task WaitForCloseAsync()
    {
        while (await TryReceiveAsync() is not null)
        {
        }
    }

    /// <summary>Drops the connection without a word, as a crash does.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        _socket.Close();
    }

    public async ValueTask DisposeAsync()
    {
        await _reader.CompleteAsync();
        await _stream.DisposeAsync();
    }

    private async Task<IReadOnlyList<KaiPdu>> ReceiveUntilPongAsync()
    {
        var between = new List<KaiPdu>();
        while (await ReceiveAsync() is { Command: not KaiCommand.PingPong } pdu) between.Add(pdu);
        return between;
    }

    private static void Require(KaiPdu pdu, KaiCommand command)
    {
        if (pdu.Command != command) throw new InvalidOperationException($"Expected {command}, received {pdu}.");
    }
}
