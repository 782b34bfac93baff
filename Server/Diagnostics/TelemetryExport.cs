using System.Diagnostics;
using System.Runtime.CompilerServices;
using KaiChat.Server.Hosting;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace KaiChat.Server.Diagnostics;

/// <summary>
/// Sends metrics, traces and logs to a collector by OTLP, if <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names one. Everything else about it is OpenTelemetry's own variables.
/// Without that variable nothing of it is made, and it costs nothing.
/// </summary>
internal static class TelemetryExport
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Lets the log go out as well.</summary>
    public static void AddTelemetryExport(this WebApplicationBuilder builder)
    {
        if (IsWanted(builder.Configuration)) AddLogs(builder);
    }

    /// <summary>Starts to send, until the server has stopped; what has not gone by then goes first.</summary>
    public static void UseTelemetryExport(this WebApplication app)
    {
        if (IsWanted(app.Configuration)) Start(app);
    }

    // Methods of their own, so that nothing of OpenTelemetry is even loaded if it is not wanted.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddLogs(WebApplicationBuilder builder) =>
        builder.Logging.AddOpenTelemetry(logs =>
        {
            logs.SetResourceBuilder(Describe(ResourceBuilder.CreateDefault(), builder.Configuration));
            logs.IncludeFormattedMessage = true;
            logs.AddOtlpExporter();
        });

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Start(WebApplication app)
    {
        var metrics = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => Describe(resource, app.Configuration))
            .AddMeter("KaiChat.*", "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel")
            .AddOtlpExporter()
            .Build();
        var traces = Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(resource => Describe(resource, app.Configuration))
            .AddSource("Microsoft.AspNetCore", "Microsoft.AspNetCore.SignalR.Server")
            .AddProcessor(new WithoutSecrets())
            .AddOtlpExporter()
            .Build();
        app.Lifetime.ApplicationStopped.Register(() =>
        {
            traces.Dispose();
            metrics.Dispose();
        });
    }

    private static bool IsWanted(IConfiguration configuration) => !string.IsNullOrEmpty(configuration[Endpoint]);

    private static ResourceBuilder Describe(ResourceBuilder resource, IConfiguration configuration) =>
        resource.AddService(configuration["OTEL_SERVICE_NAME"] ?? "kaichat", serviceVersion: ServerVersion.Text);

    /// <summary>Takes out what must not leave: the hub's address has the session token in its query, and peers' addresses are nobody's business.</summary>
    private sealed class WithoutSecrets : BaseProcessor<Activity>
    {
        private static readonly string[] Secrets = ["url.query", "url.full", "http.url", "http.target", "client.address", "network.peer.address", "network.peer.port"];

        public override void OnEnd(Activity data)
        {
            foreach (var secret in Secrets) data.SetTag(secret, null);
        }
    }
}
