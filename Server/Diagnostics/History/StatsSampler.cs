using System.Diagnostics.Metrics;
using KaiChat.Server.Connections;
using KaiChat.Server.Storage;
using KaiChat.Shared.Contracts;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Diagnostics.History;

/// <summary>Takes a sample of how the server is doing every two seconds, and keeps those of an hour.</summary>
internal sealed partial class StatsSampler(
    ConnectionRegistry connections, IMeterFactory meters, IOptions<StorageOptions> storage, IMessageLog log, TimeProvider clock, ILogger<StatsSampler> logger) : IHostedService, IDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>For how long samples are kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private static readonly string[] Files = ["messages.db", "messages.db-wal", "search.db", "search.db-wal"];
    private static readonly int SamplesOfAMinute = (int)(TimeSpan.FromMinutes(1) / Interval);

    private readonly IntervalMeters _meters = new(meters);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly Queue<StatsSample> _samples = new();
    private readonly Queue<long> _posted = new([0]);
    private TimeSpan _cpu = Environment.CpuUsage.TotalTime;
    private long _takenAt = clock.GetTimestamp();
    private Task _sampling = Task.CompletedTask;

    /// <summary>A sample has been taken.</summary>
    public event Action<StatsSample>? Sampled;

    /// <summary>The samples of the last minutes, oldest first.</summary>
    public IReadOnlyList<StatsSample> Since(TimeSpan ago)
    {
        var most = (int)(ago / Interval);
        lock (_gate) return [.. _samples.Skip(_samples.Count - most)];
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _sampling = SampleAsync();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _sampling;
    }

    public void Dispose()
    {
        _meters.Dispose();
        _stop.Dispose();
    }

    private async Task SampleAsync()
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                try
                {
                    Keep(Take());
                }
#pragma warning disable CA1031 // A sample that cannot be taken is one missing point of a chart.
                catch (Exception fault)
#pragma warning restore CA1031
                {
                    SampleFailed(logger, fault);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private void Keep(StatsSample sample)
    {
        lock (_gate)
        {
            if (_samples.Count == (int)(Kept / Interval)) _samples.Dequeue();
            _samples.Enqueue(sample);
        }
        Sampled?.Invoke(sample);
    }

    private StatsSample Take()
    {
        _meters.Take();
        var sizes = Files.Select(name => new FileInfo(Path.Combine(storage.Value.Directory, name))).Select(file => file.Exists ? file.Length : 0).ToArray();
        // What is in the write-ahead log is on its way into the database.
        var room = StorageRoom.Measure(storage.Value, database: sizes[0] + sizes[1]);
        return new(
            clock.GetUtcNow(),
            Count(),
            CountPosted(),
            new(_meters.Polls.Percentile(0.5), _meters.Polls.Percentile(0.95)),
            new(_meters.Commits.Percentile(0.5), _meters.Commits.Percentile(0.99)),
            _meters.Queue,
            sizes.Sum(),
            room?.Free,
            room?.Capacity,
            log.IsWritable,
            Environment.WorkingSet,
            MeasureCpu());
    }

    private StatsConnections Count()
    {
        var (web, native) = (0, 0);
        var states = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var group in connections.All.GroupBy(connection => (connection.Origin, connection.ProtocolState)))
        {
            var count = group.Count();
            if (group.Key.Origin == Origin.Native) native += count;
            else web += count;
            states[$"{(group.Key.Origin == Origin.Native ? "native" : "web")}.{group.Key.ProtocolState}"] = count;
        }
        return new(web + native, web, native, states);
    }

    private long CountPosted()
    {
        var posted = _meters.Posted;
        if (_posted.Count > SamplesOfAMinute) _posted.Dequeue();
        var before = _posted.Peek();
        _posted.Enqueue(posted);
        return posted - before;
    }

    private double MeasureCpu()
    {
        var (used, elapsed) = (Environment.CpuUsage.TotalTime, clock.GetElapsedTime(_takenAt));
        var share = elapsed > TimeSpan.Zero ? (used - _cpu) / elapsed / Environment.ProcessorCount : 0;
        (_cpu, _takenAt) = (used, clock.GetTimestamp());
        return Math.Round(Math.Clamp(share * 100, 0, 100), 1);
    }

    [LoggerMessage(7001, LogLevel.Error, "A sample of the server's state could not be taken")]
    private static partial void SampleFailed(ILogger logger, Exception fault);
}
