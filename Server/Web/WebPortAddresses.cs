using System.Net;
using KaiChat.Server.Chat.Moderation;
using KaiChat.Server.Connections;
using KaiChat.Server.Hosting;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Web;

/// <summary>
/// Holds the TCP connections from one address to the ports of the web to a number, whether they say anything or not: one too many is closed before anything is read from
/// it. Whose address counts, and whose does not, is as with <see cref="AddressLimit"/>; a listed proxy passes on many users' requests over few connections, so it is not
/// counted whomever it speaks for.
/// </summary>
internal sealed class WebPortAddresses(IOptions<WebOptions> web, ListeningEndpoints listening)
{
    private readonly TrustedPeers _proxies = new(web.Value.TrustedProxies);
    private readonly Dictionary<AddressNetwork, int> _counts = [];
    private readonly Lock _lock = new();

    /// <summary>Puts it before everything else on an endpoint, TLS included.</summary>
    public static void Configure(ListenOptions listen)
    {
        var services = listen.ApplicationServices;
        listen.Use(next => connection => services.GetRequiredService<WebPortAddresses>().AdmitAsync(connection, next));
    }

    public async Task AdmitAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        // The native port counts its connections itself.
        if ((connection.LocalEndPoint as IPEndPoint)?.Port == listening.NativePort
            || AddressLimit.KeyOf((connection.RemoteEndPoint as IPEndPoint)?.Address, _proxies) is not { } address)
        {
            await next(connection);
            return;
        }
        if (!TryEnter(address)) return;
        try
        {
            await next(connection);
        }
        finally
        {
            Leave(address);
        }
    }

    private bool TryEnter(in AddressNetwork address)
    {
        lock (_lock)
        {
            var count = _counts.GetValueOrDefault(address);
            if (web.Value.SocketsPerAddress is var most and > 0 && count >= most) return false;
            _counts[address] = count + 1;
            return true;
        }
    }

    private void Leave(in AddressNetwork address)
    {
        lock (_lock)
        {
            if (--_counts[address] == 0) _counts.Remove(address);
        }
    }
}
