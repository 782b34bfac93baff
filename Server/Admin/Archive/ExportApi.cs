using KaiChat.Server.Chat;
using KaiChat.Server.Export;
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
        ExportedConversation conversation, Word<ExportFormat>? format, Func<long, int, CancellationToken, Task<IReadOnlyList<ChatMessage>>> readAfter, TimeProvider clock, CancellationToken cancellation)
    {
        var chosen = format?.Value ?? ExportFormat.JsonLines;
        return TypedResults.Stream(
            output => ConversationExport.WriteAsync(conversation, chosen, readAfter, output, clock.GetUtcNow(), cancellation),
            ConversationExport.MediaType(chosen) + "; charset=utf-8",
            ConversationExport.FileName(conversation, chosen));
    }
}
