using System.Net.WebSockets;
using System.Text;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Hub;

public sealed class SlowBrowserTests
{
    [Fact]
    public async Task A_page_that_does_not_read_is_closed_with_its_own_reason_and_others_get_everything()
    {
        await using var server = await ChatServer.StartAsync("Limits:BrowserBacklog=20", "Limits:MessageBurst=100000", "Limits:MaxTextLength=20000");
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        await using var deaf = await WebUser.SignInAsync(server, "deaf");
        using var socket = new ClientWebSocket();
        socket.Options.SetBuffer(1024, 1024);
        await socket.ConnectAsync(new Uri($"ws://{server.Web.Authority}/hub?access_token={deaf.Session.Token}"), TestContext.Current.CancellationToken);
        await SendAsync(socket, "{\"protocol\":\"json\",\"version\":1}\u001e{\"type\":1,\"target\":\"Join\",\"arguments\":[\"@room\"]}\u001e");
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
