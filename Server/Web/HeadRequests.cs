using Microsoft.AspNetCore.Http.Metadata;

namespace KaiChat.Server.Web;

/// <summary>
/// Answers HEAD as GET without a body (RFC 9110, 9.3.2), for what REST answers as JSON: who only wants to know whether something is there, or has changed (<c>ETag</c>), loads
/// nothing. The web server itself leaves the body out. Streams and downloads have no HEAD: they would be made, and recorded, for nobody.
/// </summary>
internal static class HeadRequests
{
    private const string Json = "application/json";
    private static readonly object Item = new();

    /// <summary>Before the routing, which looks for GET.</summary>
    public static void UseHeadRequests(this WebApplication app) => app.Use((context, next) =>
    {
        if (HttpMethods.IsHead(context.Request.Method) && context.Request.Path.StartsWithSegments("/api/v1", StringComparison.Ordinal))
        {
            context.Items[Item] = true;
            context.Request.Method = HttpMethods.Get;
        }
        return next(context);
    });

    /// <summary>Behind it.</summary>
    public static void UseHeadOfLists(this WebApplication app) => app.Use((context, next) =>
    {
        if (!context.Items.ContainsKey(Item) || context.GetEndpoint() is not { } endpoint || !endpoint.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>().Any(IsDownload)) return next(context);
        context.Request.Method = HttpMethods.Head;
        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        context.Response.Headers.Allow = HttpMethods.Get;
        return Task.CompletedTask;
    });

    private static bool IsDownload(IProducesResponseTypeMetadata answer) =>
        answer.StatusCode == StatusCodes.Status200OK && answer.ContentTypes.Any() && !answer.ContentTypes.Contains(Json, StringComparer.OrdinalIgnoreCase);
}
