using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Hub;

/// <summary>Calls with what .NET's own client cannot even write: half a surrogate pair, which a browser's script makes when it cuts an emoji in two.</summary>
public sealed class HalfSurrogateTests
{
    /// <summary>As JSON spells it, as browsers do.</summary>
    private const string Half = """ "cut \n\"off\" \uD83D\uDC4D \uD83D" """;

    [Fact]
    public async Task A_message_is_posted_with_a_replacement_character()
    {
        await using var server = await ChatServer.StartAsync();
        await using var user = await WebUser.SignInAsync(server, "anna", "@room");
        using var page = await OpenAsync(server, user);
        var answer = await CallAsync(page, "Send", $"""["@room", {Half}, "id-1"]""");
        Assert.Equal("cut \n\"off\" \U0001F44D \uFFFD", answer.GetProperty("result").GetProperty("text").GetString());
        Assert.Equal("cut \n\"off\" \U0001F44D \uFFFD", (await user.WaitForMessagesAsync(1))[0].Text);
    }

    [Theory]
    [InlineData("Join", "[%]", ErrorCodes.ChannelInvalid)]
    [InlineData("Resume", "[%, 0]", ErrorCodes.ChannelInvalid)]
    [InlineData("Leave", "[%]", ErrorCodes.ChannelInvalid)]
    [InlineData("Send", "[%, \"text\", \"id\"]", ErrorCodes.ChannelInvalid)]
    [InlineData("Send", "[\"@room\", \"text\", %]", ErrorCodes.MessageIdInvalid)]
    [InlineData("SendReply", "[\"@room\", \"text\", %, 1]", ErrorCodes.MessageIdInvalid)]
    [InlineData("Edit", "[\"@room\", 7, %]", ErrorCodes.MessageNotFound)]
    [InlineData("React", "[\"@room\", 1, %, true]", ErrorCodes.ReactionInvalid)]
    [InlineData("Typing", "[%]", ErrorCodes.ChannelInvalid)]
    [InlineData("History", "[%, 1, 1]", ErrorCodes.ChannelInvalid)]
    [InlineData("Search", "[\"word\", %, 1]", ErrorCodes.ArgumentInvalid)]
    [InlineData("Search", "[%, null, 1]", null)]
    [InlineData("PreviewNative", "[%]", null)]
    [InlineData("Operate", "[%]", ErrorCodes.Unauthorized)]
    [InlineData("Kick", "[\"@room\", %, %]", ErrorCodes.ScopeMissing)]
    [InlineData("Impose", "[{\"kind\": \"ban\", \"username\": %, \"reason\": %}]", ErrorCodes.ScopeMissing)]
    [InlineData("Lift", "[\"ban\", %, %]", ErrorCodes.ScopeMissing)]
    [InlineData("SetTopic", "[\"@room\", %]", ErrorCodes.ScopeMissing)]
    public async Task Every_method_takes_it_or_refuses_it_with_its_code(string method, string arguments, string? code)
    {
        await using var server = await ChatServer.StartAsync();
        await using var user = await WebUser.SignInAsync(server, "anna", "@room");
        using var page = await OpenAsync(server, user);
        var answer = await CallAsync(page, method, arguments.Replace("%", Half, StringComparison.Ordinal));
        if (code is null) Assert.False(answer.TryGetProperty("error", out _));
        else Assert.Contains($"HubException: {code}: ", answer.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Send", "[1, 2, 3]")]
    [InlineData("Send", "[\"@room\"]")]
    [InlineData("Join", "[\"@room\", \"one too many\"]")]
    [InlineData("Impose", "[{\"kind\": \"\\uD83D\"}]")]
    [InlineData("Impose", "[{\"\\uD83D\": 1}]")]
    [InlineData("Lift", "[0, \"anna\", null]")]
    [InlineData("Nonsense", "[]")]
    public async Task A_call_that_cannot_be_read_is_refused_with_a_code_and_the_next_one_works(string method, string arguments)
    {
        await using var server = await ChatServer.StartAsync();
        await using var user = await WebUser.SignInAsync(server, "anna", "@room");
        using var page = await OpenAsync(server, user);
        var answer = await CallAsync(page, method, arguments);
        Assert.Contains($"HubException: {ErrorCodes.RequestInvalid}: ", answer.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal("next", (await CallAsync(page, "Send", """["@room", "next", "id-2"]""")).GetProperty("result").GetProperty("text").GetString());
    }

    private static async Task<ClientWebSocket> OpenAsync(ChatServer server, WebUser user)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://{server.Web.Authority}/hub?access_token={Uri.EscapeDataString(user.Session.Token)}"), CancellationToken.None);
        await SendAsync(socket, """{"protocol":"json","version":1}""");
        return socket;
    }

    /// <summary>Calls a method and waits for its answer.</summary>
    private static async Task<JsonElement> CallAsync(ClientWebSocket socket, string method, string arguments)
    {
        var id = Guid.NewGuid().ToString();
        await SendAsync(socket, $$"""{"type":1,"invocationId":"{{id}}","target":"{{method}}","arguments":{{arguments}}}""");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var (buffer, heard) = (new byte[16 * 1024], new MemoryStream());
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer, patience.Token);
            Assert.NotEqual(WebSocketMessageType.Close, received.MessageType);
            heard.Write(buffer, 0, received.Count);
            var records = Encoding.UTF8.GetString(heard.ToArray()).Split('\u001e');
            foreach (var record in records[..^1].Select(text => JsonSerializer.Deserialize<JsonElement>(text)))
            {
                if (record.TryGetProperty("invocationId", out var answered) && answered.GetString() == id) return record;
            }
        }
    }

    private static Task SendAsync(ClientWebSocket socket, string record) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(record + "\u001e"), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
}
