using System.Text.Json;
using KaiChat.TestKit;
using Microsoft.Playwright;

namespace KaiChat.Benchmarks.Page;

/// <summary>How a channel with a long history scrolls on a slow device: a real browser whose page runs four times slower, wheel steps as a hand makes them.</summary>
internal static class ScrollLoad
{
    private const int Slowdown = 4;

    /// <summary>Pixels of a wheel step: leafing quickly, 1,500 pixels a second, and a hard flick, 6,000.</summary>
    private static readonly int[] Strides = [25, 100];

    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(16);
    private const int Steps = 600;

    /// <summary>How many loads of older history are watched for what they do to the reader's place.</summary>
    private const int Loads = 8;

    /// <summary>Notes the time of each frame and, whenever the list changes, how many rows it has.</summary>
    private const string Watch =
        """
        () => {
          const log = document.querySelector('[role=log]');
          const seen = { times: [], rows: 0, changes: 0, first: 0, watching: true };
          new MutationObserver(() => {
            const rows = log.getElementsByClassName('message').length;
            seen.rows = Math.max(seen.rows, rows);
            const first = Number(log.querySelector('[data-seq]')?.dataset.seq);
            if (first !== seen.first) { seen.first = first; seen.changes++; }
          }).observe(log.querySelector('.rows'), { childList: true, subtree: true });
          const note = time => { seen.times.push(time); if (seen.watching) requestAnimationFrame(note); };
          requestAnimationFrame(note);
          window.seen = seen;
        }
        """;

    /// <summary>
    /// Waits until nothing is loaded, goes up until the page asks for more, and compares where the rows in view were with where they are in each of the following frames: how far
    /// the worst of them was ever away, and how far when all was still. Null if nothing was loaded.
    /// </summary>
    private const string LoadOnce =
        """
        async () => {
          const log = document.querySelector('[role=log]');
          // What is painted is known only behind the frame: heights are measured, and places held, after its callbacks.
          const frame = () => new Promise(done => requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = done;
            port2.postMessage(0);
          }));
          const first = () => log.querySelector('[data-seq]').dataset.seq;
          const top = row => row.getBoundingClientRect().top;
          const rest = async () => { for (let still = 0; still < 5; still++) { await frame(); if (log.ariaBusy === 'true') still = 0; } };
          await rest();
          const held = first();
          while (first() === held && log.ariaBusy !== 'true' && log.scrollTop > 100) { log.scrollTop -= 100; await frame(); }
          if (first() !== held) return null;
          const { top: from, bottom: to } = log.getBoundingClientRect();
          const rows = [...log.querySelectorAll('[data-row]')].filter(row => top(row) >= from && top(row) < to);
          const before = rows.map(top);
          const away = () => Math.max(...rows.map((row, i) => Math.abs(top(row) - before[i])));
          let worst = 0;
          for (let waited = 0; first() === held && waited < 300; waited++) { await frame(); worst = Math.max(worst, away()); }
          if (first() === held) return null;
          for (let after = 0; after < 60; after++) { await frame(); worst = Math.max(worst, away()); }
          return { worst, end: away() };
        }
        """;

    public static async Task RunAsync(int count, string? traceFile)
    {
        var directory = Directory.CreateTempSubdirectory("kaichat-scroll-").FullName;
        try
        {
            await LongChannel.WriteAsync(directory, count);
            await using var server = await ChatServer.StartOverAsync(directory);
            using var playwright = await Playwright.CreateAsync();
            await using var browser = await playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium-headless-shell",
                Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
            });
            var page = await browser.NewPageAsync(new() { ServiceWorkers = ServiceWorkerPolicy.Block });
            await OpenAsync(page, server.Web);
            var devtools = await page.Context.NewCDPSessionAsync(page);
            await devtools.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = Slowdown });
            Console.WriteLine($"{count:N0} messages, the page {Slowdown} times slower, Chromium {browser.Version}");

            await page.EvaluateAsync(Watch);
            await Task.Delay(TimeSpan.FromSeconds(3));
            Report("idle", await SeenAsync(page));
            Console.WriteLine($"load of the machine before scrolling: {await File.ReadAllTextAsync("/proc/loadavg")}".TrimEnd());
            foreach (var stride in Strides)
            {
                Console.WriteLine($"{stride / Every.TotalSeconds:N0} pixels a second");
                foreach (var direction in (string[])["up", "down", "up"]) await ScrollAsync(page, devtools, direction, direction == "down" ? stride : -stride, traceFile);
            }
            await PlaceAsync(page);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task OpenAsync(IPage page, Uri server)
    {
        await page.GotoAsync(server.ToString());
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Username" }).FillAsync("anna");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Channel" }).FillAsync(LongChannel.Name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
        await page.Locator("[role=log] [data-seq]").First.WaitForAsync();
    }

    private static async Task ScrollAsync(IPage page, ICDPSession devtools, string what, int step, string? traceFile)
    {
        var box = await page.Locator("[role=log]").BoundingBoxAsync() ?? throw new InvalidOperationException("There is no conversation.");
        var trace = await Trace.StartAsync(devtools, sampled: traceFile is not null);
        await page.EvaluateAsync(Watch);
        using var timer = new PeriodicTimer(Every);
        var wheels = new List<Task>(Steps);
        for (var i = 0; i < Steps && await timer.WaitForNextTickAsync(); i++)
        {
            // Not waited for: a hand does not wait for the page.
            wheels.Add(devtools.SendAsync("Input.dispatchMouseEvent", new()
            {
                ["type"] = "mouseWheel",
                ["x"] = box.X + (box.Width / 2),
                ["y"] = box.Y + (box.Height / 2),
                ["deltaX"] = 0,
                ["deltaY"] = step,
            }));
        }
        await Task.WhenAll(wheels);
        var seen = await SeenAsync(page);
        await trace.EndAsync();
        var (whole, inPart, dropped) = trace.Presented();
        Console.WriteLine($"{what}: {60.0 * (whole + inPart) / (whole + inPart + dropped):0.0} frames a second on the screen: {whole} whole, {inPart} in part, {dropped} dropped");
        Report("  the page's thread", seen);
        var kinds = trace.Kinds().ToArray();
        var busy = kinds.FirstOrDefault(kind => kind.Name == "RunTask").Sum;
        var tasks = trace.TasksOver(50);
        // The processor's time says what the page costs, whatever else the machine does meanwhile.
        Console.WriteLine($"  processor time of the page's thread: {busy:0} ms, {busy / seen.GetProperty("times").GetArrayLength():0.0} a frame, {busy / Steps:0.0} a step of the wheel");
        var costs = trace.FrameCosts();
        Console.WriteLine($"  frames that cost it more than 16.7 ms: {100.0 * costs.Count(cost => cost > 16.7) / costs.Length:0.0} %; 95 % of them at most {costs[costs.Length / 20]:0.0}, the costliest {costs[0]:0.0}");
        Console.WriteLine($"  tasks over 50 ms: {tasks.Length}, longest {tasks.FirstOrDefault():0} ms");
        Console.WriteLine("  " + string.Join(", ", kinds.Take(12).Select(kind => $"{kind.Name} {kind.Sum:0} ms in {kind.Count} (longest {kind.Longest:0.0})")));
        if (traceFile is not null) await trace.WriteAsync($"{traceFile}.{what}.json");
    }

    private static async Task PlaceAsync(IPage page)
    {
        var drifts = new List<(double Worst, double End)>();
        for (var i = 0; i < Loads; i++)
        {
            if (await page.EvaluateAsync<JsonElement?>(LoadOnce) is { ValueKind: JsonValueKind.Object } drift)
                drifts.Add((drift.GetProperty("worst").GetDouble(), drift.GetProperty("end").GetDouble()));
        }
        Console.WriteLine(drifts.Count == 0
            ? "no load of older history was seen"
            : $"{drifts.Count} loads of older history: rows in view moved by at most {drifts.Max(each => each.End):0.00} px in the end, {drifts.Max(each => each.Worst):0.00} px in any frame");
    }

    private static async Task<JsonElement> SeenAsync(IPage page) =>
        await page.EvaluateAsync<JsonElement>("() => { seen.watching = false; return seen; }");

    private static void Report(string what, JsonElement seen)
    {
        var times = seen.GetProperty("times").EnumerateArray().Select(time => time.GetDouble()).ToArray();
        var frames = times.Skip(1).Zip(times, (later, earlier) => later - earlier).Order().ToArray();
        double At(double part) => frames[(int)(part * (frames.Length - 1))];
        Console.WriteLine($"{what}: {frames.Length} frames, {1000 * frames.Length / frames.Sum():0.0} a second; median {At(0.5):0.0} ms, 95 % within {At(0.95):0.0}, 99 % within {At(0.99):0.0}, "
            + $"longest {frames[^1]:0.0}; over 20 ms: {100.0 * frames.Count(each => each > 20) / frames.Length:0.0} %; "
            + $"the list changed {seen.GetProperty("changes").GetInt32()} times, at most {seen.GetProperty("rows").GetInt32()} rows");
    }
}
