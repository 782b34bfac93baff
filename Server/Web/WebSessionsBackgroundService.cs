using KaiChat.Server.Chat;

namespace KaiChat.Server.Web;

/// <summary>Before browsers can come: gives those of before the restart their names back. Later: tidies up.</summary>
internal sealed class WebSessionsBackgroundService(WebSessions sessions, KeptSessions kept, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan TidyEvery = TimeSpan.FromMinutes(1);

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

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TidyEvery, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await kept.TidyAsync();
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }
}
