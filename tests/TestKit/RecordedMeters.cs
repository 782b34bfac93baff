using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace KaiChat.TestKit;

/// <summary>Makes meters and keeps what they measure, for a test to read; other tests' meters stay out of it.</summary>
public sealed class RecordedMeters : IMeterFactory
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Instrument, double Value)> _measured = new();
    private readonly ConcurrentQueue<Meter> _meters = new();

    /// <summary>Starts to listen.</summary>
    public RecordedMeters()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == this) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => _measured.Enqueue((instrument.Name, value)));
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => _measured.Enqueue((instrument.Name, value)));
        _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => _measured.Enqueue((instrument.Name, value)));
        _listener.Start();
    }

    /// <summary>What an instrument measured so far, in order.</summary>
    public IReadOnlyList<double> Of(string instrument) =>
        [.. _measured.Where(measured => measured.Instrument == instrument).Select(measured => measured.Value)];

    /// <summary>Asks the observable instruments.</summary>
    public void Observe() => _listener.RecordObservableInstruments();

    /// <inheritdoc/>
    public Meter Create(MeterOptions options)
    {
        var meter = new Meter(options.Name, options.Version, options.Tags, scope: this);
        _meters.Enqueue(meter);
        return meter;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Dispose();
        foreach (var meter in _meters) meter.Dispose();
    }
}
