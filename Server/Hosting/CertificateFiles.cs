using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KaiChat.Server.Hosting;

/// <summary>Where a certificate lies.</summary>
/// <param name="Key">The configuration key that says so.</param>
/// <param name="Certificate">The certificate's file: PEM, or PFX with its key inside.</param>
/// <param name="PrivateKey">The PEM key's file; null if it is in the certificate's.</param>
/// <param name="Password">The password of the key; null if it has none.</param>
internal sealed record CertificateFiles(string Key, string Certificate, string? PrivateKey = null, string? Password = null)
{
    /// <summary>A certificate of Kestrel's section; null if none is named there. Kestrel takes relative paths from the content root, and so does this.</summary>
    public static CertificateFiles? OfKestrel(IConfigurationSection section, string contentRoot) => section["Path"] is { Length: > 0 } path
        ? new($"{section.Path}:Path", Path.Combine(contentRoot, path), section["KeyPath"] is { Length: > 0 } key ? Path.Combine(contentRoot, key) : null, section["Password"])
        : null;

    /// <summary>Changes when a file does.</summary>
    public string Stamp() => $"{Stamp(Certificate)} {(PrivateKey is null ? "" : Stamp(PrivateKey))}";

    /// <summary>Reads the certificate with its key, and what else is in the file as its chain.</summary>
    /// <exception cref="CryptographicException">It is damaged, or the key belongs to another one.</exception>
    public (X509Certificate2 Certificate, X509Certificate2Collection Chain) Load()
    {
        if (Path.GetExtension(Certificate).ToLowerInvariant() is ".pfx" or ".p12")
        {
            return (X509CertificateLoader.LoadPkcs12FromFile(Certificate, Password), []);
        }
        using var pem = LoadPem();
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(Certificate);
        // Windows' TLS cannot use a key that was never in a store: through PFX it gets one.
        return (X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pfx), password: null), chain);
    }

    private X509Certificate2 LoadPem()
    {
        try
        {
            return Password is null
                ? X509Certificate2.CreateFromPemFile(Certificate, PrivateKey)
                : X509Certificate2.CreateFromEncryptedPemFile(Certificate, Password, PrivateKey);
        }
        catch (ArgumentException foreign)
        {
            throw new CryptographicException("the private key belongs to another certificate", foreign);
        }
    }

    private static string Stamp(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? $"{file.LastWriteTimeUtc.Ticks}/{file.Length}" : "-";
    }
}
