using System.Net.WebSockets;
using System.Text;
using KaiChat.Server.Connections;
using KaiChat.Server.Web;
using KaiChat.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace KaiChat.Integration.Tests.Hub;

public sealed class SlowBrowserTests
{
    private const string Join = "{\"protocol\":\"json\",\"version\":1}\u001e{\"type\":1,\"target\":\"Join\",\"arguments\":[\"@room\"]}\u001e";

    [Fact]
    public async Task A_page_that_does_not_read_is_closed_with_its_own_reason_and_others_get_everything()
    {
        await using var server = await ChatServer.StartAsync("Limits:BrowserBacklog=20", "Limits:MessageBurst=100000", "Limits:MaxTextLength=20000");
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        await using var deaf = await WebUser.SignInAsync(server, "deaf");
        using var socket = new ClientWebSocket();
        socket.Options.SetBuffer(1024, 1024);
        await socket.ConnectAsync(new Uri($"ws://{server.Web.Authority}/hub?access_token={deaf.Session.Token}"), TestContext.Current.CancellationToken);
        await SendAsync(socket, Join);
        await server.WaitUntilAsync(() => server.SubscribersOf("@room") == 2, "The page did not get in.");

        // Many times what socket buffers hold.
        var text = new string('x', 20_000);
        var sent = 0;
        while (!server.HasEnded("SlowConsumer"))
        {
            Assert.InRange(++sent, 1, 5_000);
            await ben.SendAsync("@room", text);
            // It reads nothing, but it is there: on a busy machine this takes longer than the server waits for a page's pings.
            if (sent % 10 == 0 && socket.State == WebSocketState.Open) await TrySendAsync(socket, "{\"type\":6}\u001e");
        }
        await ben.SendAsync("@room", "the end");
        var seen = await ben.WaitForMessagesAsync(sent + 1);
        Assert.Equal(Enumerable.Range(1, sent + 1), seen.Select(message => (int)message.Seq));
        Assert.Equal("the end", seen[^1].Text);
    }

    [Fact]
    public async Task A_page_that_leaves_large_events_unread_is_closed_by_their_size()
    {
        await using var server = await ChatServer.StartAsync("Limits:BrowserBacklogMegabytes=1", "Limits:MessageBurst=100000", "Limits:MaxTextLength=20000");
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        using var socket = await OpenDeafAsync(server);
        await SendAsync(socket, Join);
        await server.WaitUntilAsync(() => server.SubscribersOf("@room") == 2, "The page did not get in.");
        var text = new string('x', 20_000);
        var sent = 0;
        while (!server.HasEnded("SlowConsumer"))
        {
            // What socket buffers hold, and a mebibyte: far from the 1,000 events that may wait.
            Assert.InRange(++sent, 1, 900);
            await ben.SendAsync("@room", text);
        }
    }

    [Fact]
    public async Task A_page_that_does_not_read_its_answers_is_closed_although_nothing_happens()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync("Limits:MessageBurst=1000", "Limits:ReadBurst=10000");
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        for (var i = 0; i < 12; i++) await ben.SendAsync("@room", new string('x', 10_000));
        using var socket = await OpenDeafAsync(server);
        await SendAsync(socket, Join);
        await server.WaitUntilAsync(() => server.SubscribersOf("@room") == 2, "The page did not get in.");
        var pages = server.Services.GetRequiredService<ConnectionRegistry>().All.OfType<HubClient>().Where(client => client.Session?.Name.Value == "deaf");
        await server.WaitUntilAsync(() => pages.Count() == 1, "The page it signed in with is still there.");
        var deaf = pages.Single();
        // Many times what socket buffers hold, without an end.
        for (var i = 0; i < 200; i++) await SendAsync(socket, "{\"type\":1,\"invocationId\":\"1\",\"target\":\"History\",\"arguments\":[\"@room\",13,200]}\u001e");

        await server.WaitUntilAsync(
            () =>
            {
                deaf.Outbox.Probe();
                return deaf.Outbox.WritingFor is not null;
            },
            "It read all of it.");
        server.Clock!.Advance(TimeSpan.FromSeconds(29));
        Assert.False(server.HasEnded("SlowConsumer"));
        await server.WaitUntilAsync(
            () =>
            {
                server.Clock.Advance(HubHeartbeat.Interval);
                return server.HasEnded("SlowConsumer");
            },
            "It stays for ever.");
        await ben.SendAsync("@room", "the end");
    }

    private static async Task<ClientWebSocket> OpenDeafAsync(ChatServer server)
    {
        await using var deaf = await WebUser.SignInAsync(server, "deaf");
        var socket = new ClientWebSocket();
        socket.Options.SetBuffer(1024, 1024);
        await socket.ConnectAsync(new Uri($"ws://{server.Web.Authority}/hub?access_token={deaf.Session.Token}"), TestContext.Current.CancellationToken);
        return socket;
    }

    /// <summary>Sends, unless the connection has been closed just now.</summary>
    private static async Task TrySendAsync(ClientWebSocket socket, string records)
    {
        try
        {
            await SendAsync(socket, records);
        }
        catch (WebSocketException)
        {
            // It is what is waited for.
        }
    }

    private static Task SendAsync(ClientWebSocket socket, string records) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(records), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);
}
