using System.Diagnostics.Metrics;
using KaiChat.Server.Connections;

namespace KaiChat.Server.Web;

/// <summary>The browsers' front-end's instruments: meter <c>KaiChat.Web</c>.</summary>
internal sealed class WebMetrics
{
    public const string MeterName = "KaiChat.Web";

    private readonly Counter<long> _rejected;

    public WebMetrics(IMeterFactory meters, ConnectionRegistry connections)
    {
        var meter = meters.Create(MeterName);
        _rejected = meter.CreateCounter<long>("kaichat.web.rejected", "{request}", "Requests and hub calls that were refused, by door and error code.");
        meter.CreateObservableGauge("kaichat.web.backlog", () => Waiting(connections).Sum(), "{event}", "Events that wait for browsers to read.");
        meter.CreateObservableGauge("kaichat.web.backlog.longest", () => Waiting(connections).DefaultIfEmpty().Max(), "{event}", "Events that wait for the slowest browser.");
    }

    /// <summary>A hub call was refused.</summary>
    public void CallRejected(string code) => Rejected("hub", code);

    /// <summary>A request was answered with a problem.</summary>
    public void RequestRejected(string code) => Rejected("http", code);

    private void Rejected(string door, string code) => _rejected.Add(1, new("door", door), new("reason", code));

    private static IEnumerable<int> Waiting(ConnectionRegistry connections) => connections.All.OfType<HubClient>().Select(client => client.Outbox.Waiting);
}
