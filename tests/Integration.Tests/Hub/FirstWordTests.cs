using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Hub;

/// <summary>Before anything else a page hears which contract the server speaks.</summary>
public sealed class FirstWordTests
{
    [Fact]
    public async Task A_connection_begins_with_the_contract()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await WebUser.SignInAsync(server, "anna");
        Assert.Equal([Contract, "Operating[[]]"], await HearAsync(server, anna.Session.Token, count: 2));
    }

    [Fact]
    public async Task So_does_one_whose_session_is_over()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await WebUser.SignInAsync(server, "anna");
        await anna.SignOutAsync();
        var heard = await HearAsync(server, anna.Session.Token, count: 2);
        Assert.Equal(Contract, heard[0]);
        Assert.StartsWith("SessionEnded", heard[1], StringComparison.Ordinal);
    }

    private static string Contract => $"Contract[{HubContract.Version},{HubContract.OldestPage}]";

    /// <summary>Connects, and returns the first so many words, each with its arguments.</summary>
    private static async Task<string[]> HearAsync(ChatServer server, string token, int count)
    {
        using var socket = new ClientWebSocket();
        var cancellation = TestContext.Current.CancellationToken;
        await socket.ConnectAsync(new Uri($"ws://{server.Web.Authority}/hub?access_token={token}"), cancellation);
        await socket.SendAsync("{\"protocol\":\"json\",\"version\":1}\u001e"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, cancellation);
        using var all = new MemoryStream();
        var buffer = new byte[4_096];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer, cancellation);
            all.Write(buffer.AsSpan(0, received.Count));
            string[] heard = [.. Encoding.UTF8.GetString(all.ToArray()).Split('\u001e')[..^1]
                .Select(record => JsonSerializer.Deserialize<JsonElement>(record))
                .Where(record => record.TryGetProperty("target", out _))
                .Select(call => call.GetProperty("target").GetString() + call.GetProperty("arguments").GetRawText())];
            if (heard.Length >= count) return heard[..count];
            Assert.NotEqual(WebSocketMessageType.Close, received.MessageType);
        }
    }
}
