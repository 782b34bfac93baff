using KaiChat.Server.Chat;
using KaiChat.Server.Connections;
using KaiChat.Shared.Contracts;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Protocols.KaiChat;

/// <summary>
/// One timer for all native connections, instead of several for each: ends handshakes that take too long and connections that do not read, and
/// notes who has missed its polls.
/// </summary>
internal sealed partial class KaiHeartbeat(
    ConnectionRegistry connections, ChatService chat, IOptions<KaiChatOptions> options, TimeProvider clock, ILogger<KaiHeartbeat> logger) : IHostedService, IDisposable
{
    /// <summary>How often it looks: the precision of the time limits.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private Task _beating = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _beating = BeatAsync();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _beating;
    }

    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token)) await CheckAllAsync();
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private async Task CheckAllAsync()
    {
        foreach (var connection in connections.All.OfType<KaiConnection>())
        {
            try
            {
                await CheckAsync(connection);
            }
#pragma warning disable CA1031 // A fault with one connection must not stop the heart of all.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                CheckFailed(logger, connection.Id, fault);
            }
        }
    }

    private async Task CheckAsync(KaiConnection connection)
    {
        if (connection.InStepFor >= options.Value.HandshakeTimeout)
        {
            connection.Close(ConnectionEndReason.HandshakeTimeout);
        }
        else if (connection.FlushingFor >= options.Value.SendTimeout)
        {
            connection.Close(ConnectionEndReason.SlowConsumer);
        }
        else if (connection is { Session: { } session, State: KaiSessionState.InChannel, PolledAgo: { } ago })
        {
            // One session whose join waits for the disk must not hold up the time limits of all: the next beat looks again.
            await chat.SetPresenceAsync(session, ago > options.Value.LateAfter ? Presence.Late : Presence.Live, unlessBusy: true);
        }
    }

    public void Dispose() => _stop.Dispose();

    [LoggerMessage(4002, LogLevel.Error, "Native connection {ConnectionId} could not be checked")]
    private static partial void CheckFailed(ILogger logger, string connectionId, Exception fault);
}
