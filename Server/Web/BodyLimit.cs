using Microsoft.AspNetCore.Http.Features;

namespace KaiChat.Server.Web;

/// <summary>
/// Refuses a request that announces a larger body than its endpoint takes, before anything else is done with it. Where nobody reads such a body, the web server would
/// close the connection right behind a good answer, without a word, and the caller's next request on it would fail (RFC 9112, 9.6).
/// </summary>
internal static class BodyLimit
{
    /// <summary>Has its place behind the routing: the limit is the endpoint's.</summary>
    public static void UseBodyLimit(this WebApplication app) => app.Use((context, next) =>
    {
        // Not known, no limit: false, as every comparison with null.
        var isTooLarge = context.Request.ContentLength > context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize;
        if (!isTooLarge) return next(context);
        if (HttpProtocol.IsHttp11(context.Request.Protocol)) context.Response.Headers.Connection = "close";
        throw new BadHttpRequestException(RequestFaults.TooLarge(context), StatusCodes.Status413PayloadTooLarge);
    });
}
