using KaiChat.Server.Protocols.KaiChat;
using KaiChat.Server.Storage;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Hosting;

/// <summary>What holds the parts together: sockets, certificate, start and stop.</summary>
internal static class HostingServiceExtensions
{
    public static void AddHosting(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<ListeningEndpoints>();
        services.AddSingleton<CertificateFiles>(FindCertificate);
        services.AddSingleton<ServerCertificate>();
        services.AddSingleton<StartupBanner>();
        services.AddSingleton<Drain>();
        services.AddSingleton<SettingsAtStart>();
        services.AddSingleton<LiveSettings>();
        services.AddSingleton<ServiceManager>();
        services.AddHostedService(provider => provider.GetRequiredService<ServiceManager>());
        services.AddSingleton<IHostLifetime, DrainingLifetime>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(20));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Of its own endpoints Kestrel takes up every change at once, and a page whose new address cannot be had is then nowhere. Here it watches its certificates' files
            // alone.
            kestrel.Configure(kestrel.ApplicationServices.GetRequiredService<SettingsAtStart>().Values.GetSection("Kestrel"), reloadOnChange: true);
            kestrel.Limits.MaxRequestBodySize = 1024 * 1024;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
    }

    /// <summary>Asks for what may be wrong beside the settings, so that it stops the start instead of the first client.</summary>
    public static void CheckStart(this WebApplication app)
    {
        var services = app.Services;
        var faults = EndpointSettings.FindForeign(app.Configuration).Concat(EndpointCertificates.FindFaults(app.Configuration, app.Environment.ContentRootPath));
        if (faults.FirstOrDefault() is { } fault) throw StartupException.Configuration(fault);
        if (services.GetRequiredService<IOptions<KaiChatOptions>>().Value.Tls != KaiTlsMode.Disabled) _ = services.GetRequiredService<ServerCertificate>();
        _ = services.GetRequiredService<IMessageLog>();
    }

    /// <summary>The native port's own certificate, or the one of the standard Kestrel configuration, or one made at the first start.</summary>
    private static CertificateFiles FindCertificate(IServiceProvider services)
    {
        var own = services.GetRequiredService<IOptions<KaiChatOptions>>().Value;
        if (own.CertificatePath is { Length: > 0 } path) return new CertificateFiles("KaiChat:CertificatePath", path, own.CertificateKeyPath);
        var standard = services.GetRequiredService<IConfiguration>().GetSection("Kestrel:Certificates:Default");
        if (CertificateFiles.OfKestrel(standard, services.GetRequiredService<IHostEnvironment>().ContentRootPath) is { } files) return files;
        // The log makes the data directory, or says why it cannot.
        _ = services.GetRequiredService<IMessageLog>();
        return SelfSignedCertificate.FindOrCreate(
            services.GetRequiredService<IOptions<StorageOptions>>().Value.Directory, services.GetRequiredService<TimeProvider>().GetUtcNow());
    }
}
