using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Hub;

/// <summary>Browsers that vanish in the middle of something: nobody else misses anything, and it is no error (the server's disposal checks that).</summary>
public sealed class AbortTests
{
    [Fact]
    public async Task A_message_whose_sender_vanishes_before_its_answer_reaches_the_others_all_the_same()
    {
        var (stored, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var log = new HookedLog();
        await using var server = await ChatServer.StartAdjustedAsync(log.Take);
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        log.Appended = () =>
        {
            stored.TrySetResult();
            return goOn.Task;
        };
        using var tab = await OpenAsync(server, anna);
        await CallAsync(tab, "Send", "\"@room\",\"last words\",\"id-1\"");
        await stored.Task;
        tab.Abort();
        await server.ExpectAnyEndAsync(1);
        goOn.SetResult();
        Assert.Equal("last words", Assert.Single(await ben.WaitForMessagesAsync(1)).Text);
    }

    [Fact]
    public async Task A_page_that_vanishes_while_it_enters_a_channel_is_no_error()
    {
        await using var server = await ChatServer.StartAsync("Limits:MessageBurst=100000", "Web:MaxTabs=1000");
        await using var anna = await WebUser.SignInAsync(server, "anna");
        for (var i = 0; i < 100; i++)
        {
            using var tab = await OpenAsync(server, anna);
            await CallAsync(tab, i % 2 == 0 ? "Join" : "Leave", $"\"@room{i / 2 % 20}\"");
            tab.Abort();
        }
        await server.ExpectAnyEndAsync(100);
        Assert.Equal(1, (await anna.SendAsync((await anna.JoinAsync("@quiet")).Channel, "fine")).Seq);
    }

    [Fact]
    public async Task A_sign_in_whose_body_is_cut_off_is_no_error()
    {
        await using var server = await ChatServer.StartAsync();
        for (var i = 0; i < 20; i++)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(server.Web.Host, server.Web.Port, TestContext.Current.CancellationToken);
            await socket.SendAsync("POST /api/v1/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 100\r\n\r\n"u8.ToArray());
            // The server asks for the body when it begins to read it.
            Assert.NotEqual(0, await socket.ReceiveAsync(new byte[100]));
            await socket.SendAsync("{\"user"u8.ToArray());
            socket.LingerState = new LingerOption(enable: i % 2 == 0, seconds: 0);
            socket.Close();
        }
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
    }

    [Fact]
    public async Task A_sign_in_whose_stream_is_reset_is_no_error()
    {
        await using var server = await ChatServer.StartAsync("Kestrel:EndpointDefaults:Protocols=Http2");
        using var http = new HttpClient { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        for (var i = 0; i < 100; i++)
        {
            using var content = new CutContent();
            content.Headers.ContentType = new("application/json");
            await Assert.ThrowsAnyAsync<Exception>(() => http.PostAsync(new Uri(server.Web, "/api/v1/sessions"), content));
        }
        using var whole = await http.PostAsJsonAsync(new Uri(server.Web, "/api/v1/sessions"), new { username = "anna" });
        Assert.Equal(HttpStatusCode.Created, whole.StatusCode);
    }

    /// <summary>Half a body, and then nothing: the client resets the stream.</summary>
    private sealed class CutContent : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync("{\"user"u8.ToArray());
            await stream.FlushAsync();
            throw new IOException("The user went away.");
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    private static async Task<ClientWebSocket> OpenAsync(ChatServer server, WebUser user)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://{server.Web.Authority}/hub?access_token={user.Session.Token}"), TestContext.Current.CancellationToken);
        await SendAsync(socket, "{\"protocol\":\"json\",\"version\":1}\u001e");
        await socket.ReceiveAsync(new byte[100], TestContext.Current.CancellationToken);
        return socket;
    }

    private static Task CallAsync(ClientWebSocket socket, string method, string arguments) =>
        SendAsync(socket, $"{{\"type\":1,\"invocationId\":\"1\",\"target\":\"{method}\",\"arguments\":[{arguments}]}}\u001e");

    private static Task SendAsync(ClientWebSocket socket, string records) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(records), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);
}
