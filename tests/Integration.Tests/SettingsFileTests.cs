using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests;

/// <summary>The settings file of a server that works: what is saved there does nothing before it is read again, and never takes the page away.</summary>
public sealed class SettingsFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_page_stays_where_it_is_whatever_is_saved_and_the_report_says_what_waits()
    {
        var url = FreePlace();
        using var occupied = new TcpListener(IPAddress.Loopback, 0);
        occupied.Start();
        await SaveAsync($$$"""{"Kestrel":{"Endpoints":{"Second":{"Url":"{{{url}}}"}} },"Limits":{"MaxTextLength":100} }""");
        await using var server = await StartAsync();
        using var http = Client(server);

        // Broken: nothing of it, and nothing less.
        await SaveAsync("{\n  \"Limits\": x");
        await ExpectInForceAsync(http, url, "100");
        Assert.StartsWith("The settings file cannot be read: line 2, byte 13: ", Assert.Single((await ReloadAsync(http)).Faults), StringComparison.Ordinal);
        await ExpectInForceAsync(http, url, "100");

        // Wrong in one place: nothing of the rest.
        await SaveAsync("""{"Kestrel":{"Endpoints":{"Second":{"Url":"http://localhost:99999"}}},"Limits":{"MaxTextLength":50}}""");
        Assert.Equal(["Kestrel:Endpoints:Second:Url is http://localhost:99999: a port is from 0 to 65535."], (await ReloadAsync(http)).Faults);
        await ExpectInForceAsync(http, url, "100");
        await SaveAsync("""{"Logging":{"LogLevel":{"Default":"Loud"}},"Limits":{"MaxTextLength":50}}""");
        Assert.StartsWith("Logging:LogLevel:Default is Loud: it is one of Trace, ", Assert.Single((await ReloadAsync(http)).Faults), StringComparison.Ordinal);
        await ExpectInForceAsync(http, url, "100");
        await SaveAsync("""{"Logging":{"Console":{"FormatterOptions":{"SingleLine":"maybe"}}},"Limits":{"MaxTextLength":50}}""");
        Assert.Contains("'Logging:Console:FormatterOptions:SingleLine'", Assert.Single((await ReloadAsync(http)).Faults), StringComparison.Ordinal);
        await ExpectInForceAsync(http, url, "100");

        // Good, in a place that is taken: with the next start, and the rest now.
        var taken = $"http://127.0.0.1:{((IPEndPoint)occupied.LocalEndpoint).Port}";
        await SaveAsync($$$"""{"Kestrel":{"Endpoints":{"Second":{"Url":"{{{taken}}}"}} },"Limits":{"MaxTextLength":10},"Logging":{"LogLevel":{"KaiChat.Server.Web":"Error"} } }""");
        var report = await ReloadAsync(http);
        Assert.Empty(report.Faults);
        Assert.Equal(["Limits:MaxTextLength", "Logging:LogLevel:KaiChat.Server.Web"], report.Applied.Order(StringComparer.Ordinal));
        Assert.Equal(["Kestrel:Endpoints:Second:Url"], report.NeedsRestart);
        await ExpectInForceAsync(http, url, "10");

        // Gone: all it said waits, or has its default.
        File.Delete(_directory.File("appsettings.json"));
        report = await ReloadAsync(http);
        Assert.Contains("Kestrel:Endpoints:Second:Url", report.NeedsRestart);
        await ExpectInForceAsync(http, url, "10000");

        using var second = new HttpClient { BaseAddress = new Uri(url) };
        Assert.Equal("Healthy", await second.GetStringAsync("/health/live"));
        var (code, errors) = await server.TerminateAsync();
        Assert.Equal(0, code);
        Assert.DoesNotContain("crit:", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("fail:", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_whose_form_a_file_leaves_out_has_one_line_an_event_with_its_time()
    {
        await SaveAsync("{}");
        await using var server = await StartAsync();
        var (_, errors) = await server.TerminateAsync();
        var lines = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z [a-z]{4}: ", line));
    }

    [Fact]
    public async Task A_replaced_certificate_is_taken_up_by_the_page_without_being_asked()
    {
        var url = FreePlace().Replace("http:", "https:", StringComparison.Ordinal);
        var first = ReplaceCertificate();
        await using var server = await ServerChild.StartInAsync(
            _directory.Path, _directory.File("data"), new Dictionary<string, string>(), $"Kestrel:Endpoints:Ztls:Url={url}", $"Kestrel:Certificates:Default:Path={_directory.File("page.pfx")}");
        Assert.Equal(first, await ServedAsync(url));
        var second = ReplaceCertificate();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await ServedAsync(url) != second) patience.Token.ThrowIfCancellationRequested();
    }

    /// <summary>Puts a new certificate in the old one's place, in one move. Returns its fingerprint.</summary>
    private string ReplaceCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=page", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllBytes(_directory.File("new.pfx"), certificate.Export(X509ContentType.Pfx));
        File.Move(_directory.File("new.pfx"), _directory.File("page.pfx"), overwrite: true);
        return certificate.GetCertHashString(HashAlgorithmName.SHA256);
    }

    /// <summary>The fingerprint of the certificate that a new connection gets; empty while there is none.</summary>
    private static async Task<string> ServedAsync(string url)
    {
        var served = "";
        var place = new Uri(url);
        using var socket = new TcpClient();
        try
        {
            await socket.ConnectAsync(place.Host, place.Port);
            await using var tls = new SslStream(socket.GetStream());
            // Whose it is is the question, and nothing is sent.
            await tls.AuthenticateAsClientAsync(RawKaiClient.AnyCertificate(fingerprint => served = fingerprint));
        }
        catch (Exception between) when (between is SocketException or IOException)
        {
            // Between the old and the new.
        }
        return served;
    }

    /// <summary>The second endpoint is there and shown, and so is a limit.</summary>
    private static async Task ExpectInForceAsync(HttpClient http, string url, string limit)
    {
        var settings = (await http.GetFromJsonAsync<Page<Setting>>("/api/v1/settings"))!.Items.ToDictionary(setting => setting.Key);
        Assert.Equal((url, SettingSource.File, true), (settings["Kestrel:Endpoints:Second:Url"].Value, settings["Kestrel:Endpoints:Second:Url"].Source, settings["Kestrel:Endpoints:Second:Url"].Restart));
        Assert.Equal((limit, limit == "10000" ? SettingSource.Default : SettingSource.File), (settings["Limits:MaxTextLength"].Value, settings["Limits:MaxTextLength"].Source));
        using var second = new HttpClient { BaseAddress = new Uri(url) };
        Assert.Equal("Healthy", await second.GetStringAsync("/health/live"));
    }

    private static async Task<SettingsReload> ReloadAsync(HttpClient http)
    {
        using var answer = await http.PostAsync("/api/v1/settings/reload", content: null);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<SettingsReload>())!;
    }

    private HttpClient Client(ServerChild server)
    {
        var http = new HttpClient { BaseAddress = server.Web };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", File.ReadAllText(_directory.File("data/admin.key")).Trim());
        return http;
    }

    private Task<ServerChild> StartAsync() => ServerChild.StartInAsync(_directory.Path, _directory.File("data"), new Dictionary<string, string>());

    private Task SaveAsync(string json) => File.WriteAllTextAsync(_directory.File("appsettings.json"), json);

    private static string FreePlace()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
    }
}
