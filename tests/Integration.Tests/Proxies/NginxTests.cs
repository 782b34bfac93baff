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
        // Clients come by IPv6, and nginx goes on by IPv4: the two cannot be taken for one another.
        var (web, native) = (new Uri($"http://[::1]:{UnusedPort.Of(IPAddress.IPv6Loopback)}"), new IPEndPoint(IPAddress.IPv6Loopback, UnusedPort.Of(IPAddress.IPv6Loopback)));
        using var nginx = await StartAsync(server, web, native);
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

    private async Task<Process> StartAsync(ChatServer server, Uri web, IPEndPoint native)
    {
        var documented = File.ReadAllText(Repository.PathOf("docs/operations.md")).Split("```nginx\n")[1].Split("```")[0];
        var configuration = documented
            .Replace("listen 80;", $"listen [::1]:{web.Port};", StringComparison.Ordinal)
            .Replace("http://127.0.0.1:8080", server.Web.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal)
            .Replace("listen 29200;", $"listen [::1]:{native.Port};", StringComparison.Ordinal)
            .Replace("127.0.0.1:29201", server.Native.ToString(), StringComparison.Ordinal)
            .Replace("http {", $"http {{ access_log off; client_body_temp_path {_directory.Path}; proxy_temp_path {_directory.Path}; fastcgi_temp_path {_directory.Path}; uwsgi_temp_path {_directory.Path}; scgi_temp_path {_directory.Path};", StringComparison.Ordinal);
        var file = _directory.File("nginx.conf");
        await File.WriteAllTextAsync(
            file, $"load_module {StreamModule};\ndaemon off;\nmaster_process off;\nworker_processes 1;\npid {_directory.File("pid")};\nerror_log stderr;\nevents {{}}\n{configuration}");
        var process = Process.Start(new ProcessStartInfo(Program, ["-c", file]) { RedirectStandardError = true, UseShellExecute = false })!;
        _ = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(Patience.Limit);
        while (!await IsListeningAsync(native) || !await IsListeningAsync(new IPEndPoint(IPAddress.IPv6Loopback, web.Port)))
        {
            Assert.False(process.HasExited || patience.IsCancellationRequested, "nginx did not start.");
        }
        return process;
    }

    private static async Task<bool> IsListeningAsync(IPEndPoint port)
    {
        using var socket = new Socket(port.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(port);
            return true;
        }
        catch (SocketException)
        {
            await Task.Yield();
            return false;
        }
    }
}
