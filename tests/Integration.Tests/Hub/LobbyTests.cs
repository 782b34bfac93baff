using System.Net;
using System.Net.Http.Json;
using KaiChat.Integration.Tests.Admin;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Hub;

/// <summary>What strangers see before they sign in: <c>/api/v1/lobby</c> and <c>/api/v1/usernames</c>.</summary>
public sealed class LobbyTests
{
    [Fact]
    public async Task Shows_the_place_and_its_channels_those_with_most_members_first()
    {
        await using var server = await ChatServer.StartAsync("Lobby:Title=School", "Lobby:Description=Where we meet.", "Lobby:MaxChannels=2");
        using var someone = new Operator(server);
        await someone.SendAsync<ChannelDetails>(HttpStatusCode.Created, HttpMethod.Post, "/api/v1/channels", new { name = "@a", topic = "Nobody yet" });
        await using var anna = await WebUser.SignInAsync(server, "anna", "@busy");
        await using var ben = await RawKaiClient.SignInAsync(server.Native, "ben", "@busy");
        await using var cleo = await WebUser.SignInAsync(server, "cleo", "@z");

        using var answer = await server.Http.GetAsync("/api/v1/lobby");
        var lobby = await answer.Content.ReadFromJsonAsync<LobbyInfo>();

        Assert.Equal("public, max-age=2", answer.Headers.CacheControl!.ToString());
        Assert.Equal(("School", "Where we meet."), (lobby!.Title, lobby.Description));
        Assert.Equal([new LobbyChannel("@busy", "", new KindCounts(2, 1, 1)), new LobbyChannel("@z", "", new KindCounts(1, 1, 0))], lobby.Channels);
        Assert.Equal((1, 10, "SERVER"), (lobby.UsernameRules.MinLength, lobby.UsernameRules.MaxLength, Assert.Single(lobby.UsernameRules.Reserved)));
    }

    [Fact]
    public async Task Is_counted_once_a_second_and_lists_nothing_where_operators_do_not_want_it()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        Assert.Equal(1, Assert.Single((await LobbyAsync(server)).Channels).Counts.Total);
        await anna.JoinAsync("@other");
        Assert.Single((await LobbyAsync(server)).Channels);
        server.Clock!.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, (await LobbyAsync(server)).Channels.Count);

        await using var quiet = await ChatServer.StartAsync("Lobby:ListChannels=false");
        await using var ben = await WebUser.SignInAsync(quiet, "ben", "@dev");
        Assert.Empty((await LobbyAsync(quiet)).Channels);
    }

    [Theory]
    [InlineData("anna", ErrorCodes.UsernameTaken, "The username anna is taken. Choose another one.")]
    [InlineData("ANNA", ErrorCodes.UsernameTaken, "The username ANNA is taken. Choose another one.")]
    [InlineData("a/b", ErrorCodes.UsernameTaken, "The username a/b is taken. Choose another one.")]
    [InlineData("a%2Fb", null, null)]
    [InlineData("ben", null, null)]
    [InlineData("a b", null, null)]
    [InlineData("Server", ErrorCodes.UsernameInvalid, "The username SERVER is reserved.")]
    [InlineData("\u00e9mile", ErrorCodes.UsernameInvalid, "The username has a character that not every client can show: use letters a-z, digits and plain signs.")]
    [InlineData("12345678901", ErrorCodes.UsernameInvalid, "The username is too long: it may have at most 10 characters.")]
    [InlineData(" x", ErrorCodes.UsernameInvalid, "The username begins or ends with a space.")]
    [InlineData("@x", ErrorCodes.UsernameInvalid, "The username starts with @, which is kept for channels.")]
    public async Task Says_of_a_name_whether_it_can_be_had_and_why_not(string name, string? code, string? sentence)
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await WebUser.SignInAsync(server, "Anna");
        await using var native = await RawKaiClient.SignInAsync(server.Native, "a/b");

        using var answer = await server.Http.GetAsync("/api/v1/usernames/" + Uri.EscapeDataString(name));

        Assert.Equal((HttpStatusCode.OK, "no-store"), (answer.StatusCode, answer.Headers.CacheControl!.ToString()));
        Assert.Equal(new UsernameCheck(name, code is null, code, sentence), await answer.Content.ReadFromJsonAsync<UsernameCheck>());
    }

    [Fact]
    public async Task A_name_that_is_given_back_is_free_again_and_asking_reserves_nothing()
    {
        await using var server = await ChatServer.StartAsync();
        await using (var native = await RawKaiClient.SignInAsync(server.Native, "anna"))
        {
            Assert.False((await CheckAsync(server, "anna")).Free);
        }
        await server.ExpectAnyEndAsync(1);
        await server.WaitUntilAsync(async () => (await CheckAsync(server, "anna")).Free, "The name is not free.");
        await using var anna = await WebUser.SignInAsync(server, "anna");
    }

    [Fact]
    public async Task Who_asks_too_often_waits_and_can_sign_in_all_the_same()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync("Lobby:RequestsPerMinute=3");
        await LobbyAsync(server);
        await CheckAsync(server, "anna");
        await LobbyAsync(server);

        foreach (var path in (string[])["/api/v1/lobby", "/api/v1/usernames/anna"])
        {
            using var refused = await server.Http.GetAsync(path);
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
            var problem = await refused.Content.ReadFromJsonAsync<Problem>();
            Assert.Equal(ErrorCodes.RateLimited, problem!.Code);
            Assert.StartsWith("Too many requests from your address.", problem.Detail, StringComparison.Ordinal);
        }
        await using var anna = await WebUser.SignInAsync(server, "anna");
    }

    private static async Task<LobbyInfo> LobbyAsync(ChatServer server) => (await server.Http.GetFromJsonAsync<LobbyInfo>("/api/v1/lobby"))!;

    private static async Task<UsernameCheck> CheckAsync(ChatServer server, string name) => (await server.Http.GetFromJsonAsync<UsernameCheck>("/api/v1/usernames/" + name))!;
}
