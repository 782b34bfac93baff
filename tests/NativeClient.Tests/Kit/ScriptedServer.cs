using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace KaiChat.NativeClient.Tests.Kit;

/// <summary>A server on a real loopback socket that says what a test tells it to.</summary>
internal sealed class ScriptedServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public ScriptedServer() => _listener.Start();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public bool Pending => _listener.Pending();

    public async Task<ServerEnd> AcceptAsync()
    {
        var socket = await _listener.AcceptSocketAsync().OrFail();
        socket.NoDelay = true;
        return new ServerEnd(new NetworkStream(socket, ownsSocket: true));
    }

    /// <summary>Accepts a connection and secures it; null if the client does not like the certificate.</summary>
    public async Task<ServerEnd?> AcceptSecurelyAsync(X509Certificate2 certificate)
    {
        var stream = new SslStream(new NetworkStream(await _listener.AcceptSocketAsync().OrFail(), ownsSocket: true));
        try
        {
            await stream.AuthenticateAsServerAsync(certificate).OrFail();
            return new ServerEnd(stream);
        }
        catch (Exception fault) when (fault is IOException or System.Security.Authentication.AuthenticationException)
        {
            await stream.DisposeAsync();
            return null;
        }
    }

    public void Dispose() => _listener.Dispose();
}
