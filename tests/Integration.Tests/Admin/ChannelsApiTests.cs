using System.Net;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Admin;

/// <summary><c>/api/v1/channels</c> and its members.</summary>
public sealed class ChannelsApiTests
{
    [Fact]
    public async Task Shows_a_channel_with_its_members_and_how_many_of_each_kind()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var someone = new Operator(server);
        await using var native = await RawKaiClient.SignInAsync(server.Native, "cleo", "@Dev");
        await using var anna = await WebUser.SignInAsync(server, "anna");
        var snapshot = await anna.JoinAsync("@dev");
        await using var ben = await WebUser.SignInAsync(server, "Ben", "@dev");
        await ben.SendAsync("@dev", "one");
        await ben.SendAsync("@dev", "two");
        server.Clock!.Advance(TimeSpan.FromSeconds(12));
        await ben.WaitForAsync<(string, Member Member)>(nameof(IChatClient.MemberChanged));

        var channel = await someone.GetAsync<ChannelDetails>("/api/v1/channels/dev");
        Assert.Equal(("@Dev", snapshot.Incarnation, 2), (channel.Name, channel.Incarnation, channel.LastSeq));
        Assert.Equal(server.Clock.GetUtcNow() - TimeSpan.FromSeconds(12), channel.OpenedAt);
        Assert.Equal(new KindCounts(3, 2, 1), channel.Counts);
        Assert.Equal(
            [("anna", Origin.Web, Presence.Live), ("Ben", Origin.Web, Presence.Live), ("cleo", Origin.Native, Presence.Late)],
            channel.Members.Select(member => (member.Username, member.Origin, member.Presence)));

        Assert.Equal(("", false, null, null, false, "\"0\""), (channel.Topic, channel.ReadOnly, channel.Native, channel.RetentionDays, channel.Kept, channel.Etag));
        var listed = Assert.Single((await someone.GetAsync<Page<ChannelInfo>>("/api/v1/channels")).Items);
        Assert.Equal(new ChannelInfo(channel.Name, channel.Incarnation!, channel.OpenedAt!.Value, 2, channel.Counts, "", ReadOnly: false, Kept: false), listed);
        Assert.Equal(channel.Members, (await someone.GetAsync<Page<Member>>("/api/v1/channels/dev/members")).Items);
    }

    [Fact]
    public async Task Pages_of_channels_and_members_are_walked_in_order()
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        await using var anna = await WebUser.SignInAsync(server, "anna");
        foreach (var name in new[] { "@e", "@B", "@d", "@a", "@c" }) await anna.JoinAsync(name);
        Assert.Equal(["@a", "@B", "@c", "@d", "@e"], await WalkAsync<ChannelInfo>(someone, "/api/v1/channels?limit=2", channel => channel.Name));

        await using var dora = await WebUser.SignInAsync(server, "Dora", "@a");
        await using var ben = await RawKaiClient.SignInAsync(server.Native, "ben", "@a");
        await using var cleo = await RawKaiClient.SignInAsync(server.Native, "cleo", "@a");
        Assert.Equal(["anna", "ben", "cleo", "Dora"], await WalkAsync<Member>(someone, "/api/v1/channels/a/members?limit=1", member => member.Username));
    }

    [Theory]
    [InlineData("dev", "@dev")]
    [InlineData("@dev", "@dev")]
    [InlineData("%40dev", "@dev")]
    [InlineData("DEV", "@dev")]
    [InlineData("%40a%2Fb", "@a/b")]
    [InlineData("%40a%2fb", "@a/b")]
    [InlineData("%40a%252Fb", "@a%2Fb")]
    [InlineData("%40a%25252Fb%2Fc", "@a%252Fb/c")]
    [InlineData("a%3Fb%23c%25", "@a?b#c%")]
    [InlineData("%40..", "@..")]
    [InlineData("%40%40", "@@")]
    public async Task A_name_comes_with_or_without_its_at_and_with_any_character(string segment, string name)
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        await using var anna = await WebUser.SignInAsync(server, "anna", name);
        await anna.SendAsync(name, "hello");
        Assert.Equal(name, (await someone.GetAsync<ChannelDetails>($"/api/v1/channels/{segment}")).Name);
        Assert.Equal("anna", Assert.Single((await someone.GetAsync<Page<Member>>($"/api/v1/channels/{segment}/members")).Items).Username);
        Assert.Equal(name, Assert.Single((await someone.GetAsync<Page<Message>>($"/api/v1/channels/{segment}/messages")).Items).Channel);
    }

    [Fact]
    public async Task Names_that_differ_in_their_percent_signs_alone_are_two_channels_in_paths_queries_and_bodies()
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@a/b");
        await using var ben = await WebUser.SignInAsync(server, "ben", "@a%2Fb");
        await anna.SendAsync("@a/b", "stays");
        await ben.SendAsync("@a%2Fb", "goes");

        Assert.Equal("anna", Assert.Single((await someone.GetAsync<Page<ClientConnection>>("/api/v1/connections?channel=%40a%2Fb")).Items).Username);
        Assert.Equal("ben", Assert.Single((await someone.GetAsync<Page<ClientConnection>>("/api/v1/connections?channel=%40a%252Fb")).Items).Username);
        var made = await someone.SendAsync<ChannelDetails>(HttpStatusCode.Created, HttpMethod.Post, "/api/v1/channels", new { name = "@A%2Fc" });
        Assert.Equal("@A%2Fc", made.Name);
        Assert.Equal(HttpStatusCode.NoContent, await someone.DeleteAsync("/api/v1/channels/x/%2E%2E/%40a%252Fb/messages/1"));
        Assert.Equal(HttpStatusCode.NoContent, await someone.DeleteAsync("/api/v1/channels/%40a%252Fb"));

        Assert.Equal("stays", Assert.Single((await someone.GetAsync<Page<Message>>("/api/v1/channels/%40a%2Fb/messages")).Items).Text);
        await someone.ExpectProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound, "/api/v1/channels/%40a%252Fb/messages");
    }

    [Fact]
    public async Task A_target_that_names_its_server_means_the_same_channel()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await WebUser.SignInAsync(server, "anna", "@a/b");
        await using var ben = await WebUser.SignInAsync(server, "ben", "@a%2Fb");
        var key = await File.ReadAllTextAsync(Path.Combine(server.Directory, "admin.key"));
        using var socket = new System.Net.Sockets.TcpClient(server.Web.Host, server.Web.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(
            $"GET {server.Web}api/v1/channels/%40a%252Fb HTTP/1.1\r\nHost: {server.Web.Authority}\r\nAuthorization: Bearer {key.Trim()}\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream);
        Assert.Contains("\"name\":\"@a%2Fb\"", await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody-here", HttpStatusCode.NotFound, ErrorCodes.NotFound)]
    [InlineData("%40", HttpStatusCode.BadRequest, ErrorCodes.ChannelInvalid)]
    [InlineData("a%20b", HttpStatusCode.BadRequest, ErrorCodes.ChannelInvalid)]
    [InlineData("%C3%A4", HttpStatusCode.BadRequest, ErrorCodes.ChannelInvalid)]
    [InlineData("12345678901234567890123456789012345678901234567890", HttpStatusCode.BadRequest, ErrorCodes.ChannelInvalid)]
    public async Task What_is_no_open_channel_is_a_problem(string segment, HttpStatusCode status, string code)
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        foreach (var below in new[] { "", "/members", "/messages" }) await someone.ExpectProblemAsync(status, code, $"/api/v1/channels/{segment}{below}");
    }

    private static async Task<IReadOnlyList<string>> WalkAsync<T>(Operator someone, string? next, Func<T, string> nameOf)
    {
        var seen = new List<string>();
        while (next is not null)
        {
            (var page, next) = await someone.GetPageAsync<T>(next);
            seen.AddRange(page.Items.Select(nameOf));
        }
        return seen;
    }
}
