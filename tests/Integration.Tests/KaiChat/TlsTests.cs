using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KaiChat.Server.Hosting;
using KaiChat.Shared.KaiChat;
using KaiChat.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace KaiChat.Integration.Tests.KaiChat;

/// <summary>docs/protocols/kaichat.md: "Transport".</summary>
public sealed class TlsTests
{
    [Fact]
    public async Task One_port_serves_plain_and_tls_clients_in_the_same_channel()
    {
        await using var server = await ChatServer.StartAsync();
        await using var plain = await RawKaiClient.SignInAsync(server.Native, "plain", "@room");
        await using var secure = await RawKaiClient.SignInAsync(server.Native, "secure", "@room", tls: RawKaiClient.AnyCertificate());
        await plain.SendAsync(KaiPdu.Send("from plain"));
        await secure.SendAsync(KaiPdu.Send("from tls"));
        Assert.Equal("from plain", Assert.Single(await secure.PollForAsync(1)).Text);
        Assert.Equal("from tls", Assert.Single(await plain.PollForAsync(1)).Text);
    }

    [Fact]
    public async Task A_client_with_application_protocols_of_its_own_is_served()
    {
        await using var server = await ChatServer.StartAsync();
        var tls = RawKaiClient.AnyCertificate();
        tls.ApplicationProtocols = [new SslApplicationProtocol("kaichat")];
        await using var client = await RawKaiClient.SignInAsync(server.Native, "anna", "@room", tls: tls);
        Assert.True(Assert.Single(await client.PollAsync()).UpToDate);
    }

    [Fact]
    public async Task Where_tls_is_required_plain_connections_are_closed()
    {
        await using var server = await ChatServer.StartAsync("KaiChat:Tls=Required");
        await using var plain = await RawKaiClient.ConnectAsync(server.Native);
        await plain.SendAsync(KaiPdu.Ping);
        await plain.WaitForCloseAsync();
        await server.ExpectEndAsync("TlsRefused");
        await using var secure = await RawKaiClient.SignInAsync(server.Native, "secure", "@room", tls: RawKaiClient.AnyCertificate());
        Assert.True(Assert.Single(await secure.PollAsync()).UpToDate);
    }

    [Fact]
    public async Task Where_tls_is_disabled_a_tls_hello_is_no_ping()
    {
        await using var server = await ChatServer.StartAsync("KaiChat:Tls=Disabled");
        await using var client = await RawKaiClient.ConnectAsync(server.Native);
        var hello = new byte[KaiPdu.Length];
        hello[0] = 0x16;
        await client.SendRawAsync(hello);
        await client.WaitForCloseAsync();
        await server.ExpectEndAsync("ProtocolError");
    }

    [Fact]
    public async Task A_broken_tls_handshake_ends_that_connection_only()
    {
        await using var server = await ChatServer.StartAsync();
        await using var broken = await RawKaiClient.ConnectAsync(server.Native);
        await broken.SendRawAsync(new byte[] { 0x16, 0x03, 0x01, 0x00, 0x05, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF });
        await broken.WaitForCloseAsync();
        await server.ExpectEndAsync("TlsRefused");
        await using var next = await RawKaiClient.SignInAsync(server.Native, "anna", "@room", tls: RawKaiClient.AnyCertificate());
        Assert.True(Assert.Single(await next.PollAsync()).UpToDate);
    }

    [Fact]
    public async Task The_certificate_is_made_once_for_ten_years_and_its_key_is_private()
    {
        await using var server = await ChatServer.StartAsync();
        var first = server.Services.GetRequiredService<ServerCertificate>().Fingerprint;
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(server.Directory, "certificate.pem"));
        Assert.Equal("ECC", certificate.GetECDsaPublicKey() is null ? "" : "ECC");
        Assert.InRange(certificate.NotAfter, DateTime.Now.AddYears(10).AddDays(-2), DateTime.Now.AddYears(10).AddDays(2));
        foreach (var name in (string[])["certificate.key", "admin.key", "messages.db"])
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(server.Directory, name)));
        }

        await server.RestartAsync();
        Assert.Equal(first, server.Services.GetRequiredService<ServerCertificate>().Fingerprint);
    }

    [Fact]
    public async Task A_replaced_certificate_is_served_without_a_restart_while_connections_stay_up()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        var (before, after) = ("", "");
        await using var old = await RawKaiClient.SignInAsync(server.Native, "old", "@room", tls: RawKaiClient.AnyCertificate(seen => before = seen));

        Replace(server.Directory, keyToo: false);
        server.Clock!.Advance(TimeSpan.FromSeconds(2));
        await using (await RawKaiClient.SignInAsync(server.Native, "half", tls: RawKaiClient.AnyCertificate(seen => after = seen)))
        {
            Assert.Equal(before, after);
        }

        var replaced = Replace(server.Directory, keyToo: true);
        server.Clock.Advance(TimeSpan.FromSeconds(2));
        await using var next = await RawKaiClient.SignInAsync(server.Native, "next", "@room", tls: RawKaiClient.AnyCertificate(seen => after = seen));
        Assert.Equal(replaced, after);
        Assert.NotEqual(before, after);
        await old.SendAsync(KaiPdu.Send("still here"));
        Assert.Equal("still here", Assert.Single(await next.PollForAsync(1)).Text);
    }

    [Theory]
    [InlineData("Kestrel:Certificates:Default:Path", "Kestrel:Certificates:Default:KeyPath")]
    [InlineData("KaiChat:CertificatePath", "KaiChat:CertificateKeyPath")]
    public async Task A_configured_certificate_is_served(string pathKey, string keyPathKey)
    {
        var directory = Directory.CreateTempSubdirectory("kaichat-test-").FullName;
        var configured = Replace(directory, keyToo: true);
        await using (var server = await ChatServer.StartAsync(
            $"{pathKey}={Path.Combine(directory, "certificate.pem")}", $"{keyPathKey}={Path.Combine(directory, "certificate.key")}"))
        {
            var served = "";
            await using var client = await RawKaiClient.SignInAsync(server.Native, "anna", tls: RawKaiClient.AnyCertificate(seen => served = seen));
            Assert.Equal(configured, served);
            Assert.False(File.Exists(Path.Combine(server.Directory, "certificate.pem")));
        }
        Directory.Delete(directory, recursive: true);
    }

    private static string Replace(string directory, bool keyToo)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=replaced", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(Path.Combine(directory, "certificate.pem"), certificate.ExportCertificatePem());
        if (keyToo) File.WriteAllText(Path.Combine(directory, "certificate.key"), key.ExportPkcs8PrivateKeyPem());
        return certificate.GetCertHashString(HashAlgorithmName.SHA256);
    }
}
