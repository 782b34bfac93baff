using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace KaiChat.NativeClient.Connection;

/// <summary>
/// Which certificates a user trusts. A pin stands alone: the certificate of that fingerprint and no other, whatever a chain says, since whoever pins
/// does so because the chain does not count.
/// </summary>
/// <param name="pin">The fingerprint that the certificate must have; null: its chain decides.</param>
/// <param name="anything">True trusts whatever the server shows.</param>
internal sealed class CertificateTrust(CertificateFingerprint? pin, bool anything)
{
    public CertificateVerdict Judge(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null) return new CertificateVerdict(false, null, "the server shows no certificate");
        var seen = CertificateFingerprint.Of(certificate);
        if (anything) return new CertificateVerdict(true, seen, "not checked (--insecure)");
        if (pin is not null)
        {
            return pin.Equals(seen)
                ? new CertificateVerdict(true, seen, "it has the pinned fingerprint")
                : new CertificateVerdict(false, seen, "it does not have the pinned fingerprint");
        }

        return errors == SslPolicyErrors.None
            ? new CertificateVerdict(true, seen, "its chain leads to an authority that this system trusts")
            : new CertificateVerdict(false, seen, Describe(chain, errors));
    }

    private static string Describe(X509Chain? chain, SslPolicyErrors errors)
    {
        var reasons = new List<string>();
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)) reasons.Add("it was made for another host");
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            var states = (chain?.ChainStatus ?? []).Select(status => status.Status.ToString()).Distinct().Order();
            reasons.Add($"its chain leads to no authority that this system trusts ({string.Join(", ", states)})");
        }

        return string.Join(" and ", reasons);
    }
}

/// <summary>A certificate judged.</summary>
/// <param name="Trusted">Whether the connection may be used.</param>
/// <param name="Fingerprint">What was seen; null if there was no certificate.</param>
/// <param name="Reason">Why, as the end of a sentence.</param>
internal sealed record CertificateVerdict(bool Trusted, CertificateFingerprint? Fingerprint, string Reason);
