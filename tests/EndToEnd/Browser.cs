using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(KaiChat.EndToEnd.Browser))]

namespace KaiChat.EndToEnd;

/// <summary>One real browser for all tests: the system's Chromium, found on the path or named by <c>CHROMIUM</c>. Nothing is downloaded.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    /// <summary>How long a test waits for what is to come, in milliseconds. A busy machine is not a fault of the page; what takes this long is.</summary>
    public const int Patience = 60_000;

    private readonly SemaphoreSlim _clipboard = new(1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = FindChromium(), Args = Arguments });
    }

    /// <summary>
    /// A fresh profile, as of another person. Without a service worker unless the options allow it: a test could not stand between it and the server. Nothing moves or fades
    /// unless the options want it: what is looked at on its way there is nothing that anybody chose.
    /// </summary>
    public Task<IBrowserContext> NewPersonAsync(BrowserNewContextOptions? options = null) => _browser!.NewContextAsync(new BrowserNewContextOptions(options ?? new())
    {
        ServiceWorkers = options?.ServiceWorkers ?? ServiceWorkerPolicy.Block,
        ReducedMotion = options?.ReducedMotion ?? ReducedMotion.Reduce,
    });

    /// <summary>Until the end of the test that takes it, no other one copies: all people at one browser have one clipboard.</summary>
    public async Task<IDisposable> TakeClipboardAsync()
    {
        await _clipboard.WaitAsync();
        return new Clipboard(_clipboard);
    }

    public async ValueTask DisposeAsync()
    {
        _clipboard.Dispose();
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    private static string FindChromium() =>
        Environment.GetEnvironmentVariable("CHROMIUM")
        ?? Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
            .SelectMany(directory => (string[])[Path.Combine(directory, "chromium-headless-shell"), Path.Combine(directory, "chromium")])
            .FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("No Chromium. On Debian: apt-get install chromium-headless-shell; elsewhere name it with CHROMIUM=/path/to/chromium.");

    private sealed class Clipboard(SemaphoreSlim taken) : IDisposable
    {
        public void Dispose() => taken.Release();
    }
}
