using KaiChat.Server.Connections;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Web;

/// <summary>Closes pages that do not read what they are sent: one timer for all of them. Where nothing happens that would show it, a ping does.</summary>
internal sealed partial class HubHeartbeat(ConnectionRegistry connections, IOptions<WebOptions> web, TimeProvider clock, ILogger<HubHeartbeat> logger) : BackgroundService
{
    /// <summary>How often it looks: the precision of the time limit.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>Armed with the service, and not when its work gets a thread: time counts from the start.</summary>
    private readonly PeriodicTimer _timer = new(Interval, clock);

    public override void Dispose()
    {
        _timer.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _timer.WaitForNextTickAsync(stoppingToken)) Beat();
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private void Beat()
    {
        foreach (var client in connections.All.OfType<HubClient>())
        {
            try
            {
                if (client.Outbox.IsStuck(web.Value.SendTimeout)) client.Close(ConnectionEndReason.SlowConsumer);
                else client.Outbox.Probe();
            }
#pragma warning disable CA1031 // A fault with one connection must not stop the heart of all.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                CheckFailed(logger, client.Id, fault);
            }
        }
    }

    [LoggerMessage(3102, LogLevel.Error, "Hub connection {ConnectionId} could not be checked")]
    private static partial void CheckFailed(ILogger logger, string connectionId, Exception fault);
}
