using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;

namespace KaiChat.Benchmarks.Page;

/// <summary>What the browser notes about its own work, by its trace.</summary>
internal sealed class Trace
{
    private const string Categories =
        "devtools.timeline,disabled-by-default-devtools.timeline,devtools.timeline.frame,disabled-by-default-devtools.timeline.frame,benchmark,v8,blink.user_timing,__metadata";

    private readonly ICDPSession _devtools;
    private readonly ConcurrentQueue<JsonElement> _events = new();
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Trace(ICDPSession devtools) => _devtools = devtools;

    /// <param name="sampled">Whether the page's functions are noted too, which costs the page time.</param>
    public static async Task<Trace> StartAsync(ICDPSession devtools, bool sampled)
    {
        var trace = new Trace(devtools);
        devtools.Event("Tracing.dataCollected").OnEvent += (_, data) =>
        {
            foreach (var each in data!.Value.GetProperty("value").EnumerateArray()) trace._events.Enqueue(each.Clone());
        };
        devtools.Event("Tracing.tracingComplete").OnEvent += (_, _) => trace._complete.TrySetResult();
        var categories = sampled ? Categories + ",disabled-by-default-v8.cpu_profiler" : Categories;
        await devtools.SendAsync("Tracing.start", new() { ["categories"] = categories, ["transferMode"] = "ReportEvents" });
        return trace;
    }

    public async Task EndAsync()
    {
        await _devtools.SendAsync("Tracing.end");
        await _complete.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    /// <summary>Writes it so that the developer tools open it.</summary>
    public Task WriteAsync(string path) => File.WriteAllTextAsync(path, JsonSerializer.Serialize(new { traceEvents = _events }));

    /// <summary>
    /// What became of each beat of the screen at which there was something new to show. A composited scroll is presented by another thread than the page's: a frame is whole if it had all
    /// the page had to say, in part if the scroll went on but a change of the page came later, dropped if nothing of it was seen in time.
    /// </summary>
    public (int Whole, int InPart, int Dropped) Presented()
    {
        var (whole, inPart, dropped) = (0, 0, 0);
        var reports = _events.Where(each => NameOf(each) == "PipelineReporter" && each.GetProperty("args").TryGetProperty("frame_reporter", out _))
            .Select(each => (Process: each.GetProperty("pid").GetInt64(), Frame: each.GetProperty("args").GetProperty("frame_reporter")));
        foreach (var beat in reports.GroupBy(report => (report.Process, report.Frame.GetProperty("frame_source").GetInt64(), report.Frame.GetProperty("frame_sequence").GetInt64())))
        {
            var states = beat.Select(report => report.Frame.GetProperty("state").GetString()!).ToHashSet();
            if (states.Contains("STATE_PRESENTED_ALL")) whole++;
            else if (states.Contains("STATE_PRESENTED_PARTIAL")) inPart++;
            else if (states.Contains("STATE_DROPPED")) dropped++;
        }
        return (whole, inPart, dropped);
    }

    /// <summary>What each frame cost the page's thread, from one animation callback to the next, in ms of the processor's time, the costliest first.</summary>
    public double[] FrameCosts()
    {
        var events = OfPage().ToArray();
        var frames = events.Where(each => NameOf(each) == "FireAnimationFrame").Select(Start).Distinct().Order().ToArray();
        var costs = new double[frames.Length + 1];
        foreach (var task in events.Where(each => NameOf(each) == "RunTask"))
        {
            var next = Array.BinarySearch(frames, Start(task));
            costs[next < 0 ? ~next : next] += Duration(task);
        }
        return [.. costs.OrderDescending()];
    }

    /// <summary>The longest tasks of the page's thread over a duration, in ms.</summary>
    public double[] TasksOver(double milliseconds) =>
        [.. OfPage().Where(each => NameOf(each) == "RunTask").Select(Duration).Where(each => each > milliseconds).OrderDescending()];

    /// <summary>What the page's thread spent its time on, in ms; one kind may be part of another.</summary>
    public IEnumerable<(string Name, double Sum, double Longest, int Count)> Kinds() => OfPage()
        .GroupBy(NameOf)
        .Select(kind => (kind.Key, kind.Sum(Duration), kind.Max(Duration), kind.Count()))
        .Where(kind => kind.Item2 > 0)
        .OrderByDescending(kind => kind.Item2);

    private IEnumerable<JsonElement> OfPage()
    {
        var pages = _events.Where(each => NameOf(each) == "thread_name" && each.GetProperty("args").GetProperty("name").GetString() == "CrRendererMain").Select(ThreadOf).ToHashSet();
        // The busiest of them is the page's: others are of blank pages.
        return _events.Where(each => pages.Contains(ThreadOf(each))).GroupBy(ThreadOf).OrderByDescending(thread => thread.Sum(Duration)).First();
    }

    /// <summary>In µs of the browser's clock.</summary>
    private static double Start(JsonElement each) => each.TryGetProperty("ts", out var start) ? start.GetDouble() : 0;

    private static string NameOf(JsonElement each) => each.GetProperty("name").GetString()!;

    private static (long Process, long Thread) ThreadOf(JsonElement each) => (each.GetProperty("pid").GetInt64(), each.GetProperty("tid").GetInt64());

    /// <summary>The processor's time, in ms: other work on the machine does not count.</summary>
    private static double Duration(JsonElement each) => each.TryGetProperty("tdur", out var duration) ? duration.GetDouble() / 1000 : 0;
}
