using KaiChat.Server.Access;
using KaiChat.Server.Admin.Idempotency;
using KaiChat.Server.Chat;
using KaiChat.Server.Chat.Moderation;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.KaiChat;
using Microsoft.AspNetCore.Mvc;

namespace KaiChat.Server.Admin.Moderation;

/// <summary>Words to users: <c>/api/v1/notices</c>.</summary>
internal static class NoticesApi
{
    public static void MapNoticesApi(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/notices", SendAsync).WithTags("Notices").WithName("createNotice").WithIdempotency().RequireScope(Scopes.ModerationWrite)
            .Produces<NoticeReach>(StatusCodes.Status201Created).Produces<NoticeReach>()
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status415UnsupportedMediaType).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <summary>Tells all users something, or those of a channel or a kind of client.</summary>
    /// <remarks>
    /// Pages show it at once; native clients get it from <c>SERVER</c> with their next QUERY. It is told once and kept nowhere: who comes later does not see it, and it has
    /// no address of its own.
    /// </remarks>
    /// <param name="dryRun">Only say how many it would reach, and how native clients would see it.</param>
    private static async Task<IResult> SendAsync(NoticeRequest request, HttpContext context, NoticeService notices, ChatService chat, [FromQuery] bool dryRun = false)
    {
        var text = request.Text?.Trim() ?? "";
        var native = NativeText.Render(text);
        if (native.Lines.Count == 0 || text.Length > NoticeService.MaxText) throw new ChatRefusedException(ErrorCodes.ArgumentInvalid, $"text is 1 to {NoticeService.MaxText} characters, some of them visible.");
        var channel = request.Channel is null ? null : ChannelSegment.Find(chat, request.Channel).Name;
        var preview = new NativePreview(
            native.Lines, native.Lines.Sum(line => line.Length), [.. native.Replacements.Select(replaced => new NativePreviewReplacement(replaced.Original, replaced.Replacement))]);
        if (dryRun) return Results.Ok(new NoticeReach(notices.RecipientsOf(channel, request.Kind).Count, preview));
        var notice = new Notice(channel?.Value, text, request.Dismissible == false ? false : null);
        return Results.Created((string?)null, new NoticeReach(await notices.SendAsync(notice, channel, request.Kind, context.Actor()), preview));
    }
}
