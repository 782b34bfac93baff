using System.Collections.Concurrent;
using System.Text;
using KaiChat.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KaiChat.Integration.Tests.Diagnostics;

/// <summary>What a collector gets by OTLP over HTTP, from a real process.</summary>
public sealed class TelemetryExportTests
{
    [Fact]
    public async Task A_collector_gets_metrics_traces_and_logs_and_no_secret()
    {
        using var directory = new TemporaryDirectory();
        await using var collector = await Collector.StartAsync();
        await using var server = await ServerChild.StartAsync(directory.File("data"), new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        });
        string token;
        await using (var anna = await WebUser.SignInAsync(server.Web, "anna", "@room"))
        {
            token = anna.Session.Token;
            await anna.SendAsync("@room", "private-talk-of-anna");
        }
        // What was gathered goes out when the server stops, at the latest.
        var (code, errors) = await server.TerminateAsync();
        Assert.True(code == 0, errors);

        Assert.Contains("kaichat.messages.posted", collector.Received("/v1/metrics"), StringComparison.Ordinal);
        Assert.Contains("kestrel.active_connections", collector.Received("/v1/metrics"), StringComparison.Ordinal);
        Assert.Contains("Microsoft.AspNetCore", collector.Received("/v1/traces"), StringComparison.Ordinal);
        Assert.Contains("Messages are kept in", collector.Received("/v1/logs"), StringComparison.Ordinal);
        foreach (var path in (string[])["/v1/metrics", "/v1/traces", "/v1/logs"])
        {
            Assert.Contains("kaichat", collector.Received(path), StringComparison.Ordinal);
            Assert.DoesNotContain(token, collector.Received(path), StringComparison.Ordinal);
            Assert.DoesNotContain(token[..20], collector.Received(path), StringComparison.Ordinal);
            Assert.DoesNotContain("access_token", collector.Received(path), StringComparison.Ordinal);
            Assert.DoesNotContain("private-talk-of-anna", collector.Received(path), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_collector_that_is_not_there_stops_nothing()
    {
        using var directory = new TemporaryDirectory();
        await using var server = await ServerChild.StartAsync(directory.File("data"), new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:1" });
        await using (var anna = await WebUser.SignInAsync(server.Web, "anna", "@room")) await anna.SendAsync("@room", "hello");
        Assert.Equal(0, (await server.TerminateAsync()).ExitCode);
    }

    /// <summary>Takes whatever comes.</summary>
    private sealed class Collector(WebApplication app) : IAsyncDisposable
    {
        private readonly ConcurrentQueue<(string Path, string Body)> _received = new();

        public string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

        public static async Task<Collector> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var collector = new Collector(builder.Build());
            await collector.RunAsync();
            return collector;
        }

        /// <summary>All that came to a path. The texts in it are readable, as protobuf has them.</summary>
        public string Received(string path) => string.Concat(_received.Where(one => one.Path == path).Select(one => one.Body));

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private Task RunAsync()
        {
            app.Run(async context =>
            {
                using var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body);
                _received.Enqueue((context.Request.Path, Encoding.UTF8.GetString(body.ToArray())));
                context.Response.ContentType = "application/x-protobuf";
            });
            return app.StartAsync();
        }
    }
}
