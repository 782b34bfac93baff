using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Hub;

/// <summary><c>Web:SocketsPerAddress</c>: connections to the ports of the web that ask for nothing.</summary>
public sealed class WebPortTests
{
    [Fact]
    public async Task One_connection_too_many_from_an_address_is_closed_and_a_place_that_is_free_is_free_again()
    {
        var own = OwnAddress();
        Assert.SkipWhen(own is null, "This machine has no address but its own loopback, which is not counted.");
        await using var server = await ChatServer.StartAsync("Kestrel:Endpoints:Web:Url=http://0.0.0.0:0", "Web:SocketsPerAddress=5");
        var port = server.Web.Port;
        var idle = new List<TcpClient>();
        for (var i = 0; i < 5; i++) idle.Add(await ConnectAsync(own!, port));
        foreach (var client in idle) Assert.StartsWith("HTTP/1.1 200", await AskAsync(client), StringComparison.Ordinal);
        using (var sixth = await ConnectAsync(own!, port)) Assert.Equal("", await AskAsync(sixth));
        // This machine itself has as many as it wants, and native clients are another matter.
        using (var local = await ConnectAsync(IPAddress.Loopback, port)) Assert.StartsWith("HTTP/1.1 200", await AskAsync(local), StringComparison.Ordinal);
        await using var native = await RawKaiClient.SignInAsync(server.Native, "ben", "@room");

        idle[0].Dispose();
        await server.WaitUntilAsync(
            async () =>
            {
                using var again = await ConnectAsync(own!, port);
                return (await AskAsync(again)).Length > 0;
            },
            "The place was not given back.");
        foreach (var client in idle) client.Dispose();
    }

    private static IPAddress? OwnAddress() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(network => network.OperationalStatus == OperationalStatus.Up)
        .SelectMany(network => network.GetIPProperties().UnicastAddresses)
        .Select(unicast => unicast.Address)
        .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address));

    private static async Task<TcpClient> ConnectAsync(IPAddress address, int port)
    {
        var client = new TcpClient();
        await client.ConnectAsync(address, port);
        return client;
    }

    /// <summary>The beginning of the answer to a request; empty if the connection is closed instead.</summary>
    private static async Task<string> AskAsync(TcpClient client)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            var stream = client.GetStream();
            await stream.WriteAsync("GET /api/v1/lobby HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray(), patience.Token);
            var answer = new byte[12];
            return Encoding.ASCII.GetString(answer, 0, await stream.ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false, patience.Token));
        }
        catch (IOException)
        {
            return "";
        }
    }
}
