using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using KaiChat.Integration.Tests.Admin;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Proxies;

/// <summary>Whose address counts when a request came through proxies.</summary>
public sealed class ForwardedHeadersTests
{
    [Theory]
    [InlineData("203.0.113.5", "203.0.113.5")]
    [InlineData("203.0.113.5, 10.0.0.9", "203.0.113.5")]
    [InlineData("6.6.6.6, 203.0.113.5, 10.1.2.3, 10.0.0.9", "203.0.113.5")]
    [InlineData("127.0.0.1, 203.0.113.5", "203.0.113.5")]
    [InlineData("2001:db8::5", "2001:db8::5")]
    [InlineData("nonsense, 203.0.113.5", "203.0.113.5")]
    [InlineData("203.0.113.5, nonsense", "127.0.0.1")]
    [InlineData("203.0.113.5:4711", "203.0.113.5")]
    [InlineData("[2001:db8::5]:4711", "2001:db8::5")]
    [InlineData("203.0.113.5, 010.0.0.1", "127.0.0.1")]
    [InlineData("1", "127.0.0.1")]
    [InlineData("10.0.0.9", "10.0.0.9")]
    [InlineData(null, "127.0.0.1")]
    public async Task The_right_most_address_that_is_no_trusted_proxy_counts(string? forwarded, string address)
    {
        await using var server = await ChatServer.StartAsync("Web:TrustedProxies:0=127.0.0.1", "Web:TrustedProxies:1=10.0.0.0/8");
        Assert.Equal(address, await AddressOfAsync(server, forwarded));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Web:TrustedProxies:0=10.0.0.0/8")]
    public async Task Nobody_else_is_believed(string? setting)
    {
        await using var server = await ChatServer.StartAsync(setting is null ? [] : [setting]);
        Assert.Equal("127.0.0.1", await AddressOfAsync(server, "203.0.113.5"));
    }

    [Fact]
    public async Task Sign_ins_are_limited_by_the_address_behind_the_proxy()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync("Web:TrustedProxies:0=127.0.0.1", "Limits:SignInsPerMinute=1");
        Assert.Equal(HttpStatusCode.Created, await SignInAsync(server, "a", "203.0.113.5"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await SignInAsync(server, "b", "203.0.113.5"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await SignInAsync(server, "b", "203.0.113.99, 203.0.113.5"));
        Assert.Equal(HttpStatusCode.Created, await SignInAsync(server, "b", "203.0.113.6"));
    }

    [Fact]
    public async Task The_admin_api_takes_nobody_who_came_through_a_proxy_for_this_machine()
    {
        await using var server = await ChatServer.StartAsync("Web:TrustedProxies:0=127.0.0.1");
        using var keeper = new Operator(server);
        foreach (var address in (string[])["127.0.0.1", "::1", "203.0.113.5", "127.0.0.1, 127.0.0.1", "nonsense", ""])
        {
            await Operator.ExpectProblemAsync(
                HttpStatusCode.Forbidden, ErrorCodes.Forbidden, keeper.SendAsync(HttpMethod.Get, "/api/v1/server", null, ("X-Forwarded-For", address)));
        }
        Assert.Equal(HttpStatusCode.OK, (await keeper.SendAsync(HttpMethod.Get, "/api/v1/server")).StatusCode);
    }

    [Fact]
    public async Task Wrong_keys_count_for_the_address_behind_the_proxy()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync("Web:TrustedProxies:0=127.0.0.1", "Admin:AllowRemote=true", "Admin:WrongKeysPerMinute=1");
        using var guesser = new Operator(server, "wrong");
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync("203.0.113.5"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await TryAsync("203.0.113.5"));
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync("203.0.113.6"));

        async Task<HttpStatusCode> TryAsync(string address) => (await guesser.SendAsync(HttpMethod.Get, "/api/v1/server", null, ("X-Forwarded-For", address))).StatusCode;
    }

    private static async Task<HttpStatusCode> SignInAsync(ChatServer server, string username, string forwarded)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/sessions") { Content = JsonContent.Create(new SignInRequest(username)) };
        request.Headers.Add("X-Forwarded-For", forwarded);
        using var answer = await server.Http.SendAsync(request);
        return answer.StatusCode;
    }

    /// <summary>Where the server says a hub connection comes from.</summary>
    private static async Task<string?> AddressOfAsync(ChatServer server, string? forwarded)
    {
        using var signedIn = await server.Http.PostAsJsonAsync("/api/v1/sessions", new SignInRequest("anna"));
        var session = await signedIn.Content.ReadFromJsonAsync<SignInResponse>();
        using var socket = new ClientWebSocket();
        if (forwarded is not null) socket.Options.SetRequestHeader("X-Forwarded-For", forwarded);
        await socket.ConnectAsync(new Uri($"ws://{server.Web.Authority}/hub?access_token={Uri.EscapeDataString(session!.Token)}"), CancellationToken.None);
        await socket.SendAsync("{\"protocol\":\"json\",\"version\":1}\x1e"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        using var keeper = new Operator(server);
        Page<ClientConnection>? page = null;
        await Wait.UntilAsync(
            async () => (page = await keeper.GetAsync<Page<ClientConnection>>("/api/v1/connections?kind=web")).Items.Count == 1, "The hub connection is not in the list.");
        return page!.Items[0].Address;
    }
}
