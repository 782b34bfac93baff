using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace KaiChat.TestKit;

/// <summary>The server as a process of its own, that can be killed.</summary>
public sealed partial class ServerChild : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;
    private bool _disposed;

    private ServerChild(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    public IPEndPoint Native { get; private set; } = null!;

    public Uri Web { get; private set; } = null!;

    /// <summary>What it printed before it listened.</summary>
    public string Banner { get; private set; } = "";

    /// <summary>Starts it and waits until it listens.</summary>
    public static Task<ServerChild> StartAsync(string directory, params string[] settings) => StartAsync(directory, new Dictionary<string, string>(), settings);

    /// <summary>Starts it in an environment with more variables, and waits until it listens.</summary>
    public static Task<ServerChild> StartAsync(string directory, IReadOnlyDictionary<string, string> environment, params string[] settings) =>
        StartInAsync("", directory, environment, settings);

    /// <summary>Starts it in a directory, where its settings file may be, and waits until it listens.</summary>
    public static async Task<ServerChild> StartInAsync(string current, string directory, IReadOnlyDictionary<string, string> environment, params string[] settings)
    {
        var child = Launch(
            [
                "--Kestrel:Endpoints:Web:Url=http://127.0.0.1:0", "--KaiChat:Address=127.0.0.1", "--KaiChat:Port=0", $"--Storage:Directory={directory}",
                "--Storage:SearchTime=00:01:00",
                .. settings.Select(setting => "--" + setting),
            ],
            environment,
            current);
        while (child.Banner.Split("Admin key").Length < 2)
        {
            var line = await child._process.StandardOutput.ReadLineAsync().WaitAsync(Patience.Limit)
                ?? throw new InvalidOperationException("The server did not start: " + await child._errors);
            child.Banner += line + "\n";
        }
        child.Web = new Uri(WebAddress().Match(child.Banner).Groups["value"].Value);
        child.Native = new IPEndPoint(IPAddress.Loopback, int.Parse(NativePort().Match(child.Banner).Groups["value"].Value, CultureInfo.InvariantCulture));
        _ = child._process.StandardOutput.ReadToEndAsync();
        return child;
    }

    /// <summary>Runs it to its end, for starts that fail.</summary>
    public static async Task<(int ExitCode, string Errors, string Output)> RunToEndAsync(string[] args, IReadOnlyDictionary<string, string>? environment = null, string current = "")
    {
        await using var child = Launch(args, environment, current);
        var output = child._process.StandardOutput.ReadToEndAsync();
        await child._process.WaitForExitAsync().WaitAsync(Patience.Limit);
        return (child._process.ExitCode, await child._errors, await output);
    }

    /// <summary>Sends it a signal: <c>TERM</c>, <c>HUP</c>.</summary>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Asks it to stop in order, and waits until it has.</summary>
    public async Task<(int ExitCode, string Errors)> TerminateAsync()
    {
        await SignalAsync("TERM");
        await _process.WaitForExitAsync().WaitAsync(Patience.Limit);
        return (_process.ExitCode, await _errors);
    }

    /// <summary>SIGKILL: nothing of it can be caught.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Kills it, if it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static ServerChild Launch(string[] args, IReadOnlyDictionary<string, string>? environment, string current)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = current, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "KaiChat.Server.dll"));
        foreach (var arg in args) start.ArgumentList.Add(arg);
        foreach (var (key, value) in environment ?? new Dictionary<string, string>()) start.Environment[key] = value;
        return new ServerChild(Process.Start(start)!);
    }

    [GeneratedRegex(@"Web page\s+(?<value>\S+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex WebAddress();

    [GeneratedRegex(@"Native clients\s+port (?<value>\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex NativePort();
}
