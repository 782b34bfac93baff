using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using KaiChat.Server.Access;
using KaiChat.Server.Storage;
using KaiChat.Shared.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace KaiChat.Server.Admin;

/// <summary>What operators changed: <c>/api/v1/audit</c>.</summary>
internal static class AuditApi
{
    private const string LinesType = "application/x-ndjson";
    private const int ExportPage = 500;

    public static void MapAuditApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/audit").WithTags("Audit").RequireScope(Scopes.AuditRead).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        api.MapGet("/", ListAsync).WithName("listAudit");
        api.MapGet("/export", ExportAsync).WithName("exportAudit").Produces<string>(StatusCodes.Status200OK, LinesType);
    }

    /// <summary>Lists what was changed by operators, newest first.</summary>
    /// <remarks>Filters narrow down together. What is changed while one walks the pages is not on them.</remarks>
    /// <param name="actor">Only by this one: a key's name, and for changes from the chat <c>key as username</c>.</param>
    /// <param name="action">Only this action, like <c>key.create</c>; with a dot at its end, all that begin so: <c>key.</c></param>
    /// <param name="target">Only to this.</param>
    /// <param name="from">Only then or later: RFC 3339, like <c>2026-03-02T08:30:00Z</c>.</param>
    /// <param name="until">Only before then.</param>
    /// <param name="after">Where the page begins: <c>next</c> of the page before, or the id of a change.</param>
    /// <param name="limit">The most items of the page.</param>
    private static async Task<Page<AuditItem>> ListAsync(
        HttpContext context,
        IAuditLog log,
        [FromQuery] string? actor,
        [FromQuery] string? action,
        [FromQuery] string? target,
        [FromQuery] DateTimeOffset? from,
        [FromQuery] DateTimeOffset? until,
        [FromQuery, Range(typeof(long), "1", Paging.MaxNumber)] long? after,
        [FromQuery, Range(1, Paging.MaxLimit)] int limit = Paging.DefaultLimit)
    {
        var found = await log.ReadAsync(new AuditFilter(actor, action, target, from, until), after ?? long.MaxValue, limit + 1, context.RequestAborted);
        var items = found.Take(limit).Select(ToContract).ToArray();
        return items.ToPage(context, nameof(after), found.Count > limit ? found[limit - 1].Id : null);
    }

    /// <summary>Downloads what was changed by operators, newest first, one change a line.</summary>
    /// <remarks>Each line is an item of the list. The filters are the list's.</remarks>
    /// <param name="actor">Only by this one.</param>
    /// <param name="action">Only this action; with a dot at its end, all that begin so.</param>
    /// <param name="target">Only to this.</param>
    /// <param name="from">Only then or later.</param>
    /// <param name="until">Only before then.</param>
    private static async Task<PushStreamHttpResult> ExportAsync(
        HttpContext context,
        IAuditLog log,
        TimeProvider clock,
        [FromQuery] string? actor,
        [FromQuery] string? action,
        [FromQuery] string? target,
        [FromQuery] DateTimeOffset? from,
        [FromQuery] DateTimeOffset? until)
    {
        var filter = new AuditFilter(actor, action, target, from, until);
        var stop = context.RequestAborted;
        // Read before anything is answered, so that a database that cannot be read is an error and no short file.
        var first = await log.ReadAsync(filter, long.MaxValue, ExportPage, stop);
        var name = $"audit-{clock.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}.jsonl";
        return TypedResults.Stream(output => WriteAsync(output, first, before => log.ReadAsync(filter, before, ExportPage, stop), stop), LinesType + "; charset=utf-8", name);
    }

    private static async Task WriteAsync(Stream output, IReadOnlyList<AuditRecord> page, Func<long, Task<IReadOnlyList<AuditRecord>>> readBefore, CancellationToken stop)
    {
        for (; page.Count > 0; page = page.Count < ExportPage ? [] : await readBefore(page[^1].Id))
        {
            using var lines = new MemoryStream();
            foreach (var record in page)
            {
                JsonSerializer.Serialize(lines, ToContract(record), JsonSerializerOptions.Web);
                lines.WriteByte((byte)'\n');
            }
            await output.WriteAsync(lines.GetBuffer().AsMemory(0, (int)lines.Length), stop);
        }
    }

    private static AuditItem ToContract(AuditRecord record)
    {
        var (at, actor, action, target, before, after, address, request) = record.Entry;
        return new AuditItem(record.Id.ToString(CultureInfo.InvariantCulture), at, actor, action, target, Parse(before), Parse(after), address, request);
    }

    private static JsonElement? Parse(string? json) => json is null ? null : JsonElement.Parse(json);
}
