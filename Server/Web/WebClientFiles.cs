using KaiChat.Shared.Contracts;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace KaiChat.Server.Web;

/// <summary>The built page: hashed assets that browsers keep for ever, and one document for every place in it.</summary>
internal static class WebClientFiles
{
    public const string Document = "index.html";

    /// <summary>The operators' page. It has a door of its own, so it is no static file, however its name is written.</summary>
    public const string ConsoleDocument = "admin.html";

    private static readonly string[] GetAndHead = ["GET", "HEAD"];

    public static void MapWebClient(this WebApplication app)
    {
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = SetCaching, FileProvider = new OpenFiles(app.Environment) });
        app.MapMethods("/", GetAndHead, SendDocumentAsync).ExcludeFromDescription();
        app.MapMethods("/c/{**place}", GetAndHead, SendDocumentAsync).ExcludeFromDescription();
    }

    private static Task SendDocumentAsync(HttpContext context, IWebHostEnvironment environment) => SendAsync(context, environment, Document);

    /// <summary>Answers with a document that was built with the page; 404 if the server was built without.</summary>
    public static async Task SendAsync(HttpContext context, IWebHostEnvironment environment, string name)
    {
        var document = environment.WebRootFileProvider.GetFileInfo(name);
        if (!document.Exists)
        {
            await Problems.WriteAsync(context, StatusCodes.Status404NotFound, ErrorCodes.NotFound, "This server was built without its page.");
            return;
        }
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache";
        await context.Response.SendFileAsync(document, context.RequestAborted);
    }

    private static void SetCaching(StaticFileResponseContext response) =>
        response.Context.Response.Headers[HeaderNames.CacheControl] =
            response.Context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache";

    /// <summary>All files of the page but the console's document.</summary>
    private sealed class OpenFiles(IWebHostEnvironment environment) : IFileProvider
    {
        public IFileInfo GetFileInfo(string subpath)
        {
            var file = environment.WebRootFileProvider.GetFileInfo(subpath);
            return file.Name.Equals(ConsoleDocument, StringComparison.OrdinalIgnoreCase) ? new NotFoundFileInfo(subpath) : file;
        }

        public IDirectoryContents GetDirectoryContents(string subpath) => environment.WebRootFileProvider.GetDirectoryContents(subpath);

        public IChangeToken Watch(string filter) => environment.WebRootFileProvider.Watch(filter);
    }
}
