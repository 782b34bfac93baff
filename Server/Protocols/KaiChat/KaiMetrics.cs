using System.Diagnostics.Metrics;

namespace KaiChat.Server.Protocols.KaiChat;

/// <summary>The native front-end's instruments: meter <c>KaiChat.Native</c>.</summary>
internal sealed class KaiMetrics
{
    public const string MeterName = "KaiChat.Native";

    private readonly Histogram<double> _answers;
    private readonly Counter<long> _rejected;

    public KaiMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _answers = meter.CreateHistogram<double>("kaichat.native.query.duration", "s", "From a QUERY to its answer being handed to the socket.");
        _rejected = meter.CreateCounter<long>("kaichat.native.rejected", "{pdu}", "PDUs that were ignored or refused, by reason.");
    }

    public void Answered(TimeSpan after) => _answers.Record(after.TotalSeconds);

    public void Rejected(string reason) => _rejected.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
