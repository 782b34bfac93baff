namespace KaiChat.Server.Admin.OpenApi;

/// <summary>
/// Swagger UI at <c>/swagger</c>: the page on which the REST API can be read and tried, from the product's own files alone. The document and the script that starts
/// it are ours, the rest is Swashbuckle's: its own start needs more of a page than this one allows.
/// </summary>
internal static class SwaggerPage
{
    /// <summary>
    /// As strict as everywhere (<see cref="Web.SecurityHeaders"/>) but for two things, without either of which it shows nothing or no icons (tried with 11.0.1): its
    /// stylesheet has <c>data:</c> images, and it sets innerHTML, for drawings and for sanitised descriptions, which trusted types forbid. Nothing inline is allowed
    /// here either, and nothing from elsewhere.
    /// </summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    public static void UseSwaggerPage(this WebApplication app)
    {
        app.UseWhen(context => context.Request.Path == "/swagger/index.html", page => page.Use((context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
            return next(context);
        }));
        app.UseSwaggerUI(ui => ui.IndexStream = () => Open("index.html"));
        app.MapGet("/swagger/start.js", () => TypedResults.Stream(Open("start.js"), "text/javascript; charset=utf-8")).ExcludeFromDescription();
    }

    private static Stream Open(string file) => typeof(SwaggerPage).Assembly.GetManifestResourceStream($"swagger/{file}")!;
}
