using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KaiChat.Server.Hosting;

/// <summary>The certificate of a server whose operator has none yet: ECDSA P-256, ten years, made once, its key readable by the server alone.</summary>
internal static class SelfSignedCertificate
{
    /// <summary>The certificate in a directory, made if it is not there.</summary>
    public static CertificateFiles FindOrCreate(string directory, DateTimeOffset now)
    {
        var files = In(directory);
        if (!File.Exists(files.Certificate) || !File.Exists(files.PrivateKey)) Create(files, now);
        return files;
    }

    /// <summary>Where it lies, or will.</summary>
    public static CertificateFiles In(string directory) => new("Storage:Directory", Path.Combine(directory, "certificate.pem"), Path.Combine(directory, "certificate.key"));

    private static void Create(CertificateFiles files, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={Dns.GetHostName()}, O=KaiChat", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Dns.GetHostName());
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1", "serverAuth")], critical: false));
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(10));
        PrivateFile.Write(files.PrivateKey!, key.ExportPkcs8PrivateKeyPem());
        PrivateFile.Write(files.Certificate, certificate.ExportCertificatePem());
    }
}
