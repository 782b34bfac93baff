using System.ComponentModel.DataAnnotations;
using System.Globalization;
using KaiChat.Server.Access;
using KaiChat.Server.Admin.Events;
using KaiChat.Server.Admin.Idempotency;
using KaiChat.Server.Chat;
using KaiChat.Server.Export;
using KaiChat.Shared.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace KaiChat.Server.Admin.Inspector;

/// <summary>The wire inspector: <c>/api/v1/inspections</c>.</summary>
internal static class InspectionsApi
{
    private const string Path = "/api/v1/inspections/";

    private const int MaxReason = 200;

    public static void MapInspectionsApi(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/connections/{id}/inspections", StartAsync).WithTags("Inspections").WithName("startInspection").WithIdempotency().RequireScope(Scopes.ConnectionsWrite)
            .Accepts<InspectionRequest>(isOptional: true, "application/json").Produces<Inspection>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        var api = routes.MapGroup("/inspections").WithTags("Inspections");
        api.MapGet("/", List).WithName("listInspections").RequireScope(Scopes.ConnectionsRead);
        api.MapDelete("/{id}", EndAsync).WithName("endInspection").RequireScope(Scopes.ConnectionsWrite).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        var one = api.MapGroup("/{id}").RequireScope(Scopes.ConnectionsRead).ProducesProblem(StatusCodes.Status404NotFound);
        one.MapGet("/", Get).WithName("getInspection");
        one.MapGet("/events", StreamAsync).WithName("streamInspection")
            .Produces<string>(StatusCodes.Status200OK, EventStream.MediaType).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        one.MapGet("/download", Download).WithName("downloadInspection")
            .Produces<string>(StatusCodes.Status200OK, ConversationExport.MediaType(ExportFormat.JsonLines));
    }

    /// <summary>Begins to inspect a native connection, PDU by PDU.</summary>
    /// <remarks>
    /// It ends by itself after ten minutes, and with the connection; four may be at work at a time. Texts of messages are replaced by their length unless
    /// <c>reveal</c> is true, which needs a <c>reason</c> and the scope <c>messages:read</c>. Everything about it is in the audit log. Scope: <c>connections:write</c>.
    /// </remarks>
    /// <param name="id">The connection.</param>
    private static async Task<IResult> StartAsync(string id, HttpContext context, WireInspections inspections, AuditTrail audit)
    {
        var body = await JsonBody.ReadAsync(context, "reveal", "reason");
        var reveals = body.Flag("reveal") ?? false;
        var said = body.Text("reason")?.Trim();
        if (said is { Length: > MaxReason }) throw new ChatRefusedException(ErrorCodes.ArgumentInvalid, $"reason has {said.Length} characters: it may have at most {MaxReason}.");
        var reason = string.IsNullOrEmpty(said) ? null : said;
        if (reveals)
        {
            context.RequireScope(Scopes.MessagesRead);
            if (reason is null) throw new ChatRefusedException(ErrorCodes.ArgumentInvalid, "reason is missing: whoever reveals what others write says why, in 1 to 200 characters.");
        }
        var inspection = inspections.Reserve(id, reveals, reason);
        try
        {
            // Before the first byte is seen: there is no inspection that is not on record.
            await audit.RecordAsync(context.Actor(), "inspection.create", id, after: new { inspection.Id, Reveal = reveals, Reason = reason });
        }
        catch
        {
            inspections.Forget(inspection);
            throw;
        }
        inspections.Begin(inspection);
        return Results.Created(Path + inspection.Id, inspection.Shown);
    }

    /// <summary>Lists the inspections that are at work and those whose record is kept, oldest first.</summary>
    /// <remarks>Scope: <c>connections:read</c>.</remarks>
    /// <param name="after">Where the page begins: <c>next</c> of the page before.</param>
    /// <param name="limit">The most items of the page.</param>
    private static Page<Inspection> List(
        HttpContext context, WireInspections inspections, [FromQuery] string? after, [FromQuery, Range(1, Paging.MaxLimit)] int limit = Paging.DefaultLimit) =>
        inspections.All.ToPage(
            context, inspection => inspection.StartedAt.UtcTicks.ToString("x16", CultureInfo.InvariantCulture) + inspection.Id, after, limit, inspection => inspection.Shown);

    /// <summary>Gets an inspection: whether it is at work, and how much it has seen.</summary>
    /// <remarks>Scope: <c>connections:read</c>.</remarks>
    /// <param name="id">The inspection.</param>
    private static Inspection Get(string id, WireInspections inspections) => Find(id, inspections).Shown;

    /// <summary>Streams an inspection's PDUs, as Server-Sent Events.</summary>
    /// <remarks>
    /// First those that are kept, the newest 1,000, then each as it goes by: events <c>pdu</c>, and <c>inspection.ended</c> as the last. Resumed with
    /// <c>Last-Event-ID</c> as <c>/events</c>; 204 if there is nothing more to come. Scope: <c>connections:read</c>, of a revealed one <c>messages:read</c>, too.
    /// </remarks>
    /// <param name="id">The inspection.</param>
    private static Task StreamAsync(string id, HttpContext context, WireInspections inspections, TimeProvider clock) =>
        EventStream.WriteAsync(context, FindReadable(id, context, inspections).Ring, fromOldest: true, topics: null, clock);

    /// <summary>Downloads the PDUs that an inspection has kept, as JSON Lines.</summary>
    /// <remarks>The newest 1,000, until ten minutes after its end. Scope: <c>connections:read</c>, of a revealed one <c>messages:read</c>, too.</remarks>
    /// <param name="id">The inspection.</param>
    private static PushStreamHttpResult Download(string id, HttpContext context, WireInspections inspections)
    {
        var kept = FindReadable(id, context, inspections).Ring.Snapshot();
        return TypedResults.Stream(
            async output =>
            {
                foreach (var pdu in kept.Where(happened => happened.Topic == "pdu"))
                {
                    await output.WriteAsync(pdu.Data, context.RequestAborted);
                    await output.WriteAsync("\n"u8.ToArray(), context.RequestAborted);
                }
            },
            ConversationExport.MediaType(ExportFormat.JsonLines) + "; charset=utf-8",
            $"inspection-{id}.jsonl");
    }

    /// <summary>Ends an inspection.</summary>
    /// <remarks>What it has recorded can be downloaded for ten minutes more. Repeating it changes nothing. Scope: <c>connections:write</c>.</remarks>
    /// <param name="id">The inspection.</param>
    private static async Task<NoContent> EndAsync(string id, HttpContext context, WireInspections inspections, AuditTrail audit)
    {
        if (inspections.Find(id) is { Shown.EndedAt: null } inspection)
        {
            await audit.RecordAsync(context.Actor(), "inspection.delete", inspection.ConnectionId, before: new { inspection.Id, Reveal = inspection.Revealed });
            inspection.End(InspectionEnd.Operator);
        }
        return TypedResults.NoContent();
    }

    private static WireInspection Find(string id, WireInspections inspections) =>
        inspections.Find(id) ?? throw new ChatRefusedException(ErrorCodes.NotFound, "There is no inspection of this id. Its record is dropped ten minutes after its end.");

    private static WireInspection FindReadable(string id, HttpContext context, WireInspections inspections)
    {
        var inspection = Find(id, inspections);
        if (inspection.Revealed) context.RequireScope(Scopes.MessagesRead);
        return inspection;
    }
}
