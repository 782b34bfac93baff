namespace KaiChat.Server.Chat.Moderation;

/// <summary>Takes up what operators decided before the start, before any front-end listens.</summary>
internal sealed class ModerationStart(ModerationService moderation, RaidControl raid, NoticeSchedule notices) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await moderation.StartAsync(cancellationToken);
        await raid.StartAsync(cancellationToken);
        await notices.StartAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
