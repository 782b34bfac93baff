using KaiChat.Server.Chat;
using KaiChat.Server.Connections;
using KaiChat.Server.Hosting;
using KaiChat.Server.Protocols.KaiChat;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.KaiChat;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Admin;

/// <summary>Puts together what <c>/api/v1/server</c> says. Made when the server starts.</summary>
internal sealed class ServerFacts(
    IServer server, ListeningEndpoints listening, ConnectionRegistry connections, ChatService chat, IServiceProvider services, IOptions<KaiChatOptions> native,
    TimeProvider clock)
{
    private readonly DateTimeOffset _startedAt = clock.GetUtcNow();
    private readonly long _started = clock.GetTimestamp();

    private TlsUse NativeTls => Enum.Parse<TlsUse>(native.Value.Tls.ToString());

    public ServerInfo Collect() => new(
        "KaiChat.Web",
        ServerVersion.Text,
        _startedAt,
        (long)clock.GetElapsedTime(_started).TotalSeconds,
        Count(),
        [.. server.Features.Get<IServerAddressesFeature>()!.Addresses.Select(Describe)],
        NativeTls == TlsUse.Disabled ? null : DescribeCertificate(),
        DescribeKaiChat());

    private ServerCounts Count()
    {
        var web = connections.Count(Origin.Web);
        var nativeClients = connections.Count(Origin.Native);
        return new ServerCounts(new KindCounts(web + nativeClients, web, nativeClients), chat.Sessions.Count(), chat.Channels.Count());
    }

    private ServerEndpoint Describe(string address)
    {
        var binding = BindingAddress.Parse(address);
        return listening.IsNative(address)
            ? new ServerEndpoint(Origin.Native, binding.Host, binding.Port, NativeTls)
            : new ServerEndpoint(Origin.Web, binding.Host, binding.Port, binding.Scheme == Uri.UriSchemeHttps ? TlsUse.Required : TlsUse.Disabled);
    }

    private CertificateInfo DescribeCertificate()
    {
        // Not a parameter of the constructor: a server without TLS makes no certificate.
        var certificate = services.GetRequiredService<ServerCertificate>();
        return new CertificateInfo(certificate.Fingerprint, new DateTimeOffset(certificate.Current.TargetCertificate.NotAfter).ToUniversalTime());
    }

    private KaiChatInfo DescribeKaiChat()
    {
        var options = native.Value;
        return new KaiChatInfo(
            KaiPdu.HighestVersion,
            NativeTls,
            Enum.Parse<KaiChatDelivery>(options.Delivery.ToString()),
            options.HistoryOnJoin,
            options.HandshakeTimeout.TotalSeconds,
            options.LateAfter.TotalSeconds,
            options.MaxConnections);
    }
}
