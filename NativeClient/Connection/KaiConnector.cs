using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace KaiChat.NativeClient.Connection;

/// <summary>Opens connections: TCP, and TLS on top of it if asked for.</summary>
internal static class KaiConnector
{
    /// <param name="trust">Which certificates to trust; null connects without TLS.</param>
    /// <exception cref="KaiClientException">The server cannot be reached, or shows a certificate that is not trusted.</exception>
    public static async Task<KaiClientConnection> OpenAsync(ServerAddress address, CertificateTrust? trust, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address.Host, address.Port, cancellation);
            var plain = new NetworkStream(socket, ownsSocket: true);
            return trust is null
                ? new KaiClientConnection(plain, socket, "unencrypted")
                : await SecureAsync(plain, socket, address, trust, cancellation);
        }
        catch (SocketException fault)
        {
            socket.Dispose();
            throw new KaiClientException(ExitCode.ConnectionLost, $"Cannot connect to {address}: {fault.Message}.", fault);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<KaiClientConnection> SecureAsync(
        NetworkStream plain, Socket socket, ServerAddress address, CertificateTrust trust, CancellationToken cancellation)
    {
        CertificateVerdict? verdict = null;
        var secure = new SslStream(plain);
        try
        {
            await secure.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = address.Host,
                    CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                    RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                        (verdict = trust.Judge(certificate, chain, errors)).Trusted,
                },
                cancellation);
            return new KaiClientConnection(secure, socket, $"TLS, certificate {verdict?.Fingerprint}: {verdict?.Reason}");
        }
        catch (Exception fault)
        {
            await secure.DisposeAsync();
            if (fault is AuthenticationException && verdict is { Trusted: false }) throw NotTrusted(address, verdict, fault);
            if (fault is AuthenticationException or IOException)
            {
                throw new KaiClientException(
                    ExitCode.ConnectionLost, $"No TLS connection to {address}: {fault.Message} Does the server speak TLS?", fault);
            }

            throw;
        }
    }

    private static KaiClientException NotTrusted(ServerAddress address, CertificateVerdict verdict, Exception fault)
    {
        var advice = verdict.Fingerprint is null
            ? ""
            : $" Its fingerprint is {verdict.Fingerprint}. If whoever runs the server says that this is right, trust it with:"
                + $" --tls --fingerprint {verdict.Fingerprint}";
        return new KaiClientException(
            ExitCode.CertificateNotTrusted, $"The certificate of {address} is not trusted: {verdict.Reason}.{advice}", fault);
    }
}
