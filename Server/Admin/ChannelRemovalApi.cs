using System.ComponentModel.DataAnnotations;
using KaiChat.Server.Access;
using KaiChat.Server.Admin.Idempotency;
using KaiChat.Server.Admin.Jobs;
using KaiChat.Server.Chat;
using KaiChat.Server.Chat.Keeping;
using KaiChat.Server.Chat.Retention;
using KaiChat.Shared.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace KaiChat.Server.Admin;

/// <summary>Removing a channel's messages: one by one, and many at once.</summary>
internal static class ChannelRemovalApi
{
    private const string Kind = "purge";
    private const int MaxReason = 200;

    public static void MapChannelRemovalApi(this IEndpointRouteBuilder channel)
    {
        channel.MapPost("/purge", PurgeAsync).WithName("purgeChannel").WithIdempotency().RequireScope(Scopes.MessagesWrite)
            .Produces<PurgePreview>().Produces<Job>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        channel.MapDelete("/messages/{seq}", DeleteMessageAsync).WithName("deleteMessage").RequireScope(Scopes.MessagesWrite)
            .Accepts<MessageDeletionRequest>(isOptional: true, "application/json").ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>Removes many of a channel's messages for good, its oldest first.</summary>
    /// <remarks>
    /// The answer is a job. It goes on in small steps, so that the chat hardly notices. By age, the archive of the channel's closed lives is meant, too, and the channel
    /// need not be open. Backups made before keep what is removed.
    /// </remarks>
    /// <param name="name">The channel's name, with or without its <c>@</c>.</param>
    /// <param name="dryRun">Only says what would go, with 200.</param>
    private static async Task<IResult> PurgeAsync(
        string name, PurgeRequest request, HttpContext context, ChatService chat, ChannelPurge purge, JobRegistry jobs, AuditTrail audit, TimeProvider clock, [FromQuery] bool dryRun = false)
    {
        var (days, seq) = request;
        if (days is < 0 or > SettledChannel.MaxDays) throw new ChatRefusedException(ErrorCodes.ArgumentInvalid, $"olderThanDays is from 0 to {SettledChannel.MaxDays}.");
        if (seq < 1) throw new ChatRefusedException(ErrorCodes.ArgumentInvalid, $"throughSeq is from 1 to {Paging.MaxNumber}.");
        if (days is null == seq is null) throw new ChatRefusedException(ErrorCodes.RequestInvalid, "One of olderThanDays and throughSeq says what is to go, not both.");
        var channel = ChannelSegment.Parse(name);
        var plan = seq is { } through
            ? await purge.PlanAsync(ChannelSegment.Find(chat, name), through, context.RequestAborted)
            : await purge.PlanAsync(channel, clock.GetUtcNow().AddDays(-days!.Value), context.RequestAborted);
        var preview = new PurgePreview(plan.Messages, plan.From, plan.Until);
        if (dryRun) return Results.Ok(preview);
        var job = await jobs.StartAsync(
            Kind,
            Scopes.MessagesWrite,
            id => audit.RecordAsync(context.Actor(), "channel.purge", channel.Value, before: null, new { OlderThanDays = days, ThroughSeq = seq, preview.Messages, Job = id }),
            async (report, cancellation) =>
            {
                await purge.RunAsync(plan, report, cancellation);
                return $"/api/v1/channels/{Uri.EscapeDataString(channel.Value)}/messages";
            });
        return Results.Accepted(JobsApi.Path + job.Shown.Id, job.Shown);
    }

    /// <summary>Deletes anybody's message in an open channel for good.</summary>
    /// <remarks>Its place stays, as when its author deletes it; members see it go. The audit log has who wrote it and why it went, not its text.</remarks>
    /// <param name="name">The channel's name, with or without its <c>@</c>.</param>
    /// <param name="seq">The message.</param>
    private static async Task<NoContent> DeleteMessageAsync(string name, [Range(typeof(long), "1", Paging.MaxNumber)] long seq, HttpContext context, ChatService chat, ChannelKeeper keeper)
    {
        var reason = (await JsonBody.ReadAsync(context, "reason")).Text("reason");
        if (reason?.Length > MaxReason) throw new ChatRefusedException(ErrorCodes.ArgumentInvalid, $"reason has at most {MaxReason} characters.");
        if (reason?.Any(char.IsControl) == true) throw new ChatRefusedException(ErrorCodes.ArgumentInvalid, "reason is one line without control characters.");
        await keeper.DeleteMessageAsync(context.Actor(), ChannelSegment.Find(chat, name), seq, reason);
        return TypedResults.NoContent();
    }
}
