using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Commands;

/// <summary><c>check-config</c>, <c>show-config</c> and <c>healthcheck</c> as an operator runs them.</summary>
public sealed class ConfigurationCommandTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string Data => _directory.File("data");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_good_configuration_is_called_good_and_nothing_is_made()
    {
        Assert.Equal("The configuration is good.\n", (await RunAsync(0, "check-config", $"--Storage:Directory={Data}")).Output);
        Assert.Empty(Directory.GetFileSystemEntries(_directory.Path));
    }

    [Fact]
    public async Task Beside_a_running_server_it_is_as_good()
    {
        await using var server = await ServerChild.StartAsync(Data);
        var before = Directory.GetFileSystemEntries(Data).Order(StringComparer.Ordinal).ToArray();
        await RunAsync(0, "check-config", $"--Storage:Directory={Data}", $"--KaiChat:Port={server.Native.Port}");
        Assert.Equal(before, Directory.GetFileSystemEntries(Data).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_fault_is_told_with_its_key()
    {
        var lines = (await RunAsync(
            3, "check-config", "--KaiChat:Prot=1", "--KaiChat:MaxNotices=0", "--Limits:MaxSesions=1", "--Limits:ResumeGrace=soon", "--Web:TrustedProxies:0=proxy", "--Web:TrustedProxies:1=10.0.0.1",
            "--Kestrel:Endpoints:Web:Ulr=x", "--Nonsense:Key=1", "--KaiChat:TrustedProxies=127.0.0.1", "--Storage:Directory:0=x")).Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, line => Assert.StartsWith("KaiChat.Server: ", line, StringComparison.Ordinal));
        string[] expected =
        [
            "KaiChat:Prot is not a setting. Did you mean KaiChat:Port?", "KaiChat:MaxNotices is 0: it must be from 1 to 100.", "'Limits:ResumeGrace'",
            "Web:TrustedProxies has proxy:", "Kestrel:Endpoints:Web:Ulr is not a setting. Did you mean Kestrel:Endpoints:Web:Url?", "Nonsense is not a setting.",
            "KaiChat:TrustedProxies is a list:", "Storage:Directory:0 is not a setting: Storage:Directory is one value.",
        ];
        Assert.All(expected, fault => Assert.Contains(lines, line => line.Contains(fault, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("--Kestrel:Endpoints:Web:Url=nonsense", "Kestrel:Endpoints:Web:Url: ")]
    [InlineData("--Kestrel:Endpoints:Web:Url=ftp://localhost:8080", "Kestrel:Endpoints:Web:Url is ftp://localhost:8080: it begins with http:// or https://.")]
    [InlineData("--Kestrel:Endpoints:Web:Url=http://localhost:8080/chat", "it has no path")]
    [InlineData("--Kestrel:Endpoints:Web:Url=https://localhost:8443", "but there is no certificate")]
    [InlineData("--KaiChat:Address=192.0.2.1", "KaiChat:Address: 192.0.2.1 is no address of this machine")]
    [InlineData("--KaiChat:CertificatePath=/nonexistent/cert.pem", "KaiChat:CertificatePath: the certificate /nonexistent/cert.pem cannot be read")]
    [InlineData("--Kestrel:Certificates:Default:Path=/nonexistent/cert.pem", "Kestrel:Certificates:Default:Path: the certificate /nonexistent/cert.pem cannot be read")]
    [InlineData("--Storage:Directory=/dev/null", "Storage:Directory: /dev/null is a file, not a directory.")]
    [InlineData("--Storage:Directory=/proc/kaichat", "Storage:Directory: /proc cannot be written")]
    public async Task What_the_settings_name_is_looked_for(string setting, string fault)
    {
        var (errors, _) = await RunAsync(3, setting.Contains("Storage", StringComparison.Ordinal) ? ["check-config", setting] : ["check-config", setting, $"--Storage:Directory={Data}"]);
        Assert.Contains(fault, Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, "Kestrel:Endpoints:Web:Url is http://localhost:99999: a port is from 0 to 65535.", "--Kestrel:Endpoints:Web:Url=http://localhost:99999")]
    [InlineData(3, "Kestrel:Endpoints:Web:Url is http://localhost:0: with localhost", "--Kestrel:Endpoints:Web:Url=http://localhost:0")]
    [InlineData(3, "Kestrel:Endpoints:Web:Url: 192.0.2.1 is no address of this machine", "--Kestrel:Endpoints:Web:Url=http://192.0.2.1:8080")]
    [InlineData(3, "Kestrel:Endpoints:Web:Url is http://127.0.0.010:8080: 127.0.0.010 is no IP address in its common form", "--Kestrel:Endpoints:Web:Url=http://127.0.0.010:8080")]
    [InlineData(3, "Kestrel:Endpoints:Web:Protocols is Http9: it is one of None, Http1", "--Kestrel:Endpoints:Web:Protocols=Http9")]
    [InlineData(3, "Kestrel:Endpoints:Web:Url is https://127.0.0.1:0, but there is no certificate", "--Kestrel:Endpoints:Web:Url=https://127.0.0.1:0")]
    [InlineData(3, "Kestrel:Endpoints:Web:SslProtocols is for https:// alone, and", "--Kestrel:Endpoints:Web:SslProtocols:0=Tls13")]
    [InlineData(3, "Kestrel:Endpoints:Web:Url and Kestrel:Endpoints:Admin:Url are both on port 39999", "--Kestrel:Endpoints:Web:Url=http://*:39999", "--Kestrel:Endpoints:Admin:Url=http://127.0.0.1:39999")]
    [InlineData(3, "KaiChat:Port and Kestrel:Endpoints:Web:Url are both on port 39999", "--Kestrel:Endpoints:Web:Url=http://localhost:39999", "--KaiChat:Port=39999")]
    [InlineData(3, "KaiChat:Address: 192.0.2.1 is no address of this machine", "--KaiChat:Address=192.0.2.1")]
    [InlineData(3, "KaiChat:Address is an IP address, localhost, or *", "--KaiChat:Address=010.0.0.1")]
    [InlineData(3, "Web:TrustedProxies has 010.0.0.1", "--Web:TrustedProxies:0=010.0.0.1")]
    [InlineData(3, "KaiChat:TrustedProxies has fe80::1%eth0", "--KaiChat:TrustedProxies:0=fe80::1%eth0")]
    [InlineData(3, "Logging:LogLevel:Default is Loud: it is one of Trace, Debug,", "--Logging:LogLevel:Default=Loud")]
    [InlineData(3, "Logging:Console:LogLevel:KaiChat is Loud: it is one of Trace, Debug,", "--Logging:Console:LogLevel:KaiChat=Loud")]
    [InlineData(3, "Logging:Console:FormatterOptions:SingleLine", "--Logging:Console:FormatterOptions:SingleLine=maybe")]
    [InlineData(2, "--KaiChat:MaxNotices is not understood. Settings are written --Section:Key=value", "--KaiChat:MaxNotices")]
    public async Task The_check_and_the_start_say_the_same(int exitCode, string fault, params string[] settings)
    {
        string[] all = [$"--Storage:Directory={Data}", "--Kestrel:Endpoints:Web:Url=http://127.0.0.1:0", "--KaiChat:Address=127.0.0.1", "--KaiChat:Port=0", .. settings];
        foreach (var args in (string[][])[["check-config", .. all], all])
        {
            var line = Assert.Single((await RunAsync(exitCode, args)).Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => !line.Contains(" info: ", StringComparison.Ordinal));
            Assert.StartsWith("KaiChat.Server: ", line, StringComparison.Ordinal);
            Assert.Contains(fault, line, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_start_tells_of_faults_in_several_sections_in_one_line()
    {
        var (errors, _) = await RunAsync(3, $"--Storage:Directory={Data}", "--KaiChat:MaxNotices=0", "--Limits:MaxTextLength=0");
        var line = Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("KaiChat:MaxNotices is 0", line, StringComparison.Ordinal);
        Assert.Contains("Limits:MaxTextLength is 0", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_setting_is_shown_with_its_source_and_no_secret()
    {
        const string Secret = "a-very-secret-word-indeed";
        var environment = new Dictionary<string, string> { ["Limits__MaxTextLength"] = "123", ["Kestrel__Certificates__Other__Password"] = Secret };
        string[] settings = ["show-config", "--KaiChat:Port=29999", $"--Admin:Key={Secret}", "--Retention:Rules:0:MaxMessages=7"];
        var (_, json) = await RunAsync(0, environment, [.. settings, "--json"]);
        var shown = JsonSerializer.Deserialize<List<Dictionary<string, string?>>>(json)!.ToDictionary(setting => setting["key"]!, setting => (setting["value"], setting["source"]));
        Assert.Equal(("29999", "command line"), shown["KaiChat:Port"]);
        Assert.Equal(("123", "environment"), shown["Limits:MaxTextLength"]);
        Assert.Equal(("Optional", "appsettings.json"), shown["KaiChat:Tls"]);
        Assert.Equal(("00:02:00", "default"), shown["Limits:ResumeGrace"]);
        Assert.Equal(("false", "default"), shown["Admin:AllowRemote"]);
        Assert.Equal(("7", "command line"), shown["Retention:Rules:0:MaxMessages"]);
        Assert.Equal(("(hidden)", "command line"), shown["Admin:Key"]);
        Assert.Equal(("(hidden)", "environment"), shown["Kestrel:Certificates:Other:Password"]);
        Assert.Equal((null, "default"), shown["KaiChat:CertificateKeyPath"]);
        var (_, text) = await RunAsync(0, environment, settings);
        Assert.Equal(shown.Count, text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.DoesNotContain(Secret, json + text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_is_asked_for_where_the_settings_say()
    {
        await using (var server = await ServerChild.StartAsync(Data))
        {
            Assert.Contains("is ready", (await RunAsync(0, "healthcheck", $"--Kestrel:Endpoints:Web:Url=http://*:{server.Web.Port}")).Output, StringComparison.Ordinal);
            Assert.Contains("is ready", (await RunAsync(0, "healthcheck", "--url", server.Web.ToString())).Output, StringComparison.Ordinal);
            await RunAsync(2, "healthcheck", "--url", "nonsense");
        }
        // Taken and silent: there is no server, and nobody else can come there.
        using var nobody = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        nobody.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var (errors, _) = await RunAsync(1, "healthcheck", $"--Kestrel:Endpoints:Web:Url=http://127.0.0.1:{((IPEndPoint)nobody.LocalEndPoint!).Port}");
        Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Health_passes_a_list_of_allowed_hosts()
    {
        await using var server = await ServerChild.StartAsync(Data, "AllowedHosts=chat.example.org");
        await RunAsync(0, "healthcheck", $"--Kestrel:Endpoints:Web:Url=http://127.0.0.1:{server.Web.Port}", "--AllowedHosts=chat.example.org");
        await RunAsync(1, "healthcheck", "--url", server.Web.ToString());
    }

    private static Task<(string Errors, string Output)> RunAsync(int exitCode, params string[] args) => RunAsync(exitCode, new Dictionary<string, string>(), args);

    private static async Task<(string Errors, string Output)> RunAsync(int exitCode, Dictionary<string, string> environment, string[] args)
    {
        var (code, errors, output) = await ServerChild.RunToEndAsync(args, environment);
        Assert.True(code == exitCode, $"{string.Join(' ', args)} returned {code}: {errors}{output}");
        return (errors, output);
    }
}
