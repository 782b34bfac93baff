using KaiChat.Server.Chat.Keeping;
using KaiChat.Server.Storage;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Chat.Retention;

/// <summary>
/// Removes what is no longer to be kept: what operators have settled for a channel counts before <see cref="RetentionOptions"/>. The search index follows the log by itself.
/// </summary>
internal sealed partial class RetentionService(
    IMessageLog log, ILogRetention retention, MessageRemoval removal, SettledChannels settled, IOptions<RetentionOptions> options, TimeProvider clock,
    ILogger<RetentionService> logger)
    : BackgroundService
{
    private const int Page = 500;

    /// <summary>Armed with the service, and not when its work gets a thread: time counts from the start.</summary>
    private readonly PeriodicTimer _timer = new(options.Value.Every, clock);

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
        await removal.FinishAsync(returnSpace: removed > 0, cancellation);
        if (removed > 0) Removed(logger, removed, touched);
        return removed;
    }

    public override void Dispose()
    {
        _timer.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _timer.WaitForNextTickAsync(stoppingToken)) await TryRunAsync(stoppingToken);
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
        var now = clock.GetUtcNow();
        var limits = settled.Of(conversation.Name).RetentionDays is { } days
            ? new RetentionLimits(now.AddDays(-days), Messages: null, Bytes: null)
            : options.Value.LimitsOf(conversation.Name, now);
        if (limits is null) return 0;
        var cut = await retention.FindCutAsync(conversation.Id, limits, cancellation);
        return cut == 0 ? 0 : await removal.RemoveAsync(conversation.Id, cut, static _ => { }, cancellation);
    }

    [LoggerMessage(1204, LogLevel.Information, "Removed {Messages} messages of {Conversations} channels that are not to be kept any longer")]
    private static partial void Removed(ILogger logger, long messages, int conversations);

    [LoggerMessage(1205, LogLevel.Warning, "Old messages could not all be removed: {Reason}. The next round goes on")]
    private static partial void Failed(ILogger logger, string reason);
}
