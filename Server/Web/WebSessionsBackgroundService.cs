using KaiChat.Server.Chat;

namespace KaiChat.Server.Web;

/// <summary>Before browsers can come: gives those of before the restart their names back. Later: tidies up.</summary>
internal sealed class WebSessionsBackgroundService(WebSessions sessions, KeptSessions kept, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan TidyEvery = TimeSpan.FromMinutes(1);

    /// <summary>Armed with the service, and not when its work gets a thread: time counts from the start.</summary>
    private readonly PeriodicTimer _timer = new(TidyEvery, clock);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var session in await kept.ReadPresentAsync(cancellationToken))
        {
            try
            {
                await sessions.TakeUpAsync(session.Who, cancellationToken);
            }
            catch (ChatRefusedException)
            {
                // The server is full. Its token may still bring it back.
                await kept.LeaveAsync(session.Who.Session);
            }
        }
        await base.StartAsync(cancellationToken);
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
            while (await _timer.WaitForNextTickAsync(stoppingToken)) await kept.TidyAsync();
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }
}
