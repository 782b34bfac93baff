using System.Globalization;
using System.Text;
using KaiChat.Server.Admin.Events;
using KaiChat.Server.Protocols.KaiChat;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.KaiChat;

namespace KaiChat.Server.Admin.Inspector;

/// <summary>
/// One inspection: takes each PDU apart as it goes by, and keeps the newest as they are shown. What is hidden is not kept in any form. Written by the connection's loop,
/// read by any thread.
/// </summary>
internal sealed class WireInspection(string id, KaiConnection connection, bool reveal, string? reason, TimeProvider clock) : IKaiTap, IDisposable
{
    /// <summary>PDUs that are kept, of which the longest with its text takes some 15 KiB.</summary>
    public const int Kept = 1000;

    /// <summary>How long it lasts, and how long what it has recorded is kept after that.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private const int MaxReaders = 4;

    private readonly Lock _gate = new();
    private ITimer? _timer;
    private long _count;
    private DateTimeOffset? _endedAt;
    private InspectionEnd? _endedBy;

    public string Id => id;

    public string ConnectionId => connection.Id;

    public bool Revealed => reveal;

    public DateTimeOffset StartedAt { get; } = clock.GetUtcNow();

    public bool IsRunning => EndedAt is null;

    public DateTimeOffset? EndedAt
    {
        get
        {
            lock (_gate) return _endedAt;
        }
    }

    public EventRing Ring { get; } = new(Kept, MaxReaders);

    /// <summary>How it is now.</summary>
    public Inspection Shown
    {
        get
        {
            lock (_gate) return new(id, connection.Id, reveal, reason, StartedAt, StartedAt + Limit, _endedAt, _endedBy, Interlocked.Read(ref _count));
        }
    }

    /// <summary>Begins to look.</summary>
    /// <param name="forget">Runs when nobody is to see any more what it has recorded.</param>
    public void Begin(Action<WireInspection> forget)
    {
        lock (_gate)
        {
            if (_endedAt is not null) return;
            _timer = clock.CreateTimer(
                _ =>
                {
                    if (!End(InspectionEnd.TimeLimit)) forget(this);
                },
                null, Limit, Limit);
            connection.Attach(this);
        }
    }

    /// <summary>Ends it. False: it has ended already.</summary>
    public bool End(InspectionEnd why)
    {
        lock (_gate)
        {
            if (_endedAt is not null) return false;
            (_endedAt, _endedBy) = (clock.GetUtcNow(), why);
            _timer?.Change(Limit, Limit);
            connection.Detach(this);
        }
        Ring.EndWith("end", "inspection.ended", new InspectionEnded(why));
        return true;
    }

    public void Note(KaiSide from, ReadOnlySpan<byte> pdu, KaiByteOrder? order, KaiSessionState state)
    {
        var dissection = KaiPduFields.Dissect(pdu, from, order, hideText: !reveal);
        var violated = dissection.Violated;
        if (violated is null && from == KaiSide.Client && KaiSessionRules.ActionFor(state, dissection.Command!.Value) is KaiAction.Ignore or KaiAction.RefusePost)
        {
            violated = KaiRules.State(KaiConnection.NameOf(state));
        }
        var parts = new List<InspectedPart>(dissection.Parts.Count);
        foreach (var part in dissection.Parts)
        {
            var hex = part.Kind == KaiPartKind.Content ? Convert.ToHexStringLower(pdu.Slice(part.Offset, part.Length)) : null;
            parts.Add(new(Enum.Parse<InspectedPartKind>(part.Kind.ToString()), part.Offset, part.Length, part.Field, hex));
        }
        Ring.Publish("pdu", "pdu", new InspectedPdu(
            Interlocked.Increment(ref _count),
            clock.GetUtcNow(),
            from == KaiSide.Client ? PduDirection.In : PduDirection.Out,
            KaiConnection.NameOf(state),
            dissection.Command is { } command ? KaiPduFields.NameOf(command) : null,
            Join(parts),
            parts,
            [.. dissection.Fields.Select(field => new InspectedField(field.Name, field.Offset, field.Length, field.Value))],
            violated is null ? null : new(violated.Rule, violated.Section, violated.Sentence)));
    }

    public void Dispose() => _timer?.Dispose();

    private static string Join(List<InspectedPart> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            if (text.Length > 0) text.Append(' ');
            if (part.Hex is not null) text.Append(part.Hex);
            else text.Append(CultureInfo.InvariantCulture, $"[{part.Length} {(part.Kind == InspectedPartKind.Hidden ? "hidden" : part.Kind == InspectedPartKind.Zeros ? "zeros" : "garbage")}]");
        }
        return text.ToString();
    }
}
