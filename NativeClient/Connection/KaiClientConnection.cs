using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using KaiChat.Shared.KaiChat;

namespace KaiChat.NativeClient.Connection;

/// <summary>
/// One connection to a server: PDUs in, PDUs out. Any number of callers may send; one reads. Each PDU is one write, since the author's server takes one
/// read for one PDU.
/// </summary>
/// <param name="stream">The way to the server, plain or secured; owned.</param>
/// <param name="socket">Under the stream, to end one direction.</param>
/// <param name="security">How the connection is secured, as the end of a sentence.</param>
internal sealed class KaiClientConnection(Stream stream, Socket socket, string security) : IAsyncDisposable
{
    /// <summary>The order this client speaks, as the author's does.</summary>
    private const KaiByteOrder Order = KaiByteOrder.Little;

    /// <summary>Some PDUs fit, so that an answer of several is mostly seen as one.</summary>
    private readonly PipeReader _input = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 16 * KaiPdu.Length));

    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly byte[] _frame = new byte[KaiPdu.Length];

    public string Security => security;

    /// <summary>True if the PDU behind the last one read has been received too.</summary>
    public bool MoreAtHand { get; private set; }

    /// <exception cref="KaiClientException">The connection is lost.</exception>
    public async Task SendAsync(KaiPdu pdu, CancellationToken cancellation)
    {
        await _sending.WaitAsync(cancellation);
        try
        {
            KaiPduCodec.Write(_frame, pdu, KaiSide.Client, Order);
            await stream.WriteAsync(_frame, cancellation);
        }
        catch (IOException fault)
        {
            throw Lost(fault);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>The next PDU; null when the server has ended the connection.</summary>
    /// <exception cref="KaiClientException">The connection is lost, or ends within a PDU.</exception>
    /// <exception cref="KaiFormatException">What the server sends is not KaiChat.</exception>
    public async Task<KaiPdu?> ReadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            ReadResult result;
            try
            {
                result = await _input.ReadAsync(cancellation);
            }
            catch (IOException fault)
            {
                throw Lost(fault);
            }

            var rest = result.Buffer;
            KaiByteOrder? order = Order;
            if (KaiPduCodec.TryRead(ref rest, KaiSide.Server, ref order, out var pdu))
            {
                MoreAtHand = rest.Length >= KaiPdu.Length;
                _input.AdvanceTo(rest.Start);
                return pdu;
            }

            _input.AdvanceTo(rest.Start, rest.End);
            if (!result.IsCompleted) continue;
            if (rest.IsEmpty) return null;
            throw new KaiClientException(ExitCode.ConnectionLost, "The connection ended in the middle of a PDU.");
        }
    }

    /// <summary>Tells the server that nothing more comes. What it still sends can be read.</summary>
    public async Task EndSendingAsync(CancellationToken cancellation)
    {
        await _sending.WaitAsync(cancellation);
        try
        {
            if (stream is SslStream secure) await secure.ShutdownAsync();
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception fault) when (fault is IOException or SocketException)
        {
            // The server was first: there is nothing left to end.
        }
        finally
        {
            _sending.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _input.CompleteAsync();
        await stream.DisposeAsync();
        _sending.Dispose();
    }

    private static KaiClientException Lost(IOException fault) =>
        new(ExitCode.ConnectionLost, $"The connection was lost: {fault.InnerException?.Message ?? fault.Message}.", fault);
}
