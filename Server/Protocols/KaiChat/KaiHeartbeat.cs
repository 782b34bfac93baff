using KaiChat.Server.Chat;
using KaiChat.Server.Chat.Moderation;
using KaiChat.Server.Connections;
using KaiChat.Shared.Contracts;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Protocols.KaiChat;

/// <summary>
/// One timer for all native connections, instead of several for each: ends handshakes that take too long and connections that do not read, and
/// notes who has missed its polls.
/// </summary>
internal sealed partial class KaiHeartbeat(
    ConnectionRegistry connections, ChatService chat, ModerationRules rules, IOptions<KaiChatOptions> options, TimeProvider clock, ILogger<KaiHeartbeat> logger) : IHostedService, IDisposable
{
    /// <summary>How often it looks: the precision of the time limits.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>How long a client has to take its last word before it is cut off.</summary>
    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(2);

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
        if (connection.State == KaiSessionState.NameRefused && await ExpelAsync(connection)) return;
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

    /// <summary>Ends a refused connection that nobody may stay on, if it does not ask why in time, or nobody may come from its address any more. It is told why in either case.</summary>
    /// <returns>Whether it ends.</returns>
    private async ValueTask<bool> ExpelAsync(KaiConnection connection)
    {
        if (connection.Farewell is not null)
        {
            // It does not take it.
            if (connection.InStepFor >= FarewellTime) connection.Close(connection.Reason!.Value);
            return true;
        }
        var expulsion = connection.Expulsion is { } refused
            ? connection.InStepFor >= options.Value.HandshakeTimeout ? refused : null
            : rules.RefusalOf(name: null, connection.RemoteEndPoint?.Address) is { } ban ? new KaiExpulsion(ban, ConnectionEndReason.Banned) : null;
        if (expulsion is null) return false;
        connection.BeginStep();
        await connection.DisconnectAsync(expulsion.Refusal.Message, expulsion.Reason);
        return true;
    }

    public void Dispose() => _stop.Dispose();

    [LoggerMessage(4002, LogLevel.Error, "Native connection {ConnectionId} could not be checked")]
    private static partial void CheckFailed(ILogger logger, string connectionId, Exception fault);
}
