using Microsoft.Net.Http.Headers;

namespace KaiChat.Server.Web;

/// <summary>What a person in a browser gets who has mistyped an address. Programs, and everybody at the API, get a problem document.</summary>
internal static class NotFoundPage
{
    private static readonly byte[] Document =
        """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>Nothing here</title>
        <h1>Nothing here</h1>
        <p>There is nothing at this address. <a href="/">Go to the chat</a>.</p>
        </html>

        """u8.ToArray();

    /// <summary>Whether a request that came to nothing was a person's.</summary>
    public static bool IsFor(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && !request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        && request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));

    public static Task WriteAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.ContentLength = Document.Length;
        context.Response.Headers.Vary = HeaderNames.Accept;
        return context.Response.Body.WriteAsync(Document, context.RequestAborted).AsTask();
    }
}
