using System.Net.Security;
using System.Security.Cryptography;

namespace KaiChat.Server.Hosting;

/// <summary>
/// The certificate of the native port. Its files are looked at again at most once a second, when a client connects: a replaced certificate is served without a
/// restart, and one that cannot be read leaves the old one in service.
/// </summary>
internal sealed partial class ServerCertificate
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(1);

    private readonly CertificateFiles _files;
    private readonly TimeProvider _clock;
    private readonly ILogger<ServerCertificate> _logger;
    private readonly Lock _lock = new();
    private SslStreamCertificateContext _current;
    private string _stamp;
    private long _lookedAt;

    /// <exception cref="StartupException">The files cannot be read.</exception>
    public ServerCertificate(CertificateFiles files, TimeProvider clock, ILogger<ServerCertificate> logger)
    {
        _files = files;
        _clock = clock;
        _logger = logger;
        _stamp = files.Stamp();
        _lookedAt = clock.GetTimestamp();
        try
        {
            _current = Load(files);
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new StartupException(
                ExitCodes.Configuration,
                $"{files.Key}: the certificate {files.Certificate} cannot be read ({unreadable.Message.TrimEnd('.')}). It is a PEM or PFX file with its private key, readable by this user.",
                unreadable);
        }
    }

    /// <summary>What TLS handshakes use now.</summary>
    public SslStreamCertificateContext Current
    {
        get
        {
            lock (_lock)
            {
                if (_clock.GetElapsedTime(_lookedAt) < LookAgainAfter) return _current;
                _lookedAt = _clock.GetTimestamp();
                var stamp = _files.Stamp();
                if (stamp != _stamp) Reload(stamp);
                return _current;
            }
        }
    }

    /// <summary>The SHA-256 fingerprint clients may pin, in upper-case hexadecimal.</summary>
    public string Fingerprint => Current.TargetCertificate.GetCertHashString(HashAlgorithmName.SHA256);

    private void Reload(string stamp)
    {
        try
        {
            _current = Load(_files);
            _stamp = stamp;
            Replaced(_logger, _files.Certificate, _current.TargetCertificate.GetCertHashString(HashAlgorithmName.SHA256));
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or IOException or UnauthorizedAccessException)
        {
            // Half-copied perhaps: looked at again with the next client.
            NotReplaced(_logger, _files.Certificate, unreadable.Message);
        }
    }

    private static SslStreamCertificateContext Load(CertificateFiles files)
    {
        var (certificate, chain) = files.Load();
        return SslStreamCertificateContext.Create(certificate, chain, offline: true);
    }

    [LoggerMessage(5001, LogLevel.Information, "The certificate {Path} was replaced; SHA-256 fingerprint {Fingerprint}")]
    private static partial void Replaced(ILogger logger, string path, string fingerprint);

    [LoggerMessage(5002, LogLevel.Warning, "The certificate {Path} has changed but cannot be read; the old one stays in service: {Reason}")]
    private static partial void NotReplaced(ILogger logger, string path, string reason);
}
