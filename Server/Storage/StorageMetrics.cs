using System.Diagnostics.Metrics;

namespace KaiChat.Server.Storage;

/// <summary>The log's instruments, in the meter <c>KaiChat.Storage</c>.</summary>
internal sealed class StorageMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "KaiChat.Storage";

    private readonly Meter _meter;
    private readonly Counter<long> _appended;
    private readonly Counter<long> _failed;
    private readonly Histogram<double> _duration;
    private readonly Histogram<int> _batch;

    public StorageMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _appended = _meter.CreateCounter<long>("kaichat.storage.appended", "{message}", "Messages made durable.");
        _failed = _meter.CreateCounter<long>("kaichat.storage.commit.failed", "{commit}", "Commits that failed.");
        _duration = _meter.CreateHistogram<double>("kaichat.storage.commit.duration", "s", "Time from taking a batch to its commit.");
        _batch = _meter.CreateHistogram<int>("kaichat.storage.commit.batch", "{write}", "Writes that shared one commit.");
    }

    /// <summary>Shows how many writes wait for the disk.</summary>
    public void ObserveQueue(Func<int> depth) =>
        _meter.CreateObservableGauge("kaichat.storage.queue.depth", depth, "{write}", "Writes waiting for the disk.");

    /// <summary>A batch is durable.</summary>
    public void Committed(int writes, int appended, TimeSpan duration)
    {
        _duration.Record(duration.TotalSeconds);
        _batch.Record(writes);
        if (appended > 0) _appended.Add(appended);
    }

    /// <summary>A batch is not in the log.</summary>
    public void CommitFailed() => _failed.Add(1);
}
