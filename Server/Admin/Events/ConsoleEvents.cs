using System.Runtime.InteropServices;
using KaiChat.Server.Access;
using KaiChat.Server.Admin.Jobs;
using KaiChat.Server.Chat;
using KaiChat.Server.Connections;
using KaiChat.Server.Diagnostics.History;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Admin.Events;

/// <summary>What happens on the server, gathered from the parts where it happens, for the operators' consoles.</summary>
internal sealed class ConsoleEvents : IGoodbye
{
    public const string Stats = "stats";
    public const string Connections = "connections";
    public const string Jobs = "jobs";
    public const string Audit = "audit";

    /// <summary>Events that one who comes back can still get.</summary>
    public const int Kept = 4096;

    /// <summary>Consoles at a time.</summary>
    public const int MaxReaders = 16;

    private readonly ConnectionRegistry _connections;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Shown> _shown = new(StringComparer.Ordinal);

    /// <summary>Begins to listen.</summary>
    public ConsoleEvents(ConnectionRegistry connections, StatsSampler sampler, JobRegistry jobs, AuditTrail audit)
    {
        _connections = connections;
        connections.Added += Opened;
        connections.Removed += Closed;
        sampler.Sampled += Sampled;
        jobs.Changed += job => Ring.Publish(Jobs, "job", job);
        audit.Recorded += id => Ring.Publish(Audit, "audit", new AuditRecorded(id.ToString()));
    }

    public EventRing Ring { get; } = new(Kept, MaxReaders);

    /// <summary>Ends all streams: the server stops, and would wait for them.</summary>
    public void SayGoodbye() => Ring.End();

    private void Opened(IClientConnection connection)
    {
        lock (_gate)
        {
            _shown[connection.Id] = Shown.Of(connection);
            Ring.Publish(Connections, "connection.opened", connection.ToContract());
        }
    }

    private void Closed(IClientConnection connection, ConnectionEndReason reason)
    {
        lock (_gate)
        {
            _shown.Remove(connection.Id);
            Ring.Publish(Connections, "connection.closed", new ConnectionClosed(connection.Id, connection.Origin, reason.ToString()));
        }
    }

    /// <summary>With each sample, the connections that have changed since the one before: however often they did, once.</summary>
    private void Sampled(StatsSample sample)
    {
        Ring.Publish(Stats, "stats", sample);
        foreach (var connection in _connections.All)
        {
            var now = Shown.Of(connection);
            lock (_gate)
            {
                // Whoever is not there has gone meanwhile: nothing comes after its end.
                if (!_shown.TryGetValue(connection.Id, out var before) || before == now) continue;
                _shown[connection.Id] = now;
                Ring.Publish(Connections, "connection.changed", connection.ToContract());
            }
        }
    }

    /// <summary>What of a connection is worth an event when it changes.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Shown(string State, ChatSession? Session, Channel? Channel, int Channels)
    {
        public static Shown Of(IClientConnection connection)
        {
            var channels = connection.Session?.Channels;
            return new(connection.ProtocolState, connection.Session, channels?.FirstOrDefault().Value, channels?.Count ?? 0);
        }
    }
}
