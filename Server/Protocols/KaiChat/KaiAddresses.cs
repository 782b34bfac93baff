using KaiChat.Server.Connections;
using Microsoft.AspNetCore.Connections;

namespace KaiChat.Server.Protocols.KaiChat;

/// <summary>
/// Counts a connection for its address, which is known now, behind the proxies. One too many is led to CLIENT_INFO all the same: before that, version 1 has no place for a
/// word that every client reads.
/// </summary>
internal sealed class KaiAddresses(AddressLimit limit, TrustedPeers proxies)
{
    public async Task AdmitAsync(ConnectionContext transport, ConnectionDelegate next)
    {
        var connection = transport.Features.Get<KaiConnection>()!;
        using var place = limit.Enter(connection.RemoteEndPoint?.Address, proxies);
        if (place.Admission == AddressAdmission.Closed)
        {
            connection.SetReason(ConnectionEndReason.AddressLimitReached);
            return;
        }
        if (place.Admission == AddressAdmission.Told) connection.Expulsion = new KaiExpulsion(limit.Refusal(), ConnectionEndReason.AddressLimitReached);
        await next(transport);
    }
}
