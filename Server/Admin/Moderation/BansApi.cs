using System.ComponentModel.DataAnnotations;
using KaiChat.Server.Access;
using KaiChat.Server.Admin.Idempotency;
using KaiChat.Server.Chat.Moderation;
using KaiChat.Server.Connections;
using KaiChat.Shared.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace KaiChat.Server.Admin.Moderation;

/// <summary>Who may not come in: <c>/api/v1/bans</c>.</summary>
internal static class BansApi
{
    public static void MapBansApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/bans").WithTags("Bans");
        api.MapGet("/", List).WithName("listBans").RequireScope(Scopes.ModerationRead);
        api.MapPost("/", ImposeAsync).WithName("createBan").WithIdempotency().RequireScope(Scopes.ModerationWrite)
            .Produces<Sanction>(StatusCodes.Status201Created).Produces<SanctionPreview>()
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        api.MapGet("/check", Check).WithName("checkBans").RequireScope(Scopes.ModerationRead);
        api.MapGet("/{id}", Get).WithName("getBan").RequireScope(Scopes.ModerationRead).ProducesProblem(StatusCodes.Status404NotFound);
        api.MapDelete("/{id}", LiftAsync).WithName("deleteBan").RequireScope(Scopes.ModerationWrite).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>Lists the bans in force, oldest first.</summary>
    /// <remarks>Those that are over or lifted are in the audit log.</remarks>
    /// <param name="after">Where the page begins: <c>next</c> of the page before.</param>
    /// <param name="limit">The most items of the page.</param>
    private static Page<Sanction> List(
        HttpContext context, ModerationService moderation, [FromQuery] string? after, [FromQuery, Range(1, Paging.MaxLimit)] int limit = Paging.DefaultLimit) =>
        SanctionsApi.List(SanctionKind.Ban, context, moderation, after, limit);

    /// <summary>Gets a ban in force.</summary>
    /// <param name="id">The ban.</param>
    private static Sanction Get(string id, ModerationService moderation) => SanctionsApi.Get(SanctionKind.Ban, id, moderation);

    /// <summary>Bans somebody by name, by address, or both.</summary>
    /// <remarks>
    /// From the server: sessions that it hits are ended, their tokens are worth nothing. From a channel: members that it hits are put out.
    /// Who has shown an operator's key is met by nothing; a name that is an operator's now is refused. Answered when it is on the disk, in force, and told.
    /// </remarks>
    /// <param name="dryRun">Only say whom it would hit now.</param>
    private static Task<IResult> ImposeAsync(
        ImposeRequest request, HttpContext context, ModerationService moderation, ConnectionRegistry connections, TimeProvider clock, [FromQuery] bool dryRun = false) =>
        SanctionsApi.ImposeAsync(SanctionKind.Ban, request, dryRun, context, moderation, connections, clock);

    /// <summary>Lifts a ban.</summary>
    /// <remarks>One that is over, lifted or unknown changes nothing.</remarks>
    /// <param name="id">The ban.</param>
    private static async Task<NoContent> LiftAsync(string id, HttpContext context, ModerationService moderation)
    {
        await SanctionsApi.LiftAsync(SanctionKind.Ban, id, context, moderation);
        return TypedResults.NoContent();
    }

    /// <summary>Says whether somebody would be kept out, and by which rule.</summary>
    /// <param name="username">The name, in any letter case.</param>
    /// <param name="address">The IP address. A name, an address or both.</param>
    /// <param name="channel">Where, with or without the <c>@</c>; without it, on the whole server.</param>
    private static SanctionCheck Check(SanctionBook book, [FromQuery] string? username, [FromQuery] string? address, [FromQuery] string? channel) =>
        SanctionsApi.Check(SanctionKind.Ban, username, address, channel, book);
}
