using System.IO.Compression;
using KaiChat.Server.Chat;
using KaiChat.Server.Connections;
using KaiChat.Server.Hosting;
using KaiChat.Server.Web.Lobby;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Web;

/// <summary>The browsers' front-end as one part of the server.</summary>
internal static class WebServiceExtensions
{
    /// <summary>The largest call of a page, in bytes: the longest text, every character escaped, and room for the rest.</summary>
    private const int MaxCallBytes = 1024 * 1024;

    public static void AddWebFrontEnd(this WebApplicationBuilder builder)
    {
        builder.AddCheckedOptions<WebOptions>(WebOptions.Section).ValidatePeers($"{WebOptions.Section}:{nameof(WebOptions.TrustedProxies)}", options => options.TrustedProxies);
        builder.AddCheckedOptions<LobbyOptions>(LobbyOptions.Section);
        var services = builder.Services;
        services.AddSingleton<LobbyChannels>();
        services.AddSingleton<WebMetrics>();
        services.AddSingleton<HubSubscriptions>();
        services.AddSingleton<HubAddresses>();
        services.AddSingleton<HubFanOut>();
        services.AddSingleton<IChatObserver>(provider => provider.GetRequiredService<HubFanOut>());
        services.AddSingleton<KeptSessions>();
        services.AddSingleton<WebSessions>();
        services.AddHostedService<WebSessionsBackgroundService>();
        services.AddHostedService<HubHeartbeat>();
        services.AddSingleton<IGoodbye, HubGoodbye>();
        services.AddSingleton<Chat.Moderation.ISessionDoor, HubDoor>();
        services.AddSingleton<SessionTokens>();
        services.AddSingleton<PageVersion>();
        services.AddSingleton<SignInFacts>();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, SessionTokenAuthentication>(SessionTokenAuthentication.SchemeName, _ => { });
        services.AddAuthorization();
        services.AddDataProtection().SetApplicationName("KaiChat.Web");
        services.AddSingleton<SessionKeyFiles>();
        services.AddOptions<KeyManagementOptions>().Configure<SessionKeyFiles>((keys, files) => keys.XmlRepository = files);
        services.AddSingleton<WebPortAddresses>();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxConcurrentUpgradedConnections = kestrel.ApplicationServices.GetRequiredService<IOptions<WebOptions>>().Value.MaxConnections;
            kestrel.ConfigureEndpointDefaults(WebPortAddresses.Configure);
        });
        services.AddResponseCompression(compression => compression.EnableForHttps = true);
        // The fastest level, the default, makes the page a quarter larger.
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Optimal);
        services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Optimal);
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow;
            json.SerializerOptions.AllowDuplicateProperties = false;
            json.SerializerOptions.NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict;
            json.SerializerOptions.Converters.Add(new ZonedTime());
        });
        // What the framework cannot bind comes to HttpErrors with its reason, rather than as a bare 400.
        services.Configure<RouteHandlerOptions>(handlers => handlers.ThrowOnBadRequest = true);
        AddHub(services);
    }

    public static void UseWebFrontEnd(this WebApplication app)
    {
        app.UseTrustedProxies();
        app.UseMiddleware<HttpErrors>();
        app.UseSecurityHeaders();
        app.UseResponseCompression();
        app.UseHeadRequests();
        app.UseRouting();
        app.UseExactNames();
        app.UseHeadOfLists();
        app.UseBodyLimit();
        app.UseBodyCharset();
        app.UseAddressQuotas();
        app.UseAuthentication();
        app.UseAuthorization();
        app.Use(app.Services.GetRequiredService<HubAddresses>().InvokeAsync);
        app.MapSessionsApi();
        app.MapLobbyApi();
        app.MapHub<ChatHub>(ChatHub.Path, hub =>
        {
            hub.Transports = Microsoft.AspNetCore.Http.Connections.HttpTransportType.WebSockets;
            // How long a page may take over the rest and its last word, HubClient says by the server's clock; this is for when it does not.
            hub.WebSockets.CloseTimeout = TimeSpan.FromSeconds(30);
        });
        app.MapErrorsPage();
        app.MapWebClient();
    }

    private static void AddHub(IServiceCollection services)
    {
        services.AddSingleton<HubErrors>();
        // Only JSON is spoken: one protocol means one encoding of each message, shared by all who get it.
        services.AddSignalR(hub =>
        {
            hub.MaximumReceiveMessageSize = MaxCallBytes;
            hub.KeepAliveInterval = TimeSpan.FromSeconds(15);
            hub.ClientTimeoutInterval = TimeSpan.FromSeconds(35);
            hub.HandshakeTimeout = TimeSpan.FromSeconds(10);
            hub.MaximumParallelInvocationsPerClient = 1;
            hub.StreamBufferCapacity = 1;
            hub.AddFilter<HubErrors>();
        }).AddJsonProtocol(json => json.PayloadSerializerOptions.Converters.Add(new ForgivingText()));
        // Of two with one name, the later one counts.
        services.AddSingleton<IHubProtocol, PageProtocol>();
        services.AddSingleton<HubLifetimeManager<ChatHub>, ChatHubLifetimeManager>();
    }
}
