using System.ComponentModel.DataAnnotations;
using KaiChat.Server.Access;
using KaiChat.Server.Chat;
using KaiChat.Server.Diagnostics.History;
using KaiChat.Shared.Contracts;
using Microsoft.AspNetCore.Mvc;

namespace KaiChat.Server.Admin.Events;

/// <summary>How the server is doing, past and present: <c>/api/v1/stats</c>, <c>/api/v1/events</c>.</summary>
internal static class EventsApi
{
    /// <summary>The topics, and what one must be allowed to read to hear of each.</summary>
    private static readonly Dictionary<string, string> Topics = new(StringComparer.Ordinal)
    {
        [ConsoleEvents.Stats] = Scopes.ServerRead,
        [ConsoleEvents.Connections] = Scopes.ConnectionsRead,
        [ConsoleEvents.Jobs] = Scopes.ServerRead,
        [ConsoleEvents.Audit] = Scopes.AuditRead,
    };

    public static void MapEventsApi(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/stats", GetStats).WithTags("Server").WithName("getStats").RequireScope(Scopes.ServerRead);
        routes.MapGet("/events", StreamAsync).WithTags("Server").WithName("streamEvents").RequireScope(Scopes.ServerRead)
            .Produces<string>(StatusCodes.Status200OK, EventStream.MediaType).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>Tells how the server has been doing in the last minutes.</summary>
    /// <remarks>A sample is taken every 2 s and kept for an hour, in memory: a restart begins anew. Scope: <c>server:read</c>.</remarks>
    /// <param name="minutes">How far back.</param>
    private static Stats GetStats(StatsSampler sampler, [FromQuery, Range(1, 60)] int minutes = 10) =>
        new(StatsSampler.Interval.TotalSeconds, sampler.Since(TimeSpan.FromMinutes(minutes)));

    /// <summary>Streams what happens, as Server-Sent Events.</summary>
    /// <remarks>
    /// Events: <c>stats</c> (a sample, every 2 s), <c>connection.opened</c> and <c>connection.changed</c> (a connection as <c>/connections/{id}</c> has it; changes come
    /// once in 2 s), <c>connection.closed</c>, <c>job</c>, <c>audit</c> (an id). Each has an id: with the last one in <c>Last-Event-ID</c> a reader goes on where it was.
    /// If that is too long ago, <c>reset</c> comes first: fetch anew what you show. A stream ends after 15 minutes, and when its reader is slower than the events. Scopes:
    /// <c>server:read</c>, and <c>connections:read</c> and <c>audit:read</c> for those topics.
    /// </remarks>
    /// <param name="topics">Which: <c>stats</c>, <c>connections</c>, <c>jobs</c>, <c>audit</c>, separated by commas. All that the key may hear of if absent.</param>
    private static Task StreamAsync(HttpContext context, ConsoleEvents events, TimeProvider clock, [FromQuery] string? topics) =>
        EventStream.WriteAsync(context, events.Ring, fromOldest: false, Choose(context, topics), clock);

    private static HashSet<string> Choose(HttpContext context, string? topics)
    {
        if (topics is null) return [.. Topics.Where(topic => context.May(topic.Value)).Select(topic => topic.Key)];
        var chosen = topics.Split(',').ToHashSet(StringComparer.Ordinal);
        if (!chosen.IsSubsetOf(Topics.Keys)) throw new ChatRefusedException(ErrorCodes.ArgumentInvalid, $"topics are some of: {string.Join(", ", Topics.Keys)}.");
        foreach (var topic in chosen) context.RequireScope(Topics[topic]);
        return chosen;
    }
}
