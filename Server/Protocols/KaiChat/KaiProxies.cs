using KaiChat.Server.Connections;
using Microsoft.AspNetCore.Connections;

namespace KaiChat.Server.Protocols.KaiChat;

/// <summary>Learns from a trusted proxy whose connection it passes on, before anything else is read. The heartbeat's limit for the handshake holds for this, too.</summary>
internal sealed class KaiProxies(TrustedPeers trusted, ILogger<KaiProxies> logger)
{
    public async Task AdmitAsync(ConnectionContext transport, ConnectionDelegate next)
    {
        var connection = transport.Features.Get<KaiConnection>()!;
        // From anybody else these bytes are what no protocol here begins with.
        if (trusted.Contains(connection.RemoteEndPoint?.Address) && !await ReadAsync(transport, connection)) return;
        await next(transport);
    }

    /// <summary>False: the connection ends.</summary>
    private async Task<bool> ReadAsync(ConnectionContext transport, KaiConnection connection)
    {
        var input = transport.Transport.Input;
        try
        {
            while (true)
            {
                var read = await input.ReadAsync();
                var buffer = read.Buffer;
                if (buffer.IsEmpty || !ProxyHeader.BeginsWith(buffer.FirstSpan[0]))
                {
                    // The proxy itself, which looks whether the port is alive.
                    input.AdvanceTo(buffer.Start, buffer.Start);
                    return true;
                }
                switch (ProxyHeader.TryRead(ref buffer, out var client))
                {
                    case ProxyHeaderResult.Complete:
                        input.AdvanceTo(buffer.Start);
                        if (client is not null) connection.RemoteEndPoint = client;
                        return true;
                    case ProxyHeaderResult.Incomplete when !read.IsCompleted:
                        input.AdvanceTo(buffer.Start, buffer.End);
                        break;
                    case ProxyHeaderResult.Incomplete:
                        connection.SetReason(ConnectionEndReason.PeerLost);
                        return false;
                    default:
                        connection.SetReason(ConnectionEndReason.ProxyHeaderInvalid);
                        KaiLog.BadProxyHeader(logger, connection.Id);
                        return false;
                }
            }
        }
        catch (Exception lost) when (lost is ConnectionResetException or ConnectionAbortedException or OperationCanceledException or IOException)
        {
            connection.SetReason(ConnectionEndReason.PeerLost);
            return false;
        }
    }
}
