using System.Net.Security;
using KaiChat.NativeClient.Connection;
using KaiChat.NativeClient.Tests.Kit;

namespace KaiChat.NativeClient.Tests.Connection;

public sealed class CertificateTests
{
    [Fact]
    public void A_fingerprint_is_read_with_colons_or_without_in_either_case()
    {
        using var certificate = OneOffCertificate.Create();
        var seen = CertificateFingerprint.Of(certificate);
        var shown = seen.ToString();

        Assert.Matches("^([0-9A-F]{2}:){31}[0-9A-F]{2}$", shown);
        string[] spellings = [shown, shown.Replace(":", "", StringComparison.Ordinal), shown.ToLowerInvariant()];
        foreach (var text in spellings)
        {
            Assert.True(CertificateFingerprint.TryParse(text, out var parsed));
            Assert.Equal(seen, parsed);
            Assert.Equal(seen.GetHashCode(), parsed.GetHashCode());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("12:34")]
    [InlineData("zz34567890123456789012345678901234567890123456789012345678901234")]
    [InlineData("123456789012345678901234567890123456789012345678901234567890123456")]
    public void What_is_no_SHA256_is_no_fingerprint(string text) => Assert.False(CertificateFingerprint.TryParse(text, out _));

    [Theory]
    [InlineData(SslPolicyErrors.None, true)]
    [InlineData(SslPolicyErrors.RemoteCertificateChainErrors, false)]
    [InlineData(SslPolicyErrors.RemoteCertificateNameMismatch, false)]
    public void Without_a_pin_the_chain_decides(SslPolicyErrors errors, bool trusted)
    {
        using var certificate = OneOffCertificate.Create();
        var verdict = new CertificateTrust(pin: null, anything: false).Judge(certificate, chain: null, errors);

        Assert.Equal(trusted, verdict.Trusted);
        Assert.Equal(CertificateFingerprint.Of(certificate), verdict.Fingerprint);
        Assert.NotEmpty(verdict.Reason);
    }

    [Fact]
    public void A_pin_counts_more_than_a_good_chain()
    {
        using var certificate = OneOffCertificate.Create();
        using var other = OneOffCertificate.Create();
        var trust = new CertificateTrust(CertificateFingerprint.Of(certificate), anything: false);

        Assert.True(trust.Judge(certificate, chain: null, SslPolicyErrors.RemoteCertificateChainErrors).Trusted);
        Assert.False(trust.Judge(other, chain: null, SslPolicyErrors.None).Trusted);
    }

    [Fact]
    public void No_certificate_is_never_trusted() =>
        Assert.False(new CertificateTrust(pin: null, anything: true).Judge(null, chain: null, SslPolicyErrors.RemoteCertificateNotAvailable).Trusted);
}
