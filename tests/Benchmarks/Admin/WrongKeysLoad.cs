using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using KaiChat.TestKit;

namespace KaiChat.Benchmarks.Admin;

/// <summary>What a flood of wrong admin keys does to those who have nothing to do with it: a browser that posts, and an operator with a good key.</summary>
internal static class WrongKeysLoad
{
    private const int Connections = 64;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Flood = TimeSpan.FromSeconds(10);

    /// <param name="rate">Wrong keys a second, over all connections.</param>
    public static async Task RunAsync(int rate)
    {
        using var directory = new TemporaryDirectory();
        await using var server = await ServerChild.StartAsync(directory.Path, "Limits:MessageBurst=1000000", "Limits:MessagesPerSecond=1000000");
        await using var browser = await WebUser.SignInAsync(server.Web, "anna", "@dev");
        using var http = new HttpClient { BaseAddress = server.Web };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(directory.File("admin.key"))).Trim());
        await MeasureAsync(browser, http, TimeSpan.FromSeconds(3));

        Print("alone", await MeasureAsync(browser, http, Quiet));
        using var stop = new CancellationTokenSource();
        var flood = new WrongKeysFlood(server.Web, rate / Connections);
        var flooding = Enumerable.Range(0, Connections).Select(_ => flood.RunAsync(stop.Token)).ToArray();
        // The first ten from an address are held back; what comes then is refused at once.
        await Task.Delay(TimeSpan.FromSeconds(1));
        var (before, refusedBefore, started) = (flood.Answered, await CountRefusedAsync(http), Stopwatch.GetTimestamp());
        var measured = await MeasureAsync(browser, http, Flood);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var (answered, refused) = ((flood.Answered - before) / seconds, (await CountRefusedAsync(http) - refusedBefore) / seconds);
        await stop.CancelAsync();
        await Task.WhenAll(flooding);
        Console.WriteLine($"{answered:N0} wrong keys/s answered on {Connections} connections, {refused:N0}/s by the server's own count, aimed at {rate:N0}/s");
        Print("under the flood", measured);
    }

    /// <summary>How many requests the server says it has refused for being too many.</summary>
    private static async Task<double> CountRefusedAsync(HttpClient http) => (await http.GetStringAsync("/metrics")).Split('\n')
        .Where(line => line.StartsWith("kaichat_web_rejected_total{", StringComparison.Ordinal) && line.Contains("\"rate-limited\"", StringComparison.Ordinal))
        .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));

    /// <summary>A message every 20 ms and a request every 50 ms, each as soon as it is due and the one before is answered.</summary>
    private static async Task<(double[] Posts, double[] Requests)> MeasureAsync(WebUser browser, HttpClient http, TimeSpan duration)
    {
        var posting = RepeatAsync(TimeSpan.FromMilliseconds(20), duration, () => browser.SendAsync("@dev", "a message of a few words"));
        var asking = RepeatAsync(TimeSpan.FromMilliseconds(50), duration, () => http.GetStringAsync("/api/v1/server"));
        return (await posting, await asking);
    }

    private static async Task<double[]> RepeatAsync(TimeSpan every, TimeSpan duration, Func<Task> call)
    {
        var times = new List<double>();
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; every * i < duration; i++)
        {
            // From when it was due: what falls behind shows.
            var due = every * i;
            if (due - Stopwatch.GetElapsedTime(started) is { Ticks: > 0 } wait) await Task.Delay(wait);
            var late = Stopwatch.GetElapsedTime(started) - due;
            var began = Stopwatch.GetTimestamp();
            await call();
            times.Add((Stopwatch.GetElapsedTime(began) + (late > every ? late : TimeSpan.Zero)).TotalMilliseconds);
        }
        return [.. times.Order()];
    }

    private static void Print(string when, (double[] Posts, double[] Requests) measured) => Console.WriteLine(
        $"{when}: a browser's message acknowledged {Words(measured.Posts)}; an operator's request answered {Words(measured.Requests)}");

    private static string Words(double[] times) => $"p50 {times[times.Length / 2]:0.0} ms, p99 {times[times.Length * 99 / 100]:0.0} ms, max {times[^1]:0.0} ms of {times.Length}";
}
