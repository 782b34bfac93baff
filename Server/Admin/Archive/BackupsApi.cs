using System.ComponentModel.DataAnnotations;
using KaiChat.Server.Access;
using KaiChat.Server.Admin.Idempotency;
using KaiChat.Server.Admin.Jobs;
using KaiChat.Server.Chat;
using KaiChat.Server.Storage.Backup;
using KaiChat.Shared.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace KaiChat.Server.Admin.Archive;

/// <summary>Backups of this server: <c>/api/v1/backups</c>.</summary>
internal static class BackupsApi
{
    public const string ZipType = "application/zip";

    private const string Kind = "backup";

    public static void MapBackupsApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/backups").WithTags("Backups").RequireScope(Scopes.BackupsWrite).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        api.MapPost("/", StartAsync).WithName("startBackup").WithIdempotency()
            .ProducesProblem(StatusCodes.Status409Conflict);
        api.MapGet("/", List).WithName("listBackups");
        api.MapGet("/{name}", DownloadAsync).WithName("downloadBackup").Produces<FileContentResult>(StatusCodes.Status200OK, ZipType).ProducesProblem(StatusCodes.Status404NotFound);
        api.MapDelete("/{name}", DeleteAsync).WithName("deleteBackup");
    }

    /// <summary>Begins a backup of everything, while the server works on.</summary>
    /// <remarks>
    /// The answer is a job; its <c>result</c> is the backup's path, once it has succeeded. One backup is made at a time. Without a body, or without
    /// <c>withSecrets</c>, no keys are in it.
    /// </remarks>
    private static async Task<Accepted<Job>> StartAsync(HttpContext context, JobRegistry jobs, BackupShelf shelf, AuditTrail audit, BackupRequest? request)
    {
        var withSecrets = request?.WithSecrets == true;
        var job = await jobs.StartAsync(
            Kind,
            Scopes.BackupsWrite,
            id => audit.RecordAsync(context.Actor(), "backup.create", id, before: null, new { withSecrets }),
            (report, cancellation) => Task.FromResult("/api/v1/backups/" + shelf.Add(withSecrets, new Shares(report), cancellation)));
        return TypedResults.Accepted(JobsApi.Path + job.Shown.Id, job.Shown);
    }

    /// <summary>Lists the backups on the server's disk, in order of name; those it made itself are named by their time.</summary>
    /// <param name="after">Where the page begins: <c>next</c> of the page before.</param>
    /// <param name="limit">The most items of the page.</param>
    private static Page<BackupInfo> List(
        HttpContext context, BackupShelf shelf, [FromQuery] string? after, [FromQuery, Range(1, Paging.MaxLimit)] int limit = Paging.DefaultLimit) =>
        shelf.All.ToPage(context, file => file.Name, after, limit, file => new BackupInfo(file.Name, file.Length, WrittenAt(file)));

    /// <summary>Downloads a backup.</summary>
    /// <remarks>Ranges are served, so that an interrupted download can go on.</remarks>
    /// <param name="name">Its file name.</param>
    private static async Task<PhysicalFileHttpResult> DownloadAsync(string name, HttpContext context, BackupShelf shelf, AuditTrail audit)
    {
        var file = shelf.Find(name) ?? throw new ChatRefusedException(ErrorCodes.NotFound, "There is no backup of this name.");
        await audit.RecordAsync(context.Actor(), "backup.download", file.Name);
        var tag = new EntityTagHeaderValue($"\"{file.Length:x}-{file.LastWriteTimeUtc.Ticks:x}\"");
        return TypedResults.PhysicalFile(file.FullName, ZipType, file.Name, WrittenAt(file), tag, enableRangeProcessing: true);
    }

    /// <summary>Deletes a backup.</summary>
    /// <param name="name">Its file name.</param>
    private static async Task<NoContent> DeleteAsync(string name, HttpContext context, BackupShelf shelf, AuditTrail audit, ILogger<BackupShelf> logger)
    {
        if (shelf.Find(name) is not { } file) return TypedResults.NoContent();
        AdminLog.DeletingBackup(logger, file.Name);
        await audit.RecordAsync(context.Actor(), "backup.delete", file.Name, new { size = file.Length });
        file.Delete();
        return TypedResults.NoContent();
    }

    private static DateTimeOffset WrittenAt(FileInfo file) => new(file.LastWriteTimeUtc, TimeSpan.Zero);

    /// <summary>Progress as a job shows it. Told on the job's own thread, so that it never goes back.</summary>
    private sealed class Shares(Action<double> report) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => report(value.Fraction);
    }
}
