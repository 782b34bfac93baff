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

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        // A busy machine is not a fault of the page; what takes this long is.
        Assertions.SetDefaultExpectTimeout(15_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = FindChromium(), Args = Arguments });
    }

    /// <summary>A fresh profile, as of another person. Without a service worker unless the options allow it: a test could not stand between it and the server.</summary>
    public Task<IBrowserContext> NewPersonAsync(BrowserNewContextOptions? options = null) =>
        _browser!.NewContextAsync(new BrowserNewContextOptions(options ?? new()) { ServiceWorkers = options?.ServiceWorkers ?? ServiceWorkerPolicy.Block });

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    private static string FindChromium() =>
        Environment.GetEnvironmentVariable("CHROMIUM")
        ?? Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
            .SelectMany(directory => (string[])[Path.Combine(directory, "chromium-headless-shell"), Path.Combine(directory, "chromium")])
            .FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("No Chromium. On Debian: apt-get install chromium-headless-shell; elsewhere name it with CHROMIUM=/path/to/chromium.");
}
