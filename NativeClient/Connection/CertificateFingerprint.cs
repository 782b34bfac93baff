using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KaiChat.NativeClient.Connection;

/// <summary>The SHA-256 of a certificate's DER form, as <c>openssl x509 -fingerprint -sha256</c> and the server's start-up line show it.</summary>
internal sealed class CertificateFingerprint : IEquatable<CertificateFingerprint>
{
    private readonly string _hex;

    private CertificateFingerprint(string hex) => _hex = hex;

    public static CertificateFingerprint Of(X509Certificate certificate) => new(certificate.GetCertHashString(HashAlgorithmName.SHA256));

    /// <summary>Reads 64 hex digits in either letter case, with or without colons.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out CertificateFingerprint? fingerprint)
    {
        var hex = text.Replace(":", "", StringComparison.Ordinal).ToUpperInvariant();
        var valid = hex.Length == SHA256.HashSizeInBytes * 2 && hex.All(char.IsAsciiHexDigit);
        fingerprint = valid ? new CertificateFingerprint(hex) : null;
        return valid;
    }

    /// <inheritdoc/>
    public bool Equals(CertificateFingerprint? other) => other is not null && _hex == other._hex;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CertificateFingerprint);

    /// <inheritdoc/>
    public override int GetHashCode() => _hex.GetHashCode(StringComparison.Ordinal);

    /// <summary>Pairs of capital hex digits with colons.</summary>
    public override string ToString() => string.Join(':', _hex.Chunk(2).Select(pair => new string(pair)));
}
