using KaiChat.Server.Storage;

namespace KaiChat.Server.Chat;

/// <summary>The core's life: takes up the open channels before any front-end listens, and closes those whose members did not come back.</summary>
internal sealed partial class ChatBackgroundService(ChannelDirectory channels, TimeProvider clock, ILogger<ChatBackgroundService> logger) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _sweeping = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await channels.StartAsync(cancellationToken);
        _sweeping = SweepAsync();
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _sweeping;
    }

    private async Task SweepAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(5), clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                try
                {
                    await channels.SweepAsync();
                }
                catch (LogUnavailableException fault)
                {
                    SweepFailed(logger, fault.Message);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    public void Dispose() => _stop.Dispose();

    [LoggerMessage(1202, LogLevel.Warning, "Empty channels could not be closed yet: {Reason}")]
    private static partial void SweepFailed(ILogger logger, string reason);
}
