using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests;

/// <summary>What a server that cannot start says: one line that names the key or path and the cure, and an exit code that is not 0.</summary>
public sealed class StartTests
{
    [Theory]
    [InlineData("--KaiChat:Prot=1", "KaiChat:Prot is not a setting. Did you mean KaiChat:Port?", 3)]
    [InlineData("--KaiChatt:Port=1", "KaiChatt is not a setting. Did you mean KaiChat?", 3)]
    [InlineData("--Limits:MaxSesions=1", "Did you mean Limits:MaxSessions?", 3)]
    [InlineData("--KaiChat:Port=70000", "KaiChat:Port is 70000: it must be from 0 to 65535", 3)]
    [InlineData("--KaiChat:Port=many", "KaiChat:Port", 3)]
    [InlineData("--KaiChat:Tls=Sometimes", "KaiChat:Tls", 3)]
    [InlineData("--KaiChat:Address=nowhere", "KaiChat:Address is an IP address, localhost, or *", 3)]
    [InlineData("--KaiChat:CertificateKeyPath=key.pem", "KaiChat:CertificatePath is not", 3)]
    [InlineData("--KaiChat:CertificatePath=/nonexistent/cert.pem", "KaiChat:CertificatePath: the certificate /nonexistent/cert.pem cannot be read", 3)]
    [InlineData("--Limits:ResumeGrace=soon", "Limits:ResumeGrace", 3)]
    [InlineData("--Retention:Rules:0:MaxAge=soon", "Retention:Rules:0:MaxAge", 3)]
    [InlineData("--KaiChat:Changes:0:Edit=Note", "KaiChat:Changes:0:Edit is not a setting", 3)]
    [InlineData("--KaiChat:Changes:0:Edits=Loud", "KaiChat:Changes:0:Edits", 3)]
    [InlineData("--KaiChat:Changes:0:Channels=dev", "KaiChat:Changes:0:Channels is dev, which fits no channel", 3)]
    [InlineData("--Admin:Port=9", "Admin:Port is on no endpoint: add one, like Kestrel:Endpoints:Admin:Url=http://127.0.0.1:9090, or leave it out.", 3)]
    [InlineData("start", "start is not understood", 2)]
    public async Task Says_what_is_wrong_with_its_configuration(string argument, string expected, int exitCode)
    {
        var directory = Directory.CreateTempSubdirectory("kaichat-test-").FullName;
        var (code, errors, _) = await ServerChild.RunToEndAsync(
            ["--Kestrel:Endpoints:Web:Url=http://127.0.0.1:0", "--KaiChat:Address=127.0.0.1", "--KaiChat:Port=0", $"--Storage:Directory={directory}", argument]);
        Directory.Delete(directory, recursive: true);
        Assert.Contains(expected, errors, StringComparison.Ordinal);
        Assert.Equal(exitCode, code);
        Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("https://127.0.0.1:0")]
    public async Task Says_what_is_wrong_with_where_browsers_connect(string url)
    {
        var directory = Directory.CreateTempSubdirectory("kaichat-test-").FullName;
        var (code, errors, _) = await ServerChild.RunToEndAsync(
            [$"--Kestrel:Endpoints:Web:Url={url}", "--KaiChat:Address=127.0.0.1", "--KaiChat:Port=0", $"--Storage:Directory={directory}"]);
        Directory.Delete(directory, recursive: true);
        Assert.StartsWith("KaiChat.Server: Kestrel:Endpoints:Web:Url", LastLine(errors), StringComparison.Ordinal);
        Assert.Equal(3, code);
    }

    [Fact]
    public async Task Finds_misspelt_keys_in_the_environment()
    {
        var (code, errors, _) = await ServerChild.RunToEndAsync([], new Dictionary<string, string> { ["KaiCht__Port"] = "1" });
        Assert.Contains("KaiCht__Port (environment) is not a setting. Did you mean KaiChat?", errors, StringComparison.Ordinal);
        Assert.Equal(3, code);
    }

    [Fact]
    public async Task Says_which_port_is_in_use()
    {
        using var occupied = new TcpListener(IPAddress.Loopback, 0);
        occupied.Start();
        var port = ((IPEndPoint)occupied.LocalEndpoint).Port;
        var directory = Directory.CreateTempSubdirectory("kaichat-test-").FullName;
        var (code, errors, _) = await ServerChild.RunToEndAsync(
            ["--Kestrel:Endpoints:Web:Url=http://127.0.0.1:0", "--KaiChat:Address=127.0.0.1", $"--KaiChat:Port={port}", $"--Storage:Directory={directory}"]);
        Directory.Delete(directory, recursive: true);
        var line = LastLine(errors);
        Assert.Contains($":{port}: address already in use", line, StringComparison.Ordinal);
        Assert.Contains("KaiChat:Port", errors, StringComparison.Ordinal);
        Assert.Equal(4, code);
    }

    [Fact]
    public async Task Needs_no_temporary_folder()
    {
        using var directory = new TemporaryDirectory();
        await using var server = await ServerChild.StartAsync(directory.File("data"), new Dictionary<string, string> { ["TMPDIR"] = directory.File("missing") });
        using var http = new HttpClient { BaseAddress = server.Web };
        using var answer = await http.PostAsJsonAsync("/api/v1/sessions", new { username = "anna" });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var (code, errors) = await server.TerminateAsync();
        Assert.Equal(0, code);
        Assert.DoesNotContain("fail:", errors, StringComparison.Ordinal);
        var key = Assert.Single(Directory.GetFiles(directory.File("data/keys")));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
    }

    [Fact]
    public async Task Prints_where_everything_is()
    {
        var directory = Directory.CreateTempSubdirectory("kaichat-test-").FullName;
        await using (var server = await ServerChild.StartAsync(directory))
        {
            Assert.Contains($"Web page         {server.Web.GetLeftPart(UriPartial.Authority)}", server.Banner, StringComparison.Ordinal);
            Assert.Contains($"Native clients   port {server.Native.Port}, plain TCP or TLS", server.Banner, StringComparison.Ordinal);
            Assert.Matches("Certificate      SHA-256 [0-9A-F]{64}", server.Banner);
            Assert.Contains($"Admin key        {Path.Combine(directory, "admin.key")}", server.Banner, StringComparison.Ordinal);
        }
        Directory.Delete(directory, recursive: true);
    }

    /// <summary>The one line that is not the log telling that it opened and closed.</summary>
    private static string LastLine(string errors) =>
        Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => !line.Contains(" info: ", StringComparison.Ordinal));
}
