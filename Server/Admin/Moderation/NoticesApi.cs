using System.ComponentModel.DataAnnotations;
using System.Globalization;
using KaiChat.Server.Access;
using KaiChat.Server.Admin.Idempotency;
using KaiChat.Server.Chat;
using KaiChat.Server.Chat.Moderation;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.KaiChat;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace KaiChat.Server.Admin.Moderation;

/// <summary>Words to users, at once or at their time: <c>/api/v1/notices</c>.</summary>
internal static class NoticesApi
{
    public static void MapNoticesApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/notices").WithTags("Notices");
        api.MapGet("/", List).WithName("listNotices").RequireScope(Scopes.ModerationRead);
        api.MapPost("/", SendAsync).WithName("createNotice").WithIdempotency().RequireScope(Scopes.ModerationWrite)
            .Produces<NoticeReach>(StatusCodes.Status201Created).Produces<NoticeReach>()
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        api.MapGet("/{id}", Get).WithName("getNotice").RequireScope(Scopes.ModerationRead).ProducesProblem(StatusCodes.Status404NotFound);
        api.MapDelete("/{id}", CancelAsync).WithName("cancelNotice").RequireScope(Scopes.ModerationWrite).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>Lists the notices that wait for their time, soonest first.</summary>
    /// <remarks>Those that were told are in the audit log.</remarks>
    /// <param name="after">Where the page begins: <c>next</c> of the page before.</param>
    /// <param name="limit">The most items of the page.</param>
    private static Page<ScheduledNotice> List(
        HttpContext context, NoticeSchedule schedule, [FromQuery] string? after, [FromQuery, Range(1, Paging.MaxLimit)] int limit = Paging.DefaultLimit) =>
        schedule.All.ToPage(context, notice => string.Create(CultureInfo.InvariantCulture, $"{notice.SendAt.UtcTicks:x16}{notice.Id:x16}"), after, limit, ToContract);

    /// <summary>Gets a notice that waits for its time.</summary>
    /// <param name="id">The notice.</param>
    private static ScheduledNotice Get(string id, NoticeSchedule schedule) =>
        (Parse(id) is { } number ? schedule.All.FirstOrDefault(notice => notice.Id == number) : null) is { } found
            ? ToContract(found)
            : throw new ChatRefusedException(ErrorCodes.NotFound, "No notice of this id waits for its time. It may have been told, or cancelled.");

    /// <summary>Tells all users something, or those of a channel or a kind of client, at once or at a time.</summary>
    /// <remarks>
    /// Pages show it at once; native clients get it from <c>SERVER</c> with their next QUERY. It is told once and kept nowhere: who comes later does not see it, and it has
    /// no address of its own. With <c>sendAt</c> it waits, over restarts, has an address until then, and goes to those who are there at its time; the channel need not be open before.
    /// </remarks>
    /// <param name="dryRun">Only say how many it would reach now, and how native clients would see it.</param>
    private static async Task<IResult> SendAsync(
        NoticeRequest request, HttpContext context, NoticeService notices, NoticeSchedule schedule, ChatService chat, [FromQuery] bool dryRun = false)
    {
        var text = request.Text?.Trim() ?? "";
        var native = NativeText.Render(text);
        if (native.Lines.Count == 0 || text.Length > NoticeService.MaxText) throw new ChatRefusedException(ErrorCodes.ArgumentInvalid, $"text is 1 to {NoticeService.MaxText} characters, some of them visible.");
        var channel = request.Channel is null ? null
            : request.SendAt is null ? ChannelSegment.Find(chat, request.Channel).Name
            : ChannelSegment.Parse(request.Channel);
        if (request.SendAt is { } planFor) schedule.Check(planFor);
        var reach = new NoticeReach(
            notices.RecipientsOf(channel, request.Kind).Count,
            new NativePreview(native.Lines, native.Lines.Sum(line => line.Length), [.. native.Replacements.Select(replaced => new NativePreviewReplacement(replaced.Original, replaced.Replacement))]),
            Scheduled: null);
        if (dryRun) return Results.Ok(reach);
        var notice = new Notice(channel?.Value, text, request.Dismissible == false ? false : null);
        if (request.SendAt is not { } sendAt)
        {
            return Results.Created((string?)null, reach with { Recipients = await notices.SendAsync(notice, channel, request.Kind, context.Actor()) });
        }
        var planned = ToContract(await schedule.AddAsync(notice, channel, request.Kind, sendAt, context.Actor()));
        return Results.Created("/api/v1/notices/" + planned.Id, reach with { Scheduled = planned });
    }

    /// <summary>Cancels a notice that waits for its time.</summary>
    /// <remarks>One that was told, cancelled, or is unknown changes nothing.</remarks>
    /// <param name="id">The notice.</param>
    private static async Task<NoContent> CancelAsync(string id, HttpContext context, NoticeSchedule schedule)
    {
        if (Parse(id) is { } number) await schedule.CancelAsync(number, context.Actor());
        return TypedResults.NoContent();
    }

    private static ScheduledNotice ToContract(PlannedNotice planned) => new(
        planned.Id.ToString(CultureInfo.InvariantCulture), planned.Text, planned.Channel, planned.Kind, planned.Dismissible, planned.SendAt, planned.By, planned.CreatedAt);

    private static long? Parse(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
