using KaiChat.Server.Connections;
using KaiChat.Server.Hosting;

namespace KaiChat.Server.Protocols.KaiChat;

/// <summary>The native clients' front-end as one part of the server.</summary>
internal static class KaiChatServiceExtensions
{
    public static void AddKaiChatProtocol(this WebApplicationBuilder builder)
    {
        builder.AddCheckedOptions<KaiChatOptions>(KaiChatOptions.Section)
            .ValidatePeers($"{KaiChatOptions.Section}:{nameof(KaiChatOptions.TrustedProxies)}", options => options.TrustedProxies)
            .Validate(
                options => options.Address is "*" or "+" or "localhost" || AddressText.Parse(options.Address) is not null,
                "KaiChat:Address is an IP address, localhost, or * for all addresses.")
            .Validate(
                options => options.CertificateKeyPath is null || options.CertificatePath is not null,
                "KaiChat:CertificateKeyPath is set but KaiChat:CertificatePath is not: name the certificate, too.")
            .Validate(
                options => options.Tls != KaiTlsMode.Disabled || options.CertificatePath is null,
                "KaiChat:Tls is Disabled but KaiChat:CertificatePath names a certificate: remove one of them.");
        var services = builder.Services;
        services.AddSingleton<Microsoft.Extensions.Options.IValidateOptions<KaiChatOptions>, KaiChangeRulesCheck>();
        services.AddSingleton<KaiPduCache>();
        services.AddSingleton<KaiMetrics>();
        services.AddSingleton<KaiSessionFactory>();
        services.AddSingleton<IGoodbye, KaiGoodbye>();
        services.AddSingleton<Chat.Moderation.ISessionDoor, KaiDoor>();
        services.AddHostedService<KaiHeartbeat>();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            // Kestrel is set up while the application is being built, and asks for the core and its log: all settings are looked at before that.
            kestrel.ApplicationServices.GetRequiredService<Microsoft.Extensions.Options.IStartupValidator>().Validate();
            var options = kestrel.ApplicationServices.GetRequiredService<Microsoft.Extensions.Options.IOptions<KaiChatOptions>>().Value;
            if (KaiEndpoint.ParseAddress(options.Address) is { } address) kestrel.Listen(address, options.Port, KaiEndpoint.Configure);
            else kestrel.ListenAnyIP(options.Port, KaiEndpoint.Configure);
        });
    }
}
