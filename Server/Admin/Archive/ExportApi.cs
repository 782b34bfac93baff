using KaiChat.Server.Export;
using KaiChat.Server.Storage;
using KaiChat.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace KaiChat.Server.Admin.Archive;

/// <summary>A conversation as a download.</summary>
internal static class ExportApi
{
    /// <summary>Declares what an export answers.</summary>
    public static RouteHandlerBuilder ProducesExport(this RouteHandlerBuilder operation) => operation
        .Produces<string>(StatusCodes.Status200OK, ConversationExport.MediaType(ExportFormat.JsonLines), ConversationExport.MediaType(ExportFormat.Html));

    /// <summary>Streams a conversation, all of it. An answer that ends early is a broken connection, never a short file.</summary>
    public static PushStreamHttpResult Stream(
        LoggedConversation conversation, Word<ExportFormat>? format, IMessageLog log, TimeProvider clock, CancellationToken cancellation)
    {
        var chosen = format?.Value ?? ExportFormat.JsonLines;
        return TypedResults.Stream(
            output => ConversationExport.WriteAsync(
                conversation, chosen, (after, limit, stop) => log.ReadAfterAsync(conversation.Id, after, limit, stop), output, clock.GetUtcNow(), cancellation),
            ConversationExport.MediaType(chosen) + "; charset=utf-8",
            ConversationExport.FileName(conversation, chosen));
    }
}
