using System.Diagnostics;
using KaiChat.TestKit;

namespace KaiChat.Benchmarks.Storage;

/// <summary>How many messages a second the log takes, and how long a sender waits for its acknowledgement.</summary>
internal static class LogLoad
{
    private const int Appenders = 1_024;
    private static readonly TimeSpan Warmup = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(string parent)
    {
        Console.WriteLine(
            $"SQLite log in {parent}, texts of {LogUnderLoad.TextLength} characters, {Window.TotalSeconds} s each after {Warmup.TotalSeconds} s");
        await MeasureThroughputAsync(parent);
        foreach (var rate in (int[])[1_000, 5_000, 10_000]) await MeasureLatencyAsync(parent, rate);
    }

    private static async Task MeasureThroughputAsync(string parent)
    {
        using var meters = new RecordedMeters();
        await using var load = await LogUnderLoad.OpenAsync(parent, meters);
        using var stop = new CancellationTokenSource();
        var appended = 0;
        var appending = Task.WhenAll(Enumerable.Range(0, Appenders).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await load.AppendAsync();
                Interlocked.Increment(ref appended);
            }
        })));

        await Task.Delay(Warmup);
        var (before, commits, started) = (appended, meters.Of("kaichat.storage.commit.batch").Count, Stopwatch.GetTimestamp());
        var cpu = Environment.CpuUsage.TotalTime;
        await Task.Delay(Window);
        var (count, elapsed) = (appended - before, Stopwatch.GetElapsedTime(started));
        var cores = (Environment.CpuUsage.TotalTime - cpu) / elapsed;
        commits = meters.Of("kaichat.storage.commit.batch").Count - commits;
        await stop.CancelAsync();
        await appending;
        Console.WriteLine(
            $"{Appenders} appenders: {count / elapsed.TotalSeconds:N0} rows/s, {count / (double)commits:N0} rows a commit, {cores:0.0} cores");
    }

    private static async Task MeasureLatencyAsync(string parent, int rate)
    {
        await using var load = await LogUnderLoad.OpenAsync(parent);
        await PaceAsync(load, rate, Warmup);
        var sent = await PaceAsync(load, rate, Window);
        var latencies = sent.Select(message => message.Latency.TotalMilliseconds).Order().ToArray();
        var late = sent.Select(message => message.Late.TotalMilliseconds).Order().ToArray();
        Console.WriteLine(
            $"{rate:N0}/s: acknowledged after p50 {At(latencies, 0.5):0.00} ms, p99 {At(latencies, 0.99):0.00} ms, "
            + $"p99.9 {At(latencies, 0.999):0.00} ms, max {latencies[^1]:0.0} ms (sent p50 {At(late, 0.5):0.00} ms, p99 {At(late, 0.99):0.00} ms behind schedule)");
    }

    /// <summary>
    /// Sends at a fixed rate, whether or not earlier messages have been acknowledged; a delay of the sender itself is told apart.
    /// </summary>
    private static async Task<(TimeSpan Latency, TimeSpan Late)[]> PaceAsync(LogUnderLoad load, int rate, TimeSpan duration)
    {
        var sending = new Task<(TimeSpan, TimeSpan)>[(int)(rate * duration.TotalSeconds)];
        await Task.Factory.StartNew(
            () =>
            {
                var started = Stopwatch.GetTimestamp();
                for (var i = 0; i < sending.Length; i++)
                {
                    var due = TimeSpan.FromSeconds(i / (double)rate);
                    while (Stopwatch.GetElapsedTime(started) < due) Thread.Sleep(TimeSpan.FromMicroseconds(100));
                    sending[i] = SendAsync(load, Stopwatch.GetElapsedTime(started) - due);
                }
            },
            TaskCreationOptions.LongRunning);
        return await Task.WhenAll(sending);
    }

    private static async Task<(TimeSpan Latency, TimeSpan Late)> SendAsync(LogUnderLoad load, TimeSpan late)
    {
        var started = Stopwatch.GetTimestamp();
        await load.AppendAsync();
        return (Stopwatch.GetElapsedTime(started), late);
    }

    private static double At(double[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];
}
