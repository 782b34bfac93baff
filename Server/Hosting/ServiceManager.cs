using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace KaiChat.Server.Hosting;

/// <summary>
/// Tells systemd how the server is doing (sd_notify(3)), if it asked to be told by <c>NOTIFY_SOCKET</c>: <c>READY=1</c> when all ports listen, <c>RELOADING=1</c> when
/// settings are read again, <c>STOPPING=1</c> when the stop begins.
/// </summary>
internal sealed partial class ServiceManager(IConfiguration configuration, IHostApplicationLifetime lifetime, ILogger<ServiceManager> logger) : IHostedService
{
    private readonly string? _socket = configuration["NOTIFY_SOCKET"];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(_socket)) lifetime.ApplicationStarted.Register(TellReloaded);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The goodbye to all begins, which comes before the host's own stop.</summary>
    public void TellStopping() => Tell("STOPPING=1\nSTATUS=Saying goodbye.");

    /// <summary>Settings are read again; <see cref="TellReloaded"/> ends it.</summary>
    public void TellReloading() =>
        Tell(string.Create(CultureInfo.InvariantCulture, $"RELOADING=1\nMONOTONIC_USEC={Stopwatch.GetElapsedTime(0).Ticks / TimeSpan.TicksPerMicrosecond}"));

    public void TellReloaded() => Tell("READY=1\nSTATUS=Taking messages.");

    private void Tell(string state)
    {
        if (string.IsNullOrEmpty(_socket)) return;
        try
        {
            // A name that begins with @ is one of Linux' abstract sockets, whose first byte is NUL.
            var address = new UnixDomainSocketEndPoint(_socket[0] == '@' ? string.Concat("\0", _socket.AsSpan(1)) : _socket);
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            socket.SendTo(Encoding.UTF8.GetBytes(state), address);
        }
        catch (Exception unheard) when (unheard is SocketException or ArgumentException)
        {
            // The server works all the same; systemd will say that it never heard of it.
            NotTold(logger, _socket, unheard.Message);
        }
    }

    [LoggerMessage(5003, LogLevel.Warning, "The service manager at {Socket} could not be told: {Reason}")]
    private static partial void NotTold(ILogger logger, string socket, string reason);
}
