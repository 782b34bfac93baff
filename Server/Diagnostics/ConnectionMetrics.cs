using System.Diagnostics.Metrics;
using KaiChat.Server.Connections;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Diagnostics;

/// <summary>Instruments of all front-ends' connections: meter <c>KaiChat.Connections</c>.</summary>
internal sealed class ConnectionMetrics
{
    public const string MeterName = "KaiChat.Connections";

    private readonly UpDownCounter<long> _open;
    private readonly Counter<long> _ended;

    public ConnectionMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _open = meter.CreateUpDownCounter<long>("kaichat.connections.open", "{connection}", "Open connections, by kind.");
        _ended = meter.CreateCounter<long>("kaichat.connections.ended", "{connection}", "Ended connections, by kind and reason.");
    }

    public void Opened(Origin origin) => _open.Add(1, Kind(origin));

    public void Ended(Origin origin, ConnectionEndReason reason)
    {
        _open.Add(-1, Kind(origin));
        _ended.Add(1, Kind(origin), new KeyValuePair<string, object?>("reason", reason.ToString()));
    }

    private static KeyValuePair<string, object?> Kind(Origin origin) => new("kind", origin == Origin.Native ? "native" : "web");
}
