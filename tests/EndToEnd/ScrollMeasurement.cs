using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using KaiChat.TestKit;
using static Microsoft.Playwright.Assertions;

namespace KaiChat.EndToEnd;

/// <summary>How the conversation scrolls on a slow device. A measurement, not a test: it runs only when asked for (docs/performance.md).</summary>
public sealed class ScrollMeasurement(Browser browser, ITestOutputHelper output)
{
    private const int Slowdown = 4;
    private const int Pages = 8;
    private const int Senders = 5;

    /// <summary>Scrolls up through pages of history, frame by frame as a finger does, and notes the time of each frame; then waits at the top of each for the next.</summary>
    private const string Scroll =
        """
        async pages => {
          const log = document.querySelector('[role=log]');
          const frame = () => new Promise(requestAnimationFrame);
          const first = () => Number(log.querySelector('[data-seq]')?.dataset.seq ?? 0);
          const times = [], drifts = [];
          for (let page = 0; page < pages; page++) {
            let last = await frame();
            // 40 pixels a frame: a fast flick.
            while (log.scrollTop > 60) {
              log.scrollBy({ top: -40, behavior: 'instant' });
              const now = await frame();
              times.push(now - last);
              last = now;
            }
            const held = first();
            const row = [...log.querySelectorAll('[data-seq]')].find(each => each.getBoundingClientRect().bottom > log.getBoundingClientRect().top);
            log.scrollTop -= 1;
            const from = row.getBoundingClientRect().top;
            for (let waited = 0; first() === held && waited < 600; waited++) await frame();
            if (first() === held) break;
            await frame(); await frame();
            if (row.isConnected) drifts.push(Math.abs(row.getBoundingClientRect().top - from));
          }
          return { times, drifts, rows: log.querySelectorAll('[data-row]').length };
        }
        """;

    [Fact(Explicit = true)]
    public async Task Scrolling_through_a_long_history_on_a_slow_device()
    {
        var messages = int.Parse(Environment.GetEnvironmentVariable("KAICHAT_SCROLL_MESSAGES") ?? "100000", CultureInfo.InvariantCulture);
        await using var server = await ChatServer.StartAsync("Limits:MessageBurst=1000000", "Limits:MessagesPerSecond=1000000");
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(async sender =>
        {
            await using var ben = await WebUser.SignInAsync(server, $"ben{sender}", "@room");
            for (var sent = sender; sent < messages; sent += Senders * 40)
            {
                await Task.WhenAll(Enumerable.Range(0, 40).Select(i => sent + (i * Senders)).Where(i => i < messages).Select(i =>
                    ben.SendAsync("@room", $"message {i} with **some** words, `code` and https://example.org/{i} in it")));
            }
        }));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{messages} messages written in {clock.Elapsed.TotalSeconds:F0} s"));
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await Expect(anna.Log.Locator("[data-seq]").First).ToBeVisibleAsync();
        var devtools = await anna.Page.Context.NewCDPSessionAsync(anna.Page);
        await devtools.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = Slowdown });
        await devtools.SendAsync("Tracing.start", new() { ["categories"] = "devtools.timeline,blink.user_timing", ["transferMode"] = "ReportEvents" });
        var measured = await anna.Page.EvaluateAsync<JsonElement>(Scroll, Pages);
        await devtools.SendAsync("Tracing.end");

        var times = measured.GetProperty("times").EnumerateArray().Select(time => time.GetDouble()).Order().ToArray();
        var drifts = measured.GetProperty("drifts").EnumerateArray().Select(drift => drift.GetDouble()).ToArray();
        Assert.NotEmpty(times);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{messages} messages, {measured.GetProperty("rows").GetInt32()} rows, {Slowdown}x slower: {times.Length} frames, {1000 / times.Average():F1} frames a second, "
            + $"p50 {times[times.Length / 2]:F1} ms, p95 {times[times.Length * 95 / 100]:F1} ms, p99 {times[times.Length * 99 / 100]:F1} ms, longest {times[^1]:F1} ms, "
            + $"over 17 ms: {times.Count(time => time > 17.5)}; {drifts.Length} pages loaded, anchor drift at most {(drifts.Length == 0 ? 0 : drifts.Max()):F2} px"));
    }
}
