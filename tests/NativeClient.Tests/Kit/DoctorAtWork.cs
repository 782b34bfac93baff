using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace KaiChat.NativeClient.Tests.Kit;

/// <summary><c>kaichat doctor</c>, run in this process on a free port. Its clock moves by itself over the short waits of the trials, and over nothing longer.</summary>
internal sealed partial class DoctorAtWork : IDisposable
{
    /// <summary>More than any wait of a trial, less than a session may take.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(2);

    private readonly Task _clockwork;

    private DoctorAtWork(ClientRun run, int port)
    {
        (Run, Port) = (run, port);
        _clockwork = MoveClockAsync();
    }

    public ClientRun Run { get; }

    public int Port { get; }

    public static async Task<DoctorAtWork> StartAsync(params string[] options)
    {
        var run = ClientRun.Of(["doctor", "--port", "0", .. options]);
        await run.Error.Contains("plain and TLS");
        return new DoctorAtWork(run, int.Parse(ListeningOn().Match(run.Error.Text).Groups["port"].ValueSpan, CultureInfo.InvariantCulture));
    }

    public async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, Port);
        return socket;
    }

    /// <summary>A client that sends these bytes in one go and ends its half, and reads what comes until the doctor closes.</summary>
    public async Task VisitAsync(byte[] bytes)
    {
        using var socket = await ConnectAsync();
        using var stream = new NetworkStream(socket);
        try
        {
            // Side by side, or the two would wait for each other as soon as what is sent and answered is more than the system holds.
            await Task.WhenAll(SayAllAsync(), stream.CopyToAsync(Stream.Null)).OrFail();
        }
        catch (Exception fault) when (fault is IOException or SocketException)
        {
            // The doctor had enough.
        }

        async Task SayAllAsync()
        {
            await stream.WriteAsync(bytes);
            socket.Shutdown(SocketShutdown.Send);
        }
    }

    /// <summary>The exit code.</summary>
    public async Task<int> EndAsync()
    {
        var code = await Run.Exit;
        await _clockwork.OrFail();
        return code;
    }

    public void Dispose() => Run.Dispose();

    private async Task MoveClockAsync()
    {
        while (true)
        {
            await Task.WhenAny(Run.Exit, Run.Clock.WhenTimerDueAsync(Wait));
            if (Run.Exit.IsCompleted) return;
            // A session that ends by itself gives its timer up: the next one is then the patience with the next client.
            Run.Clock.AdvanceToNextTimer(Wait);
        }
    }

    [GeneratedRegex(@"Listening on 127\.0\.0\.1:(?<port>\d+),", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex ListeningOn();
}
