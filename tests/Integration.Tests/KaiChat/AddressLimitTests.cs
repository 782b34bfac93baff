using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using KaiChat.Integration.Tests.Moderation;
using KaiChat.Server.Connections;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.KaiChat;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.KaiChat;

/// <summary><c>Limits:ConnectionsPerAddress</c>: native clients and tabs of one address together, behind proxies by the address that they name.</summary>
public sealed class AddressLimitTests
{
    private const string One = "203.0.113.5", Other = "203.0.113.6";
    private static readonly string[] Proxied = ["KaiChat:TrustedProxies:0=127.0.0.1", "Web:TrustedProxies:0=127.0.0.1", "Limits:ConnectionsPerAddress=2"];

    [Theory]
    [InlineData(false, KaiByteOrder.Little)]
    [InlineData(true, KaiByteOrder.Big)]
    public async Task One_native_client_too_many_is_told_why_and_closed_and_others_notice_nothing(bool tls, KaiByteOrder order)
    {
        await using var server = await ChatServer.StartWithFakeClockAsync(Proxied);
        await using var first = await NativeAsync(server, "first", One);
        var second = await NativeAsync(server, "second", One);
        await using (var third = await NativeAsync(server, "third", One, tls, order)) Assert.Equal(Sentence(2), await third.AskWhyAsync());
        await server.ExpectEndAsync("AddressLimitReached");
        // Of another address, and of the proxy itself.
        await using var other = await NativeAsync(server, "other", Other);
        await using var proxy = await RawKaiClient.SignInAsync(server.Native, "proxy", "@room");
        foreach (var served in (RawKaiClient[])[first, second, other, proxy]) Assert.True(Assert.Single(await served.PollAsync()).UpToDate);

        await second.DisposeAsync();
        await server.WaitForConnectionsAsync(3);
        await using var again = await NativeAsync(server, "third", One, tls, order);
        Assert.True(Assert.Single(await again.PollAsync()).UpToDate);
    }

    [Fact]
    public async Task Who_never_asks_is_told_unasked_and_more_than_a_few_of_them_are_closed_without_a_word()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync(Proxied);
        await using var first = await NativeAsync(server, "first", One);
        await using var second = await NativeAsync(server, "second", One);
        var told = new List<RawKaiClient>();
        for (var i = 0; i < AddressLimit.MostTold; i++) told.Add(await NativeAsync(server, "more", One));
        await using (var beyond = await RawKaiClient.ConnectAsync(server.Native, before: Header(One))) await beyond.WaitForCloseAsync();
        await server.ExpectEndAsync("AddressLimitReached");

        server.Clock!.Advance(TimeSpan.FromSeconds(31));
        foreach (var one in told)
        {
            Assert.Equal(Sentence(2), await one.LastWordAsync());
            await one.DisposeAsync();
        }
        await server.ExpectEndAsync("AddressLimitReached", 1 + AddressLimit.MostTold);
        Assert.True(Assert.Single(await first.PollAsync()).UpToDate);
    }

    [Fact]
    public async Task A_tab_too_many_is_refused_with_a_problem_and_so_is_the_sign_in_and_both_find_room_later()
    {
        await using var server = await ChatServer.StartAsync(Proxied);
        await using var tab = await WebUser.SignInAsync(server, "anna", "@room", One);
        await using (await NativeAsync(server, "ben", One))
        {
            foreach (var path in (string[])["/hub", "/hub/", "/HUB"])
            {
                var (status, problem) = await OpenAsync(server, path, tab.Session.Token, One);
                Assert.Equal((HttpStatusCode.ServiceUnavailable, ErrorCodes.LimitReached, Sentence(2)), (status, problem["code"].GetString(), problem["detail"].GetString()));
            }
            await Assert.ThrowsAsync<WebSocketException>(() => WebUser.ConnectAsync(server, tab.Session, One));
            Assert.Contains(Sentence(2), (await server.TrySignInAsync("carl", One)).Text, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.Created, (await server.TrySignInAsync("carl", Other)).Status);
            await tab.SendAsync("@room", "not disturbed");
        }
        await server.WaitForConnectionsAsync(0);
        await using var second = await WebUser.ConnectAsync(server, tab.Session, One);
        await second.SendAsync("@room", "room again");
        Assert.Equal(Sentence(2), await (await NativeAsync(server, "ben", One)).AskWhyAsync());
    }

    [Fact]
    public async Task Of_ipv6_one_customers_network_counts()
    {
        await using var server = await ChatServer.StartAsync(Proxied);
        await using var one = await NativeAsync(server, "one", "2001:db8:1:2::1");
        await using var two = await NativeAsync(server, "two", "2001:db8:1:2:ffff::2");
        await using (var three = await NativeAsync(server, "three", "2001:db8:1:2:0:1::3")) Assert.Equal(Sentence(2), await three.AskWhyAsync());
        await using var neighbour = await NativeAsync(server, "near", "2001:db8:1:3::1");
        Assert.True(Assert.Single(await neighbour.PollAsync()).UpToDate);
    }

    [Theory]
    [InlineData("Limits:ConnectionsPerAddress=0")]
    [InlineData("Limits:ConnectionsPerAddress=1", true)]
    public async Task Without_a_limit_and_on_this_machine_as_many_may_come_as_like(string setting, bool local = false)
    {
        await using var server = await ChatServer.StartAsync("KaiChat:TrustedProxies:0=" + (local ? "192.0.2.1" : "127.0.0.1"), setting);
        for (var i = 0; i < 5; i++)
        {
            var client = local ? await RawKaiClient.SignInAsync(server.Native, $"user{i}", "@room") : await NativeAsync(server, $"user{i}", One);
            Assert.True(Assert.Single(await client.PollAsync()).UpToDate);
        }
        await server.WaitForConnectionsAsync(5);
    }

    private static string Sentence(int most) => $"Your address has as many connections to this server as one may have ({most}). Close one of them, or try again later.";

    private static Task<RawKaiClient> NativeAsync(ChatServer server, string username, string address, bool tls = false, KaiByteOrder order = KaiByteOrder.Little) =>
        RawKaiClient.SignInAsync(server.Native, username, "@room", order, tls ? RawKaiClient.AnyCertificate() : null, Header(address));

    /// <summary>PROXY protocol v2.</summary>
    private static byte[] Header(string address)
    {
        var bytes = IPAddress.Parse(address).GetAddressBytes();
        byte[] ports = [0x30, 0x39, 0x72, 0x10];
        return
        [
            0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A, 0x21, (byte)(bytes.Length == 4 ? 0x11 : 0x21), 0, (byte)(2 * bytes.Length + 4), .. bytes, .. bytes, .. ports,
        ];
    }

    /// <summary>What opening the hub is answered with, where it is refused.</summary>
    private static async Task<(HttpStatusCode Status, Dictionary<string, JsonElement> Problem)> OpenAsync(ChatServer server, string path, string token, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Add("X-Forwarded-For", address);
        using var answer = await server.Http.SendAsync(request);
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<Dictionary<string, JsonElement>>())!);
    }
}
