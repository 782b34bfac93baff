using System.ComponentModel.DataAnnotations;
using System.Globalization;
using KaiChat.Server.Access;
using KaiChat.Server.Chat;
using KaiChat.Shared.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace KaiChat.Server.Admin.Jobs;

/// <summary>Works that take longer than a request: <c>/api/v1/jobs</c>.</summary>
internal static class JobsApi
{
    public const string Path = "/api/v1/jobs/";

    public static void MapJobsApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/jobs").WithTags("Jobs").RequireScope(Scopes.ServerRead);
        api.MapGet("/", List).WithName("listJobs");
        api.MapGet("/{id}", Get).WithName("getJob").ProducesProblem(StatusCodes.Status404NotFound);
        api.MapDelete("/{id}", CancelAsync).WithName("cancelJob").ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>Lists the jobs that are at work and the last 100 that ended, oldest first.</summary>
    /// <remarks>Jobs of before the server's start are not known any more.</remarks>
    /// <param name="after">Where the page begins: <c>next</c> of the page before.</param>
    /// <param name="limit">The most items of the page.</param>
    private static Page<Job> List(
        HttpContext context, JobRegistry jobs, [FromQuery] string? after, [FromQuery, Range(1, Paging.MaxLimit)] int limit = Paging.DefaultLimit) =>
        jobs.All.Select(job => job.Shown).ToPage(context, job => job.CreatedAt.UtcTicks.ToString("x16", CultureInfo.InvariantCulture) + job.Id, after, limit, job => job);

    /// <summary>Gets a job: how far it is, and what came of it.</summary>
    /// <param name="id">The job.</param>
    private static Job Get(string id, JobRegistry jobs) =>
        jobs.Find(id)?.Shown ?? throw new ChatRefusedException(ErrorCodes.NotFound, "There is no job of this id. The server forgets jobs when it stops.");

    /// <summary>Cancels a job.</summary>
    /// <remarks>
    /// Answered when it has stopped and what it had half done is gone. A job that has ended stays as it is. It takes the scope that starting such a job takes, too:
    /// <c>backups:write</c> for a backup, <c>messages:write</c> for a purge.
    /// </remarks>
    /// <param name="id">The job.</param>
    private static async Task<NoContent> CancelAsync(string id, HttpContext context, JobRegistry jobs, AuditTrail audit)
    {
        if (jobs.Find(id) is { HasEnded: false } job)
        {
            context.RequireScope(job.Scope);
            await audit.RecordAsync(context.Actor(), "job.cancel", id, new { job.Shown.Kind, job.Shown.Progress });
            job.Cancel();
            await job.Completion.WaitAsync(context.RequestAborted);
        }
        return TypedResults.NoContent();
    }
}
