using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using KaiChat.Integration.Tests.Admin;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Proxies;

/// <summary>The very configuration that docs/operations.md recommends, on a real nginx. Skipped where there is none.</summary>
public sealed class NginxTests : IDisposable
{
    private const string Program = "/usr/sbin/nginx";
    private const string StreamModule = "/usr/lib/nginx/modules/ngx_stream_module.so";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Browsers_and_native_clients_come_from_their_true_addresses()
    {
        Assert.SkipUnless(File.Exists(Program) && File.Exists(StreamModule) && Socket.OSSupportsIPv6, "nginx with its stream module is not installed.");
        await using var server = await ChatServer.StartAsync("Web:TrustedProxies:0=127.0.0.1", "KaiChat:TrustedProxies:0=127.0.0.1");
        using var started = await StartAsync(server, FreePorts);
        var (nginx, web, native) = (started.Process, started.Web, started.Native);
        try
        {
            await using var anna = await WebUser.SignInAsync(web, "anna", "@room");
            await using var ben = await RawKaiClient.SignInAsync(native, "ben", "@room");
            await using var carl = await RawKaiClient.SignInAsync(native, "carl", "@room", tls: RawKaiClient.AnyCertificate());
            await anna.SendAsync("@room", "through the proxy");
            Assert.Contains(await ben.PollForAsync(1), pdu => pdu.Text == "through the proxy");
            Assert.Contains(await carl.PollForAsync(1), pdu => pdu.Text == "through the proxy");

            using var keeper = new Operator(server);
            var connections = (await keeper.GetAsync<Page<ClientConnection>>("/api/v1/connections")).Items;
            Assert.Equal(["::1", "::1", "::1"], connections.Select(connection => connection.Address));
            Assert.Equal(["anna", "ben", "carl"], connections.Select(connection => connection.Username).Order(StringComparer.Ordinal));

            // Nobody gets to the admin API this way, not even from this machine.
            using var http = new HttpClient { BaseAddress = web };
            Assert.Equal(HttpStatusCode.Forbidden, (await http.GetAsync("/api/v1/server")).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await http.GetAsync("/metrics")).StatusCode);
        }
        finally
        {
            nginx.Kill();
            await nginx.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task A_port_that_somebody_took_meanwhile_is_no_fault_of_the_proxy()
    {
        Assert.SkipUnless(File.Exists(Program) && File.Exists(StreamModule) && Socket.OSSupportsIPv6, "nginx with its stream module is not installed.");
        await using var server = await ChatServer.StartAsync();
        using var somebody = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
        somebody.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
        somebody.Listen();
        var taken = ((IPEndPoint)somebody.LocalEndPoint!).Port;
        var tries = 0;
        using var started = await StartAsync(server, () => tries++ == 0 ? (taken, FreePorts().Native) : FreePorts());
        try
        {
            Assert.Equal(2, tries);
            using var http = new HttpClient { BaseAddress = started.Web };
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/health/live")).StatusCode);
        }
        finally
        {
            started.Process.Kill();
            await started.Process.WaitForExitAsync();
        }
    }

    /// <summary>Starts it on two ports. Between looking for free ones and taking them somebody else may: then it is started again on others.</summary>
    private async Task<Nginx> StartAsync(ChatServer server, Func<(int Web, int Native)> ports)
    {
        for (var tries = 1; ; tries++)
        {
            var (web, native) = ports();
            var process = Process.Start(new ProcessStartInfo(Program, ["-c", await ConfigureAsync(server, web, native)]) { RedirectStandardError = true, UseShellExecute = false })!;
            var said = process.StandardError.ReadToEndAsync();
            // It writes its process id when it has its ports. That somebody answers there would not say who.
            await Wait.UntilAsync(() => process.HasExited || File.Exists(_directory.File("pid")), "nginx did not start.");
            // Clients come by IPv6, and nginx goes on by IPv4: the two cannot be taken for one another.
            if (!process.HasExited) return new Nginx(process, new Uri($"http://[::1]:{web}"), new IPEndPoint(IPAddress.IPv6Loopback, native));
            process.Dispose();
            Assert.True(tries < 5 && (await said).Contains("Address already in use", StringComparison.Ordinal), $"nginx did not start: {await said}");
        }
    }

    private async Task<string> ConfigureAsync(ChatServer server, int web, int native)
    {
        var documented = File.ReadAllText(Repository.PathOf("docs/operations.md")).Split("```nginx\n")[1].Split("```")[0];
        var configuration = documented
            .Replace("listen 80;", $"listen [::1]:{web};", StringComparison.Ordinal)
            .Replace("http://127.0.0.1:8080", server.Web.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal)
            .Replace("listen 29200;", $"listen [::1]:{native};", StringComparison.Ordinal)
            .Replace("127.0.0.1:29201", server.Native.ToString(), StringComparison.Ordinal)
            .Replace("http {", $"http {{ access_log off; client_body_temp_path {_directory.Path}; proxy_temp_path {_directory.Path}; fastcgi_temp_path {_directory.Path}; uwsgi_temp_path {_directory.Path}; scgi_temp_path {_directory.Path};", StringComparison.Ordinal);
        var file = _directory.File("nginx.conf");
        await File.WriteAllTextAsync(
            file, $"load_module {StreamModule};\ndaemon off;\nmaster_process off;\nworker_processes 1;\npid {_directory.File("pid")};\nerror_log stderr;\nevents {{}}\n{configuration}");
        return file;
    }

    /// <summary>Two ports that nobody has now, never the same.</summary>
    private static (int Web, int Native) FreePorts()
    {
        using var web = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
        using var native = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
        foreach (var socket in (Socket[])[web, native]) socket.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
        return (((IPEndPoint)web.LocalEndPoint!).Port, ((IPEndPoint)native.LocalEndPoint!).Port);
    }

    private sealed record Nginx(Process Process, Uri Web, IPEndPoint Native) : IDisposable
    {
        public void Dispose() => Process.Dispose();
    }
}
