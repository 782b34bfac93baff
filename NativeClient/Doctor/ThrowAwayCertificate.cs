using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KaiChat.NativeClient.Doctor;

/// <summary>A certificate for one run: ECDSA P-256, signed by itself, its key never on a disk.</summary>
internal static class ThrowAwayCertificate
{
    /// <param name="listen">The address it is for, beside <c>localhost</c>.</param>
    /// <param name="now">It is good from a day before to a day behind.</param>
    public static X509Certificate2 Create(IPAddress listen, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=kaichat doctor", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(listen);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        // Windows serves only keys that came in a container.
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), password: null);
    }
}
