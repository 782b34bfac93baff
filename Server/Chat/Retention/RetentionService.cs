using KaiChat.Server.Diagnostics;
using KaiChat.Server.Storage;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Chat.Retention;

/// <summary>
/// Removes what <see cref="RetentionOptions"/> no longer keeps, in batches so small that the messages between them hardly notice; then gives the space back. The
/// search index follows the log by itself.
/// </summary>
internal sealed partial class RetentionService(
    IMessageLog log, ILogRetention removal, ChannelDirectory channels, IOptions<RetentionOptions> options, ChatMetrics metrics, TimeProvider clock,
    ILogger<RetentionService> logger)
    : BackgroundService
{
    /// <summary>Messages in one step of the writer: some milliseconds.</summary>
    private const int Batch = 200;

    private const int Page = 500;

    /// <summary>Removes once what may go now.</summary>
    /// <returns>How many messages that were.</returns>
    /// <exception cref="LogUnavailableException">The log cannot be used now; what has been removed is removed.</exception>
    public async Task<long> RunAsync(CancellationToken cancellation)
    {
        var (removed, touched, after) = (0L, 0, 0L);
        while (await log.ReadConversationsAsync(after, Page, cancellation) is { Count: > 0 } page)
        {
            foreach (var conversation in page)
            {
                var gone = await TrimAsync(conversation, cancellation);
                removed += gone;
                if (gone > 0) touched++;
            }
            after = page[^1].Id.Value;
        }
        await removal.ForgetEmptyAsync(cancellation);
        if (removed == 0) return 0;
        while (await removal.ReturnSpaceAsync(cancellation))
        {
        }
        Removed(logger, removed, touched);
        return removed;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await TryRunAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private async Task TryRunAsync(CancellationToken cancellation)
    {
        try
        {
            await RunAsync(cancellation);
        }
        catch (LogUnavailableException fault)
        {
            Failed(logger, fault.Message);
        }
    }

    private async Task<long> TrimAsync(LoggedConversation conversation, CancellationToken cancellation)
    {
        if (options.Value.LimitsOf(conversation.Name, clock.GetUtcNow()) is not { } limits) return 0;
        var cut = await removal.FindCutAsync(conversation.Id, limits, cancellation);
        if (cut == 0) return 0;
        // First from memory: nobody is shown what is being removed.
        channels.Find(conversation.Id)?.Feed.Forget(cut);
        var total = 0L;
        int removed;
        do
        {
            cancellation.ThrowIfCancellationRequested();
            removed = await removal.RemoveAsync(conversation.Id, cut, Batch, cancellation);
            total += removed;
            metrics.MessagesRemoved(removed);
        }
        while (removed == Batch);
        return total;
    }

    [LoggerMessage(1204, LogLevel.Information, "Removed {Messages} messages of {Conversations} channels that are not to be kept any longer")]
    private static partial void Removed(ILogger logger, long messages, int conversations);

    [LoggerMessage(1205, LogLevel.Warning, "Old messages could not all be removed: {Reason}. The next round goes on")]
    private static partial void Failed(ILogger logger, string reason);
}
