using System.ComponentModel.DataAnnotations;
using KaiChat.Server.Access;
using KaiChat.Server.Admin.Idempotency;
using KaiChat.Server.Chat.Moderation;
using KaiChat.Server.Connections;
using KaiChat.Shared.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace KaiChat.Server.Admin.Moderation;

/// <summary>Who may read, and not post: <c>/api/v1/mutes</c>.</summary>
internal static class MutesApi
{
    public static void MapMutesApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/mutes").WithTags("Mutes");
        api.MapGet("/", List).WithName("listMutes").RequireScope(Scopes.ModerationRead);
        api.MapPost("/", ImposeAsync).WithName("createMute").WithIdempotency().RequireScope(Scopes.ModerationWrite)
            .Produces<Sanction>(StatusCodes.Status201Created).Produces<SanctionPreview>()
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        api.MapGet("/check", Check).WithName("checkMutes").RequireScope(Scopes.ModerationRead);
        api.MapGet("/{id}", Get).WithName("getMute").RequireScope(Scopes.ModerationRead).ProducesProblem(StatusCodes.Status404NotFound);
        api.MapDelete("/{id}", LiftAsync).WithName("deleteMute").RequireScope(Scopes.ModerationWrite).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>Lists the mutes in force, oldest first.</summary>
    /// <remarks>Those that are over or lifted are in the audit log.</remarks>
    /// <param name="after">Where the page begins: <c>next</c> of the page before.</param>
    /// <param name="limit">The most items of the page.</param>
    private static Page<Sanction> List(
        HttpContext context, ModerationService moderation, [FromQuery] string? after, [FromQuery, Range(1, Paging.MaxLimit)] int limit = Paging.DefaultLimit) =>
        SanctionsApi.List(SanctionKind.Mute, context, moderation, after, limit);

    /// <summary>Gets a mute in force.</summary>
    /// <param name="id">The mute.</param>
    private static Sanction Get(string id, ModerationService moderation) => SanctionsApi.Get(SanctionKind.Mute, id, moderation);

    /// <summary>Mutes somebody by name, by address, or both.</summary>
    /// <remarks>
    /// Whom it hits can read, and neither post nor change messages; all of its tabs are told.
    /// Who has shown an operator's key is met by nothing; a name that is an operator's now is refused. Answered when it is on the disk, in force, and told.
    /// </remarks>
    /// <param name="dryRun">Only say whom it would hit now.</param>
    private static Task<IResult> ImposeAsync(
        ImposeRequest request, HttpContext context, ModerationService moderation, ConnectionRegistry connections, TimeProvider clock, [FromQuery] bool dryRun = false) =>
        SanctionsApi.ImposeAsync(SanctionKind.Mute, request, dryRun, context, moderation, connections, clock);

    /// <summary>Lifts a mute.</summary>
    /// <remarks>One that is over, lifted or unknown changes nothing.</remarks>
    /// <param name="id">The mute.</param>
    private static async Task<NoContent> LiftAsync(string id, HttpContext context, ModerationService moderation)
    {
        await SanctionsApi.LiftAsync(SanctionKind.Mute, id, context, moderation);
        return TypedResults.NoContent();
    }

    /// <summary>Says whether somebody could not post, and by which rule.</summary>
    /// <param name="username">The name, in any letter case.</param>
    /// <param name="address">The IP address. A name, an address or both.</param>
    /// <param name="channel">Where, with or without the <c>@</c>; without it, on the whole server.</param>
    private static SanctionCheck Check(SanctionBook book, [FromQuery] string? username, [FromQuery] string? address, [FromQuery] string? channel) =>
        SanctionsApi.Check(SanctionKind.Mute, username, address, channel, book);
}
