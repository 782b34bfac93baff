using KaiChat.Shared.KaiChat;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.KaiChat;

/// <summary>docs/protocols/kaichat.md: "Names", "Telling a v1 client that something is wrong".</summary>
public sealed class NameTests
{
    [Theory]
    [InlineData("", "missing")]
    [InlineData("elevenchars", "too long")]
    [InlineData("server", "reserved")]
    [InlineData("SeRvEr", "reserved")]
    [InlineData("@anna", "@")]
    [InlineData(" anna", "space")]
    [InlineData("anna ", "space")]
    public async Task Refuses_a_name_and_says_so_at_every_query_in_the_channel_asked_for(string name, string reason)
    {
        await using var server = await ChatServer.StartAsync();
        await using var client = await RawKaiClient.ConnectAsync(server.Native);
        await client.HandshakeAsync();
        // As the author's client does: it goes on as if it had been accepted.
        await client.SendRawAsync(ClientInfo(name));
        await client.SendAsync(KaiPdu.Join("x", "@room"), KaiPdu.Send("nobody hears this"));
        for (var i = 0; i < 2; i++)
        {
            var notice = Assert.Single(await client.PollAsync());
            Assert.Equal(("SERVER", "@room", false), (notice.Username, notice.Channel, notice.UpToDate));
            Assert.Contains(reason, notice.Text, StringComparison.Ordinal);
        }
    }

    /// <summary>The codec writes no name that is too long.</summary>
    private static byte[] ClientInfo(string name)
    {
        var pdu = new byte[KaiPdu.Length];
        KaiPduCodec.Write(pdu, KaiPdu.ClientInfo("x"), KaiSide.Client, KaiByteOrder.Little);
        pdu[260] = 0;
        System.Text.Encoding.ASCII.GetBytes(name, pdu.AsSpan(260));
        return pdu;
    }

    [Fact]
    public async Task Takes_a_better_name_after_a_refused_one()
    {
        await using var server = await ChatServer.StartAsync();
        await using var client = await RawKaiClient.ConnectAsync(server.Native);
        await client.HandshakeAsync();
        await client.SendAsync(KaiPdu.ClientInfo("SERVER"), KaiPdu.ClientInfo("anna"), KaiPdu.Join("anna", "@room"));
        Assert.True(Assert.Single(await client.PollAsync()).UpToDate);
    }

    [Fact]
    public async Task Refuses_a_name_taken_by_a_native_client_or_a_browser_in_any_letter_case()
    {
        await using var server = await ChatServer.StartAsync();
        await using var native = await RawKaiClient.SignInAsync(server.Native, "Anna");
        await using var web = await WebUser.SignInAsync(server, "Ben");
        foreach (var name in (string[])["ANNA", "ben"])
        {
            await using var client = await RawKaiClient.SignInAsync(server.Native, name, "@room");
            Assert.Contains("taken", Assert.Single(await client.PollAsync()).Text, StringComparison.Ordinal);
        }
        using var answer = await server.Http.PostAsync("/api/v1/sessions", new StringContent("{\"username\":\"aNNA\"}", null, "application/json"));
        Assert.Equal(System.Net.HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("username-taken", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_is_free_when_its_connection_has_ended()
    {
        await using var server = await ChatServer.StartAsync();
        var first = await RawKaiClient.SignInAsync(server.Native, "anna", "@room");
        first.Reset();
        await server.ExpectEndAsync("PeerLost");
        await using var second = await RawKaiClient.SignInAsync(server.Native, "anna", "@room");
        Assert.True(Assert.Single(await second.PollAsync()).UpToDate);
    }

    [Theory]
    [InlineData("general")]
    [InlineData("@")]
    [InlineData("@has space")]
    public async Task Refuses_a_channel_name_in_the_words_the_client_used(string channel)
    {
        await using var server = await ChatServer.StartAsync();
        await using var client = await RawKaiClient.SignInAsync(server.Native, "anna", channel);
        var notice = Assert.Single(await client.PollAsync());
        Assert.Equal(("SERVER", channel), (notice.Username, notice.Channel));
        Assert.True(Assert.Single(await client.PollAsync()).UpToDate);
    }

    [Fact]
    public async Task Answers_each_client_in_the_spelling_it_used_itself()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await RawKaiClient.SignInAsync(server.Native, "anna", "@Room");
        await using var ben = await RawKaiClient.SignInAsync(server.Native, "ben", "@rOOM");
        await anna.SendAsync(KaiPdu.Send("hi"));
        Assert.Equal("@rOOM", Assert.Single(await ben.PollForAsync(1)).Channel);
        Assert.Equal("@Room", Assert.Single(await anna.PollAsync()).Channel);
    }
}
