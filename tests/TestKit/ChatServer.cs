using System.Net;
using KaiChat.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Xunit;

namespace KaiChat.TestKit;

/// <summary>
/// The whole server in this process, on ports of its own, over a directory of its own. Disposing of it fails the test if an error was logged that the test
/// did not announce in <see cref="Logs"/>.
/// </summary>
public sealed class ChatServer : IAsyncDisposable
{
    private readonly string[] _settings;
    private readonly bool _ownsDirectory;
    private Action<IServiceCollection>? _adjust;
    private WebApplication? _app;

    private ChatServer(string[] settings, string? directory, FakeTimeProvider? clock)
    {
        _settings = settings;
        _ownsDirectory = directory is null;
        Directory = directory ?? System.IO.Directory.CreateTempSubdirectory("kaichat-test-").FullName;
        Clock = clock;
    }

    /// <summary>The data directory.</summary>
    public string Directory { get; }

    /// <summary>The clock, if the test moves it.</summary>
    public FakeTimeProvider? Clock { get; }

    public CapturedLogs Logs { get; } = new();

    /// <summary>Where browsers connect.</summary>
    public Uri Web { get; private set; } = null!;

    /// <summary>Where native clients connect.</summary>
    public IPEndPoint Native { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    /// <summary>The parts of the running server.</summary>
    public IServiceProvider Services => _app!.Services;

    /// <summary>Starts a server.</summary>
    /// <param name="settings">Settings such as <c>KaiChat:Delivery=Single</c>.</param>
    public static Task<ChatServer> StartAsync(params string[] settings) => StartAsync(clock: null, settings);

    /// <summary>Starts a server whose clock stands still until the test moves it.</summary>
    public static Task<ChatServer> StartWithFakeClockAsync(params string[] settings) => StartAsync(new FakeTimeProvider(), settings);

    /// <summary>Starts a server some of whose parts the test replaces.</summary>
    public static Task<ChatServer> StartAdjustedAsync(Action<IServiceCollection> adjust, params string[] settings) =>
        StartAdjustedAsync(adjust, clock: null, settings);

    /// <summary>Starts a server some of whose parts the test replaces, with a clock that stands still until the test moves it.</summary>
    public static async Task<ChatServer> StartAdjustedAsync(Action<IServiceCollection> adjust, FakeTimeProvider? clock, params string[] settings)
    {
        var server = new ChatServer(settings, directory: null, clock) { _adjust = adjust };
        await server.StartAsync();
        return server;
    }

    /// <summary>Starts a server over a directory that another one used before.</summary>
    public static Task<ChatServer> StartOverAsync(string directory, params string[] settings) => StartOverAsync(directory, clock: null, settings);

    /// <summary>Starts a server over a directory of the test's, with a clock that stands still until the test moves it.</summary>
    public static async Task<ChatServer> StartOverAsync(string directory, FakeTimeProvider? clock, params string[] settings)
    {
        var server = new ChatServer(settings, directory, clock);
        await server.StartAsync();
        return server;
    }

    private static async Task<ChatServer> StartAsync(FakeTimeProvider? clock, string[] settings)
    {
        var server = new ChatServer(settings, directory: null, clock);
        await server.StartAsync();
        return server;
    }

    /// <summary>Stops the server in order and starts it again over the same directory, on new ports.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    /// <summary>Stops the server in order, as SIGTERM does.</summary>
    public async Task StopAsync()
    {
        if (_app is null) return;
        await Services.GetRequiredService<Drain>().RunAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _app = null;
        Http.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (_ownsDirectory) System.IO.Directory.Delete(Directory, recursive: true);
        var errors = Logs.UnexpectedErrors.Select(line => $"{line.Category}: {line.Text} {line.Exception}").ToArray();
        Assert.True(errors.Length == 0, "Errors nobody announced:\n" + string.Join('\n', errors));
    }

    private async Task StartAsync()
    {
        string[] args =
        [
            "--Kestrel:Endpoints:Web:Url=http://127.0.0.1:0", "--KaiChat:Address=127.0.0.1", "--KaiChat:Port=0", $"--Storage:Directory={Directory}",
            // On a busy machine, too, what was posted is found.
            "--Storage:SearchTime=00:01:00",
            .. _settings.Select(setting => "--" + setting),
        ];
        _app = Program.Build(args, builder =>
        {
            builder.Logging.ClearProviders().AddProvider(Logs).SetMinimumLevel(LogLevel.Debug);
            LateHub.Replace(builder.Services);
            if (Clock is not null) builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
            _adjust?.Invoke(builder.Services);
        });
        await _app.StartAsync();
        var listening = Services.GetRequiredService<ListeningEndpoints>();
        Native = new IPEndPoint(IPAddress.Loopback, listening.NativePort);
        var addresses = Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        Web = new Uri(addresses.Single(address => !listening.IsNative(address)));
        Http = new HttpClient { BaseAddress = Web };
    }
}
