using System.Net.Sockets;
using System.Text;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests;

/// <summary>What systemd hears of a server that it starts with <c>Type=notify</c>.</summary>
public sealed class ServiceManagerTests
{
    [Fact]
    public async Task It_is_told_when_the_server_listens_reads_its_settings_again_and_begins_to_stop()
    {
        using var directory = new TemporaryDirectory();
        using var manager = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        manager.Bind(new UnixDomainSocketEndPoint(directory.File("notify")));
        await using var server = await ServerChild.StartAsync(directory.File("data"), new Dictionary<string, string> { ["NOTIFY_SOCKET"] = directory.File("notify") });
        Assert.Contains("READY=1\n", await HearAsync(manager), StringComparison.Ordinal);
        await server.SignalAsync("HUP");
        Assert.Matches("^RELOADING=1\nMONOTONIC_USEC=[0-9]+$", await HearAsync(manager));
        Assert.Contains("READY=1\n", await HearAsync(manager), StringComparison.Ordinal);
        Assert.Equal(0, (await server.TerminateAsync()).ExitCode);
        Assert.Contains("STOPPING=1\n", await HearAsync(manager), StringComparison.Ordinal);
        Assert.Equal(0, manager.Available);
    }

    [Fact]
    public async Task A_manager_that_does_not_listen_stops_nothing()
    {
        using var directory = new TemporaryDirectory();
        await using var server = await ServerChild.StartAsync(directory.File("data"), new Dictionary<string, string> { ["NOTIFY_SOCKET"] = directory.File("nobody") });
        var (code, errors) = await server.TerminateAsync();
        Assert.Equal(0, code);
        Assert.Contains("[5003]", errors, StringComparison.Ordinal);
    }

    private static async Task<string> HearAsync(Socket manager)
    {
        using var patience = new CancellationTokenSource(Patience.Limit);
        var heard = new byte[1024];
        return Encoding.UTF8.GetString(heard, 0, await manager.ReceiveAsync(heard, patience.Token));
    }
}
