using KaiChat.Server.Hosting;
using Microsoft.Extensions.Configuration;

namespace KaiChat.Server.Tests.Hosting;

/// <summary>Where the native port looks for the certificate of Kestrel's section: where Kestrel itself does.</summary>
public sealed class CertificateFilesTests
{
    [Theory]
    [InlineData("tls/cert.pem", "tls/key.pem", "/srv/kaichat/tls/cert.pem", "/srv/kaichat/tls/key.pem")]
    [InlineData("/etc/cert.pem", "/etc/key.pem", "/etc/cert.pem", "/etc/key.pem")]
    [InlineData("both.pem", null, "/srv/kaichat/both.pem", null)]
    public void Relative_paths_are_those_of_the_content_root(string path, string? keyPath, string certificate, string? privateKey)
    {
        var section = Section(("Path", path), ("KeyPath", keyPath), ("Password", "word"));
        Assert.Equal(new CertificateFiles("Kestrel:Certificates:Default:Path", certificate, privateKey, "word"), CertificateFiles.OfKestrel(section, "/srv/kaichat"));
    }

    [Fact]
    public void Without_a_path_there_is_none() => Assert.Null(CertificateFiles.OfKestrel(Section(("KeyPath", "key.pem")), "/srv/kaichat"));

    private static IConfigurationSection Section(params (string Key, string? Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.ToDictionary(pair => "Kestrel:Certificates:Default:" + pair.Key, pair => pair.Value))
        .Build().GetSection("Kestrel:Certificates:Default");
}
