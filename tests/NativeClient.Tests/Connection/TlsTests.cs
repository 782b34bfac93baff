using KaiChat.NativeClient.Connection;
using KaiChat.NativeClient.Tests.Kit;

namespace KaiChat.NativeClient.Tests.Connection;

public sealed class TlsTests
{
    [Fact]
    public async Task A_certificate_without_a_chain_is_refused_with_the_option_that_would_pin_it()
    {
        using var server = new ScriptedServer();
        using var certificate = OneOffCertificate.Create();
        using var run = ClientRun.Script(server, TypedLines.Of(), "--tls");
        await using var end = await server.AcceptSecurelyAsync(certificate);

        Assert.Equal(4, await run.Exit);
        var line = Assert.Single(run.Error.Lines);
        Assert.Contains("is not trusted", line, StringComparison.Ordinal);
        Assert.EndsWith($"--tls --fingerprint {CertificateFingerprint.Of(certificate)}", line, StringComparison.Ordinal);
        Assert.Empty(run.Output.Text);
    }

    [Fact]
    public async Task A_pinned_certificate_is_accepted_and_said_to_be_so()
    {
        using var certificate = OneOffCertificate.Create();
        var pin = CertificateFingerprint.Of(certificate).ToString().ToLowerInvariant();

        var error = await TalkAsync(certificate, "--tls", "--fingerprint", pin);

        Assert.Contains($"TLS, certificate {CertificateFingerprint.Of(certificate)}: it has the pinned fingerprint", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_certificate_is_accepted_if_asked_for_and_said_to_be_so()
    {
        using var certificate = OneOffCertificate.Create();

        var error = await TalkAsync(certificate, "--tls", "--insecure");

        Assert.Contains($"{CertificateFingerprint.Of(certificate)}: not checked (--insecure)", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_with_another_fingerprint_is_refused()
    {
        using var server = new ScriptedServer();
        using var certificate = OneOffCertificate.Create();
        using var run = ClientRun.Script(server, TypedLines.Of(), "--tls", "--fingerprint", new string('0', 64));
        await using var end = await server.AcceptSecurelyAsync(certificate);

        Assert.Equal(4, await run.Exit);
        Assert.Contains("it does not have the pinned fingerprint", run.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_TLS_is_one_clear_line()
    {
        using var server = new ScriptedServer();
        using var run = ClientRun.Script(server, TypedLines.Of(), "--tls", "--insecure");
        await using var end = await server.AcceptAsync();
        await end.SendAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());

        Assert.Equal(1, await run.Exit);
        Assert.Contains("Does the server speak TLS?", Assert.Single(run.Error.Lines), StringComparison.Ordinal);
    }

    private static async Task<string> TalkAsync(System.Security.Cryptography.X509Certificates.X509Certificate2 certificate, params string[] options)
    {
        using var server = new ScriptedServer();
        using var run = ClientRun.Script(server, TypedLines.Of(), options);
        await using var end = await server.AcceptSecurelyAsync(certificate);
        Assert.NotNull(end);
        await end.WelcomeAsync();
        await end.LetDrainAsync();
        Assert.Equal(0, await run.Exit);
        return run.Error.Text;
    }
}
