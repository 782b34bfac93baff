using KaiChat.Server.Hosting;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Admin;

/// <summary><c>/api/v1/server</c></summary>
public sealed class ServerApiTests
{
    [Fact]
    public async Task Says_what_the_server_is_and_where_it_listens()
    {
        string? shown = null;
        await using var server = await ChatServer.StartAsync("KaiChat:HistoryOnJoin=7");
        using var someone = new Operator(server);
        await using var secure = await RawKaiClient.SignInAsync(server.Native, "anna", "@dev", tls: RawKaiClient.AnyCertificate(fingerprint => shown = fingerprint));

        var info = await someone.GetAsync<ServerInfo>("/api/v1/server");
        Assert.Equal(("KaiChat.Web", ServerVersion.Text), (info.Name, info.Version));
        Assert.Equal(shown, info.Certificate?.Fingerprint);
        Assert.InRange(info.Certificate!.NotAfter, DateTimeOffset.UtcNow.AddYears(9), DateTimeOffset.UtcNow.AddYears(11));
        Assert.Equal(
            [new ServerEndpoint(Origin.Web, "127.0.0.1", server.Web.Port, TlsUse.Disabled), new ServerEndpoint(Origin.Native, "127.0.0.1", server.Native.Port, TlsUse.Optional)],
            info.Endpoints.OrderBy(endpoint => endpoint.Kind));
        Assert.Equal(new KaiChatInfo(1, TlsUse.Optional, KaiChatDelivery.Batch, 7, 30, 10, 20_000), info.KaiChat);
    }

    [Fact]
    public async Task Counts_what_is_there()
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        Assert.Equal(new ServerCounts(new KindCounts(0, 0, 0), 0, 0), (await someone.GetAsync<ServerInfo>("/api/v1/server")).Counts);

        await using var native = await RawKaiClient.SignInAsync(server.Native, "anna", "@dev");
        await using var tab = await WebUser.SignInAsync(server, "ben", "@dev");
        await using var secondTab = await WebUser.ConnectAsync(server, tab.Session);
        await secondTab.JoinAsync("@other");
        Assert.Equal(new ServerCounts(new KindCounts(3, 2, 1), 2, 2), (await someone.GetAsync<ServerInfo>("/api/v1/server")).Counts);
    }

    [Fact]
    public async Task Says_since_when_it_runs()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var someone = new Operator(server);
        var started = (await someone.GetAsync<ServerInfo>("/api/v1/server")).StartedAt;
        server.Clock!.Advance(TimeSpan.FromMinutes(90));
        var later = await someone.GetAsync<ServerInfo>("/api/v1/server");
        Assert.Equal((started, 5_400), (later.StartedAt, later.UptimeSeconds));
        Assert.Equal((server.Clock.GetUtcNow() - TimeSpan.FromMinutes(90), TimeSpan.Zero), (started, started.Offset));
    }

    [Fact]
    public async Task A_server_whose_native_clients_have_no_TLS_makes_no_certificate_on_its_whole_way_up()
    {
        using var directory = new TemporaryDirectory();
        await using var server = await ServerChild.StartAsync(directory.Path, "KaiChat:Tls=Disabled");
        Assert.DoesNotContain("Certificate", server.Banner, StringComparison.Ordinal);
        Assert.False(File.Exists(directory.File("certificate.pem")));
    }

    [Fact]
    public async Task Has_no_certificate_to_show_and_makes_none_if_native_clients_have_no_TLS()
    {
        await using var server = await ChatServer.StartAsync("KaiChat:Tls=Disabled", "KaiChat:Delivery=Single");
        using var someone = new Operator(server);
        var info = await someone.GetAsync<ServerInfo>("/api/v1/server");
        Assert.Null(info.Certificate);
        Assert.Equal((TlsUse.Disabled, KaiChatDelivery.Single), (info.KaiChat.Tls, info.KaiChat.Delivery));
        Assert.False(File.Exists(Path.Combine(server.Directory, "certificate.pem")));
    }
}
