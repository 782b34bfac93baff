using KaiChat.Server.Access;
using KaiChat.Server.Admin;
using KaiChat.Server.Web;
using KaiChat.Shared.Contracts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Diagnostics.Prometheus;

/// <summary><c>/metrics</c>, for whom <see cref="DiagnosticsOptions.Metrics"/> lets in.</summary>
internal static class MetricsEndpoint
{
    public const string Path = "/metrics";

    public static void MapMetrics(this WebApplication app)
    {
        var access = app.Services.GetRequiredService<IOptions<DiagnosticsOptions>>().Value.Metrics;
        if (access == MetricsAccess.Off) return;
        // From now on: what is counted before somebody listens is not counted.
        var collector = app.Services.GetRequiredService<MetricCollector>();
        app.MapGet(Path, context => WriteAsync(context, access, collector)).RequireScope(Scopes.ServerRead).ExcludeFromDescription();
    }

    private static async Task WriteAsync(HttpContext context, MetricsAccess access, MetricCollector collector)
    {
        if (access != MetricsAccess.Open && !(access == MetricsAccess.Local && AdminDoor.IsLocal(context)))
        {
            if (!(await context.AuthenticateAsync(AdminKeyAuthentication.SchemeName)).Succeeded)
            {
                await context.ChallengeAsync(AdminKeyAuthentication.SchemeName);
                return;
            }
            if (context.Holder()?.May(Scopes.ServerRead) != true)
            {
                await context.ForbidAsync(AdminKeyAuthentication.SchemeName);
                return;
            }
        }
        var accepted = context.Request.GetTypedHeaders().Accept;
        if (accepted is { Count: > 0 } && !accepted.Any(type => type.Quality != 0 && Microsoft.Net.Http.Headers.MediaTypeHeaderValue.Parse(PrometheusText.MediaType).IsSubsetOf(Bare(type))))
        {
            await Problems.WriteAsync(context, StatusCodes.Status406NotAcceptable, ErrorCodes.RequestInvalid, $"Metrics are {PrometheusText.ContentType} only.");
            return;
        }
        context.Response.ContentType = PrometheusText.ContentType;
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync(collector.WriteText(), context.RequestAborted);
    }

    /// <summary>A media type without its parameters: a newer version of the format is asked for together with others.</summary>
    private static Microsoft.Net.Http.Headers.MediaTypeHeaderValue Bare(Microsoft.Net.Http.Headers.MediaTypeHeaderValue type) => new(type.MediaType);
}
