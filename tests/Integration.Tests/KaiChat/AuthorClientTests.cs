using System.Net.Sockets;
using System.Text;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.KaiChat;

/// <summary>
/// A client that behaves as the author's of 2022, byte for byte and call for call, on nothing but a socket (docs/protocols/kaichat.md, "The author's client, as seen from a
/// server"): garbage behind every NUL, one recv of at most 2260 bytes for one PDU.
/// </summary>
public sealed class AuthorClientTests
{
    private const int Length = 2260;

    [Theory]
    [InlineData("Batch")]
    [InlineData("Single")]
    public async Task The_authors_client_chats_with_a_browser(string delivery)
    {
        await using var server = await ChatServer.StartAsync($"KaiChat:Delivery={delivery}");
        await using var web = await WebUser.SignInAsync(server, "web", "@general");
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = (int)Patience.Limit.TotalMilliseconds };
        await socket.ConnectAsync(server.Native);

        socket.Send(Frame(7));
        Assert.Equal(7, BitConverter.ToInt32(Receive(socket), 256));
        var version = Receive(socket);
        Assert.Equal("SERVER\0", Encoding.ASCII.GetString(version, 0, 7));
        Assert.Equal(1, BitConverter.ToInt32(version, 256));
        var select = Frame(1);
        select[260] = 1;
        version.AsSpan(261, 3).CopyTo(select.AsSpan(261));
        socket.Send(select);
        socket.Send(Frame(2, parameters: "author"));
        socket.Send(Frame(3, username: "author", channel: "@general"));

        await web.WaitForAsync<(string, Shared.Contracts.Member)>("MemberJoined");
        await web.SendAsync("@general", "hello author");
        var (sender, channel, upToDate, text) = Query(socket);
        Assert.Equal(("web", "@general", 0, "hello author"), (sender, channel, upToDate, text));
        (_, channel, upToDate, text) = Query(socket);
        Assert.Equal(("@general", 1, ""), (channel, upToDate, text));

        socket.Send(Frame(4, parameters: "hello web"));
        Assert.Equal("hello web", (await web.WaitForAsync<Shared.Contracts.Message>("MessagePosted", message => message.Author == "author")).Text);
        socket.Send(Frame(6));
        await web.WaitForAsync<(string, string)>("MemberLeft");
        socket.Send(Frame(0));
        await server.ExpectEndAsync("Quit");
    }

    private static (string Sender, string Channel, int UpToDate, string Text) Query(Socket socket)
    {
        socket.Send(Frame(8));
        var answer = Receive(socket);
        Assert.Equal(5, BitConverter.ToInt32(answer, 256));
        // Where the author's client looks for the flag: on top of the channel's 41st character.
        return (Field(answer, 0, 10), Field(answer, 11, 40), answer[51], Field(answer, 260, 2000));
    }

    /// <summary>One recv is one PDU: that is all the author's client does.</summary>
    private static byte[] Receive(Socket socket)
    {
        var buffer = new byte[Length];
        Assert.Equal(Length, socket.Receive(buffer, Length, SocketFlags.None));
        return buffer;
    }

    private static byte[] Frame(int command, string? username = null, string? channel = null, string? parameters = null)
    {
        var frame = new byte[Length];
        Array.Fill(frame, (byte)0xCC);
        frame[0] = 0;
        frame[260] = 0;
        if (username is not null) Encoding.ASCII.GetBytes(username + '\0', frame.AsSpan());
        if (channel is not null) Encoding.ASCII.GetBytes(' ' + channel + '\0', frame.AsSpan(10));
        BitConverter.TryWriteBytes(frame.AsSpan(256), command);
        if (parameters is not null) Encoding.ASCII.GetBytes(parameters + '\0', frame.AsSpan(260));
        return frame;
    }

    private static string Field(byte[] frame, int offset, int length)
    {
        var field = frame.AsSpan(offset, length);
        var end = field.IndexOf((byte)0);
        return Encoding.ASCII.GetString(end < 0 ? field : field[..end]);
    }
}
