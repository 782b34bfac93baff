using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace KaiChat.Server.Diagnostics.Prometheus;

/// <summary>Adds up what this server's instruments measure, from its making on: all of <c>KaiChat.*</c>, and what is useful of the runtime's and the web server's.</summary>
internal sealed class MetricCollector : IDisposable
{
    private static readonly string[] NoTags = [];

    /// <summary>Instruments of the framework, and the tags of each that become labels; null for all.</summary>
    private static readonly Dictionary<string, string[]?> Framework = new(StringComparer.Ordinal)
    {
        ["dotnet.exceptions"] = NoTags,
        ["dotnet.gc.collections"] = null,
        ["dotnet.gc.last_collection.heap.size"] = null,
        ["dotnet.gc.last_collection.memory.committed_size"] = null,
        ["dotnet.gc.pause.time"] = null,
        ["dotnet.process.cpu.time"] = null,
        ["dotnet.process.memory.working_set"] = null,
        ["dotnet.thread_pool.queue.length"] = null,
        ["dotnet.thread_pool.thread.count"] = null,
        ["dotnet.thread_pool.work_item.count"] = null,
        ["http.server.active_requests"] = NoTags,
        ["http.server.request.duration"] = ["http.request.method", "http.response.status_code", "http.route"],
        ["kestrel.active_connections"] = ["server.port"],
        ["kestrel.active_tls_handshakes"] = ["server.port"],
        ["kestrel.queued_connections"] = ["server.port"],
        ["kestrel.rejected_connections"] = ["server.port"],
    };

    private readonly IMeterFactory _meters;
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly Lock _looking = new();

    /// <param name="meters">Whose meters are listened to, and those that belong to the whole process.</param>
    public MetricCollector(IMeterFactory meters)
    {
        _meters = meters;
        _listener.InstrumentPublished = Publish;
        _listener.SetMeasurementEventCallback<byte>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<short>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<float>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<decimal>(static (_, value, tags, family) => ((MetricFamily)family!).Record((double)value, tags));
        _listener.Start();
    }

    /// <summary>Looks at what is to be observed, and writes down everything. One caller after the other.</summary>
    public string WriteText()
    {
        lock (_looking)
        {
            foreach (var family in _families.Values) family.BeginLook();
            _listener.RecordObservableInstruments();
            return PrometheusText.Write(_families.Values.OrderBy(family => family.Name, StringComparer.Ordinal));
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Publish(Instrument instrument, MeterListener listener)
    {
        // Another server in this process has meters of the same names.
        if (instrument.Meter.Scope is { } scope && scope != _meters) return;
        string[]? kept = null;
        if (!instrument.Meter.Name.StartsWith("KaiChat.", StringComparison.Ordinal) && !Framework.TryGetValue(instrument.Name, out kept)) return;
        var family = new MetricFamily(instrument, kept);
        listener.EnableMeasurementEvents(instrument, _families.GetOrAdd(family.Name, family));
    }
}
