using System.Net;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.KaiChat;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Admin;

/// <summary><c>/api/v1/connections</c>: looking.</summary>
public sealed class ConnectionsApiTests
{
    private const string Path = "/api/v1/connections";

    [Fact]
    public async Task Shows_a_native_connection_in_its_protocols_terms()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var someone = new Operator(server);
        var connected = server.Clock!.GetUtcNow();
        await using var native = await RawKaiClient.SignInAsync(server.Native, "Anna", "@Dev", KaiByteOrder.Big, RawKaiClient.AnyCertificate());
        server.Clock.Advance(TimeSpan.FromSeconds(4));
        await native.PollAsync();

        var connection = Assert.Single((await someone.GetAsync<Page<ClientConnection>>(Path)).Items);
        Assert.Equal((Origin.Native, "127.0.0.1", "inChannel"), (connection.Kind, connection.Address, connection.State));
        Assert.Equal(("Anna", "big", "1.3"), (connection.Username, connection.ByteOrder, connection.Tls));
        Assert.Equal((connected, connected + TimeSpan.FromSeconds(4)), (connection.ConnectedAt, connection.LastPollAt));
        Assert.Equal(["@Dev"], connection.Channels);
        Assert.NotEqual(0, connection.Port);
        Assert.StartsWith("TLS_", connection.Cipher, StringComparison.Ordinal);
        // PING, VERSION_NEGOTIATION, CLIENT_INFO, JOIN_CHANNEL, PING, QUERY, PING; PONG, VERSION_NEGOTIATION, PONG, RECEIVE_MESSAGE, PONG.
        Assert.Equal(("1", 0L, 7L, 5L), (connection.ClientVersion, connection.Backlog, connection.FramesIn, connection.FramesOut));
        Assert.Equal((7L * KaiPdu.Length, 5L * KaiPdu.Length), (connection.BytesIn, connection.BytesOut));
        Assert.Equal(connection.SessionId, Assert.Single((await someone.GetAsync<ChannelDetails>("/api/v1/channels/dev")).Members).Id);
        Assert.Equivalent(connection, await someone.GetAsync<ClientConnection>($"{Path}/{connection.Id}"), strict: true);
    }

    [Fact]
    public async Task Shows_a_native_connection_that_has_not_said_anything_yet()
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        await using var silent = await RawKaiClient.ConnectAsync(server.Native);
        await server.WaitForConnectionsAsync(1);
        var connection = Assert.Single((await someone.GetAsync<Page<ClientConnection>>(Path)).Items);
        Assert.Equal("idle", connection.State);
        Assert.Empty(connection.Channels);
        Assert.Equal([null, null, null, null], new object?[] { connection.Username, connection.SessionId, connection.ByteOrder, connection.LastPollAt });
        Assert.Null(connection.Tls);
    }

    [Fact]
    public async Task Shows_what_waits_for_a_native_client_and_what_a_browser_was_sent()
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        await using var anna = await RawKaiClient.SignInAsync(server.Native, "anna", "@dev");
        await using var ben = await WebUser.SignInAsync(server, "ben", "@dev");
        for (var i = 0; i < 3; i++) await ben.SendAsync("@dev", "hello");
        await server.WaitUntilAsync(() => ben.Messages.Count == 3, "ben's own messages did not come back.");
        Assert.Equal(3, Assert.Single((await someone.GetAsync<Page<ClientConnection>>($"{Path}?kind=native")).Items).Backlog);
        await anna.PollForAsync(3);
        await anna.FenceAsync();
        Assert.Equal(0, Assert.Single((await someone.GetAsync<Page<ClientConnection>>($"{Path}?kind=native")).Items).Backlog);
        await anna.SendAsync(KaiPdu.Leave);
        await anna.FenceAsync();
        await ben.SendAsync("@dev", "hello");
        Assert.Equal(0, Assert.Single((await someone.GetAsync<Page<ClientConnection>>($"{Path}?kind=native")).Items).Backlog);

        var web = Assert.Single((await someone.GetAsync<Page<ClientConnection>>($"{Path}?kind=web")).Items);
        Assert.Equal((5L, null), (web.FramesIn, web.BytesIn));
        Assert.True(web.FramesOut >= 4 && web.BytesOut > web.FramesOut * 50, $"{web.FramesOut} events of {web.BytesOut} bytes");
    }

    [Fact]
    public async Task Shows_each_tab_of_a_browser()
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        await using var tab = await WebUser.SignInAsync(server, "ben", "@b");
        await tab.JoinAsync("@a");
        await using var secondTab = await WebUser.ConnectAsync(server, tab.Session);
        // A fence: calls wait until the connection is taken in.
        await secondTab.PreviewNativeAsync("");

        var connections = (await someone.GetAsync<Page<ClientConnection>>(Path)).Items;
        Assert.Equal(2, connections.Count);
        Assert.All(connections, connection =>
        {
            Assert.Equal((Origin.Web, "ben", tab.Session.SessionId), (connection.Kind, connection.Username, connection.SessionId));
            Assert.Equal(["@a", "@b"], connection.Channels);
            Assert.Equal([null, null], new object?[] { connection.ByteOrder, connection.LastPollAt });
        });
        Assert.Equal(["inChannel", "connected"], connections.Select(connection => connection.State));
    }

    [Fact]
    public async Task Filters_narrow_down_together()
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        await using var anna = await RawKaiClient.SignInAsync(server.Native, "anna", "@dev");
        await using var ben = await RawKaiClient.SignInAsync(server.Native, "ben");
        await using var cleo = await WebUser.SignInAsync(server, "cleo", "@dev");
        async Task<string> Names(string query) =>
            string.Join(' ', (await someone.GetAsync<Page<ClientConnection>>($"{Path}?{query}")).Items.Select(connection => connection.Username).Order(StringComparer.Ordinal));

        Assert.Equal("anna ben", await Names("kind=native"));
        Assert.Equal("cleo", await Names("kind=web"));
        Assert.Equal("anna cleo", await Names("state=inChannel"));
        Assert.Equal("ben", await Names("state=connected"));
        Assert.Equal("ben", await Names("username=BEN"));
        Assert.Equal("anna cleo", await Names("channel=%40DEV"));
        Assert.Equal("anna cleo", await Names("channel=dev"));
        Assert.Equal("anna", await Names("channel=dev&kind=native"));
        Assert.Equal("", await Names("channel=other"));
        Assert.Equal("", await Names("username=nobody"));
    }

    [Fact]
    public async Task Pages_show_everybody_once_in_order_while_others_come_and_go()
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        var clients = new List<RawKaiClient>();
        for (var i = 0; i < 7; i++) clients.Add(await RawKaiClient.SignInAsync(server.Native, $"user{i}"));

        var seen = new List<string?>();
        var next = $"{Path}?limit=2&kind=native";
        for (var page = 0; next is not null; page++)
        {
            (var got, next) = await someone.GetPageAsync<ClientConnection>(next);
            Assert.InRange(got.Items.Count, 1, 2);
            seen.AddRange(got.Items.Select(connection => connection.Username));
            if (page != 0) continue;
            // The one the cursor points at goes, one that is to come goes, and one comes.
            await clients[1].DisposeAsync();
            await clients[4].DisposeAsync();
            await server.WaitForConnectionsAsync(5);
            clients.Add(await RawKaiClient.SignInAsync(server.Native, "late"));
        }
        Assert.Equal(["user0", "user1", "user2", "user3", "user5", "user6", "late"], seen);
        foreach (var client in clients) await client.DisposeAsync();
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("%00")]
    [InlineData("..%2f..")]
    [InlineData("%F0%9F%92%A9")]
    [InlineData("-")]
    public async Task An_id_that_is_none_is_not_found(string id)
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        using var answer = await someone.SendAsync(HttpMethod.Get, $"{Path}/{id}");
        Assert.InRange(answer.StatusCode, HttpStatusCode.BadRequest, HttpStatusCode.NotFound);
    }
}
