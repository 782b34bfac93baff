using System.Buffers;
using KaiChat.Server.Connections;
using KaiChat.Shared.KaiChat;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace KaiChat.Server.Protocols.KaiChat;

/// <summary>The loop of one native connection: read, take PDUs off the front, let the session act on each, say goodbye.</summary>
internal sealed class KaiConnectionHandler(KaiSessionFactory sessions, ILogger<KaiConnectionHandler> logger) : ConnectionHandler
{
    private const string Restarting = "The server is restarting and will be back in a moment. What was posted is kept.";

    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        var info = connection.Features.Get<KaiConnection>()!;
        var tls = connection.Features.Get<ITlsHandshakeFeature>();
        info.Tls = tls?.Protocol;
        info.Cipher = tls?.NegotiatedCipherSuite?.ToString();
        await using var session = sessions.Create(info, connection.Transport.Output);
        try
        {
            var reason = await RunAsync(connection, info, session);
            info.SetReason(reason);
            if (info.Farewell is not null || reason == ConnectionEndReason.ServerShutdown) await session.SayGoodbyeAsync(info.Farewell ?? Restarting);
        }
        catch (Exception lost) when (lost is ConnectionResetException or ConnectionAbortedException or OperationCanceledException or IOException)
        {
            info.SetReason(ConnectionEndReason.PeerLost);
        }
        catch (KaiFormatException bad)
        {
            info.SetReason(ConnectionEndReason.ProtocolError);
            KaiLog.BadPdu(logger, info.Id, bad.Field, bad.Reason);
        }
#pragma warning disable CA1031 // A fault of ours ends this session only, and is logged.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            info.SetReason(ConnectionEndReason.ServerFault);
            KaiLog.Fault(logger, info.Id, fault);
        }
    }

    private static async Task<ConnectionEndReason> RunAsync(ConnectionContext connection, KaiConnection info, KaiSession session)
    {
        var input = connection.Transport.Input;
        try
        {
            while (true)
            {
                var read = await input.ReadAsync(info.Stopping);
                var buffer = read.Buffer;
                try
                {
                    // Nothing is done any more for whoever an operator has put out.
                    while (info.Farewell is null && TryRead(ref buffer, info, out var pdu))
                    {
                        if (await session.HandleAsync(pdu) is { } ended) return ended;
                    }
                    if (read.IsCompleted) return buffer.IsEmpty ? ConnectionEndReason.PeerClosed : ConnectionEndReason.PeerLost;
                }
                finally
                {
                    input.AdvanceTo(buffer.Start, buffer.End);
                }
            }
        }
        catch (OperationCanceledException) when (info.Stopping.IsCancellationRequested)
        {
            return info.Farewell is null ? ConnectionEndReason.ServerShutdown : info.Reason!.Value;
        }
    }

    private static bool TryRead(ref ReadOnlySequence<byte> buffer, KaiConnection info, out KaiPdu pdu)
    {
        // Before it is read, so that what makes no sense is seen, too.
        if (buffer.Length >= KaiPdu.Length) info.Received(buffer.Slice(0, KaiPdu.Length));
        var order = info.Order;
        var complete = KaiPduCodec.TryRead(ref buffer, KaiSide.Client, ref order, out pdu);
        info.Order = order;
        return complete;
    }
}
