using System.Collections.Concurrent;
using KaiChat.Server.Chat;
using KaiChat.Server.Connections;
using KaiChat.Server.Protocols.KaiChat;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Admin.Inspector;

/// <summary>The inspections of this run of the server: a few at a time, and for ten minutes more what they have recorded.</summary>
internal sealed class WireInspections : IGoodbye, IDisposable
{
    /// <summary>Inspections at work at a time.</summary>
    public const int MostRunning = 4;

    /// <summary>Inspections whose record is kept, those at work included; of more, those that ended first are forgotten.</summary>
    public const int MostKept = 12;

    private readonly ConcurrentDictionary<string, WireInspection> _all = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly ConnectionRegistry _connections;
    private readonly TimeProvider _clock;

    public WireInspections(ConnectionRegistry connections, TimeProvider clock)
    {
        (_connections, _clock) = (connections, clock);
        connections.Removed += (connection, _) => EndOf(connection.Id);
    }

    /// <summary>All there are, in no order.</summary>
    public IEnumerable<WireInspection> All => _all.Values;

    /// <summary>One by its id; null if there is none, or not any more.</summary>
    public WireInspection? Find(string id) => _all.GetValueOrDefault(id);

    /// <summary>Makes one that does not look yet.</summary>
    /// <exception cref="ChatRefusedException">No such native connection is open, or as many inspections are at work as may be.</exception>
    public WireInspection Reserve(string connectionId, bool reveal, string? reason)
    {
        lock (_gate)
        {
            var connection = _connections.Find(connectionId) ?? throw new ChatRefusedException(ErrorCodes.NotFound, "There is no open connection of this id. It may have ended.");
            if (connection is not KaiConnection native) throw new ChatRefusedException(ErrorCodes.ArgumentInvalid, "Only connections of native clients can be inspected; this one is a browser's.");
            if (_all.Values.Count(other => other.IsRunning) >= MostRunning)
            {
                throw new ChatRefusedException(ErrorCodes.LimitReached, $"{MostRunning} inspections are at work already. End one of them, or wait for its end.");
            }
            foreach (var old in _all.Values.Where(other => !other.IsRunning).OrderByDescending(other => other.EndedAt).Skip(MostKept - MostRunning).ToArray()) Forget(old);
            var inspection = new WireInspection(Guid.NewGuid().ToString("n")[..16], native, reveal, reason, _clock);
            _all[inspection.Id] = inspection;
            return inspection;
        }
    }

    /// <summary>Lets one look.</summary>
    public void Begin(WireInspection inspection)
    {
        inspection.Begin(Forget);
        // It may have gone before anybody could know that it is looked at.
        if (_connections.Find(inspection.ConnectionId) is null) inspection.End(InspectionEnd.ConnectionEnded);
    }

    /// <summary>Drops one, with what it has recorded.</summary>
    public void Forget(WireInspection inspection)
    {
        inspection.End(InspectionEnd.Operator);
        if (_all.TryRemove(inspection.Id, out _)) inspection.Dispose();
    }

    /// <summary>Ends all: the server stops, and would wait for those who read.</summary>
    public void SayGoodbye()
    {
        foreach (var inspection in _all.Values) inspection.End(InspectionEnd.ServerStops);
    }

    public void Dispose()
    {
        foreach (var inspection in _all.Values) inspection.Dispose();
    }

    private void EndOf(string connectionId)
    {
        foreach (var inspection in _all.Values)
        {
            if (inspection.ConnectionId == connectionId) inspection.End(InspectionEnd.ConnectionEnded);
        }
    }
}
