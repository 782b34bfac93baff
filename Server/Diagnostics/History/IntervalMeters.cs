using System.Diagnostics.Metrics;

namespace KaiChat.Server.Diagnostics.History;

/// <summary>What this server's own instruments measure from one sample to the next: the few that the overview shows.</summary>
internal sealed class IntervalMeters : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _posted;
    private long _queue;

    /// <param name="meters">Whose meters are listened to: another server in this process has meters of the same names.</param>
    public IntervalMeters(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope != meters) return;
            if (instrument.Name is "kaichat.native.query.duration") listener.EnableMeasurementEvents(instrument, Polls);
            else if (instrument.Name is "kaichat.storage.commit.duration") listener.EnableMeasurementEvents(instrument, Commits);
            else if (instrument.Name is "kaichat.messages.posted" or "kaichat.storage.queue.depth") listener.EnableMeasurementEvents(instrument, this);
        };
        _listener.SetMeasurementEventCallback<double>(static (_, value, _, histogram) => ((LatencyHistogram)histogram!).Record(value));
        _listener.SetMeasurementEventCallback<long>(static (_, value, _, me) => Interlocked.Add(ref ((IntervalMeters)me!)._posted, value));
        _listener.SetMeasurementEventCallback<int>(static (_, value, _, me) => ((IntervalMeters)me!)._queue = value);
        _listener.Start();
    }

    public LatencyHistogram Polls { get; } = new();

    public LatencyHistogram Commits { get; } = new();

    /// <summary>Messages since the server's start.</summary>
    public long Posted => Interlocked.Read(ref _posted);

    /// <summary>Writes that wait for the disk.</summary>
    public long Queue => _queue;

    /// <summary>Ends the interval. One caller after the other.</summary>
    public void Take()
    {
        _listener.RecordObservableInstruments();
        Polls.Take();
        Commits.Take();
    }

    public void Dispose() => _listener.Dispose();
}
