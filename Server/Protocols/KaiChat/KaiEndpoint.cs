using System.Net;
using System.Net.Sockets;
using KaiChat.Server.Chat;
using KaiChat.Server.Connections;
using KaiChat.Server.Hosting;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Protocols.KaiChat;

/// <summary>The native port: takes connections in, finds out whether they are plain or TLS, and hands them to <see cref="KaiConnectionHandler"/>.</summary>
internal static class KaiEndpoint
{
    /// <summary>The first byte of a TLS connection: a handshake record (RFC 8446 section 5.1). A plain one begins with a PING's prefix, 0x00.</summary>
    private const byte TlsHandshakeRecord = 0x16;

    public static void Configure(ListenOptions listen)
    {
        var services = listen.ApplicationServices;
        var options = services.GetRequiredService<IOptions<KaiChatOptions>>().Value;
        services.GetRequiredService<ListeningEndpoints>().SetNative(listen);
        listen.Use(next => connection => AdmitAsync(connection, next, services));
        var trusted = new TrustedPeers(options.TrustedProxies);
        if (options.TrustedProxies.Length > 0)
        {
            var proxies = new KaiProxies(trusted, services.GetRequiredService<ILogger<KaiProxies>>());
            listen.Use(next => connection => proxies.AdmitAsync(connection, next));
        }
        var addresses = new KaiAddresses(services.GetRequiredService<AddressLimit>(), trusted);
        listen.Use(next => connection => addresses.AdmitAsync(connection, next));
        if (options.Tls != KaiTlsMode.Disabled)
        {
            var certificate = services.GetRequiredService<ServerCertificate>();
            var plain = new ConnectionBuilder(services).UseConnectionHandler<KaiConnectionHandler>().Build();
            listen.Use(next => connection => DispatchAsync(connection, tls: next, options.Tls == KaiTlsMode.Optional ? plain : null));
            listen.UseHttps(new HttpsConnectionAdapterOptions
            {
                ServerCertificateSelector = (_, _) => certificate.Current.TargetCertificate,
                // The heartbeat ends what takes too long, and names the reason; this is for when it does not.
                HandshakeTimeout = options.HandshakeTimeout * 2,
                OnAuthenticate = (_, tls) =>
                {
                    tls.ServerCertificateContext = certificate.Current;
                    tls.ServerCertificateSelectionCallback = null;
                    // Kestrel offers HTTP's: a client with an application protocol of its own would be refused.
                    tls.ApplicationProtocols = null;
                },
            });
        }
        listen.UseConnectionHandler<KaiConnectionHandler>();
    }

    private static async Task AdmitAsync(ConnectionContext transport, ConnectionDelegate next, IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<KaiChatOptions>>().Value;
        var clock = services.GetRequiredService<TimeProvider>();
        var registry = services.GetRequiredService<ConnectionRegistry>();
        using var connection = new KaiConnection(transport, clock);
        transport.Features.Set(connection);
        EnableKeepAlive(transport);
        registry.Add(connection);
        try
        {
            // Asked for when it is registered: the goodbye to all either finds it or has begun before.
            if (services.GetRequiredService<ChatService>().IsStopping) connection.SetReason(ConnectionEndReason.ServerShutdown);
            else if (registry.Count(Shared.Contracts.Origin.Native) > options.MaxConnections) connection.SetReason(ConnectionEndReason.LimitReached);
            else await next(transport);
        }
        finally
        {
            registry.Remove(connection, connection.Reason ?? ConnectionEndReason.PeerLost);
        }
    }

    /// <summary>Looks at the first byte, consuming nothing, and chooses a pipeline by it.</summary>
    private static async Task DispatchAsync(ConnectionContext transport, ConnectionDelegate tls, ConnectionDelegate? plain)
    {
        var connection = transport.Features.Get<KaiConnection>()!;
        try
        {
            var read = await transport.Transport.Input.ReadAsync();
            var first = read.Buffer.IsEmpty ? (byte?)null : read.Buffer.FirstSpan[0];
            transport.Transport.Input.AdvanceTo(read.Buffer.Start, read.Buffer.Start);
            if (first is null)
            {
                connection.SetReason(ConnectionEndReason.PeerClosed);
            }
            else if (first == TlsHandshakeRecord)
            {
                await tls(transport);
                connection.SetReason(ConnectionEndReason.TlsRefused);
            }
            else if (plain is not null)
            {
                await plain(transport);
            }
            else
            {
                connection.SetReason(ConnectionEndReason.TlsRefused);
            }
        }
        catch (Exception lost) when (lost is ConnectionResetException or ConnectionAbortedException or OperationCanceledException or IOException)
        {
            connection.SetReason(ConnectionEndReason.PeerLost);
        }
    }

    /// <summary>Finds peers that vanished without a word: the protocol has no timeout of its own after CLIENT_INFO.</summary>
    private static void EnableKeepAlive(ConnectionContext transport)
    {
        if (transport.Features.Get<IConnectionSocketFeature>()?.Socket is not { } socket) return;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 60);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 15);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 4);
    }

    /// <summary>The endpoint that <see cref="KaiChatOptions.Address"/> and <see cref="KaiChatOptions.Port"/> name; null address for all.</summary>
    public static IPAddress? ParseAddress(string address) => address is "*" or "+" ? null : address == "localhost" ? IPAddress.Loopback : AddressText.Parse(address);
}
