using KaiChat.Server.Admin;
using KaiChat.Server.Diagnostics.History;
using KaiChat.Server.Diagnostics.Prometheus;
using KaiChat.Server.Hosting;
using KaiChat.Server.Protocols.KaiChat;
using KaiChat.Server.Storage;
using KaiChat.Server.Web;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Console;

namespace KaiChat.Server.Diagnostics;

/// <summary>Metrics, health and logs.</summary>
internal static class DiagnosticsServiceExtensions
{
    private const string Ready = "ready";

    public static void AddDiagnostics(this WebApplicationBuilder builder)
    {
        builder.AddCheckedOptions<DiagnosticsOptions>(DiagnosticsOptions.Section);
        builder.Services.AddSingleton<MetricCollector>();
        builder.Services.AddSingleton<ServerGauges>();
        builder.Services.AddSingleton<StatsSampler>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<StatsSampler>());
        builder.Services.AddHealthChecks()
            .AddCheck<LogHealth>("log", tags: [Ready])
            .AddCheck<DrainHealth>("accepting", tags: [Ready]);
        builder.AddTelemetryExport();
        var logging = builder.Logging;
        // SignalR and ASP.NET Core call a peer's mistakes errors. Ours are logged by HubErrors and HttpErrors.
        logging.AddFilter("Microsoft.AspNetCore.SignalR.HubConnectionHandler", LogLevel.None);
        logging.AddFilter("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", LogLevel.None);
        // Whoever comes without a token or key is worth no line at Information. What the admin API refuses, AdminLog has at Debug.
        logging.AddFilter(typeof(SessionTokenAuthentication).FullName, LogLevel.Warning);
        logging.AddFilter(typeof(AdminKeyAuthentication).FullName, LogLevel.Warning);
        // Would write each request's address at Information, and with it the token in the hub's.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        // An unready answer is no news at every probe: the log and the drain tell of their own troubles once.
        logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        // Why the server does not start is said in one line by ServerProcess.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        // Standard output is for what an operator asked for: the banner, help, versions.
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        // The key ring lies in the data directory, whose rights protect it; there is no other key on such a machine to encrypt it with.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
    }

    public static void MapDiagnostics(this WebApplication app)
    {
        app.UseTelemetryExport();
        app.MapMetrics();
        // Made before anybody looks: what has not happened yet shows as 0.
        _ = app.Services.GetRequiredService<ServerGauges>();
        _ = app.Services.GetRequiredService<WebMetrics>();
        _ = app.Services.GetRequiredService<KaiMetrics>();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready) });
    }

    private sealed class LogHealth(IMessageLog log) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(log.IsWritable ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The log cannot be written."));
    }

    private sealed class DrainHealth(Drain drain) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(drain.HasBegun ? HealthCheckResult.Unhealthy("The server is stopping.") : HealthCheckResult.Healthy());
    }
}
