using System.Diagnostics.Metrics;
using KaiChat.Server.Chat;
using KaiChat.Server.Connections;
using KaiChat.Server.Hosting;
using KaiChat.Server.Storage;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Diagnostics;

/// <summary>What is true of the server at a moment, looked up when somebody asks: meter <c>KaiChat.Server</c>.</summary>
internal sealed class ServerGauges
{
    public const string MeterName = "KaiChat.Server";

    public ServerGauges(IMeterFactory meters, ConnectionRegistry connections, ChatService chat, IMessageLog log, Drain drain)
    {
        var meter = meters.Create(MeterName);
        meter.CreateObservableGauge("kaichat.server.info", () => new Measurement<int>(1, Tag("version", ServerVersion.Text)), "{server}", "1, with the server's version.");
        meter.CreateObservableGauge("kaichat.server.ready", () => log.IsWritable && !drain.HasBegun ? 1 : 0, "{server}", "1 if the server takes messages, otherwise 0.");
        meter.CreateObservableGauge("kaichat.connections.states", () => CountStates(connections), "{connection}", "Open connections by kind, state of their protocol, and TLS.");
        meter.CreateObservableGauge("kaichat.sessions.open", () => chat.Sessions.Count(), "{session}", "Signed-in users.");
        meter.CreateObservableGauge("kaichat.channels.open", () => chat.Channels.Count(), "{channel}", "Open channels.");
    }

    private static IEnumerable<Measurement<int>> CountStates(ConnectionRegistry connections) => connections.All
        .GroupBy(connection => (connection.Origin, connection.ProtocolState, IsTls: connection.Tls is not null))
        .Select(group => new Measurement<int>(
            group.Count(),
            Tag("kind", group.Key.Origin == Origin.Native ? "native" : "web"), Tag("state", group.Key.ProtocolState), Tag("tls", group.Key.IsTls ? "yes" : "no")));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
