using KaiChat.Server.Web;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Admin;

/// <summary>
/// The operators' console at <c>/admin</c>: one document for every screen. It stands behind the same door as the API that it uses: whom the API is closed to
/// does not get the page either. Without a key it is a sign-in form; what it can do is what the API lets the key do.
/// </summary>
internal static class ConsolePage
{
    private const string Document = WebClientFiles.ConsoleDocument;
    private static readonly string[] GetAndHead = ["GET", "HEAD"];

    public static void MapConsolePage(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/admin/{**screen}", GetAndHead, SendAsync).ExcludeFromDescription();
    }

    private static Task SendAsync(HttpContext context, AdminDoor door, ILogger<AdminDoor> log, IWebHostEnvironment environment)
    {
        if (door.WhyClosed(context) is not { } sentence) return WebClientFiles.SendAsync(context, environment, Document);
        AdminLog.Refused(log, context.Connection.RemoteIpAddress, ErrorCodes.Forbidden);
        return Problems.WriteAsync(context, StatusCodes.Status403Forbidden, ErrorCodes.Forbidden, sentence);
    }
}
