using System.Net;
using KaiChat.Server.Access;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;
using Microsoft.Extensions.Logging;

namespace KaiChat.Integration.Tests.Admin;

/// <summary>Who may use the admin API (docs/admin-api.md, "The key").</summary>
public sealed class AuthenticationTests
{
    private const string Anything = "/api/v1/server";

    [Fact]
    public async Task The_key_in_the_file_opens_it_and_only_the_owner_can_read_the_file()
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        await someone.GetAsync<ServerInfo>(Anything);
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(server.Directory, "admin.key")));
    }

    [Fact]
    public async Task A_configured_key_opens_it_instead_of_one_in_a_file()
    {
        await using var server = await ChatServer.StartAsync("Admin:Key=correct horse battery staple");
        using var someone = new Operator(server, "correct horse battery staple");
        await someone.GetAsync<ServerInfo>(Anything);
        Assert.False(File.Exists(Path.Combine(server.Directory, "admin.key")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    [InlineData("")]
    [InlineData("\u00e4\u00f6")]
    public async Task Without_the_right_key_it_is_closed(string? key)
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server, key: null);
        using var answer = key is null
            ? await someone.SendAsync(HttpMethod.Get, Anything)
            : await someone.SendAsync(HttpMethod.Get, Anything, body: null, ("Authorization", "Bearer " + Uri.EscapeDataString(key)));
        Assert.Equal("Bearer", Assert.Single(answer.Headers.WwwAuthenticate).Scheme);
        await Operator.ExpectProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.Unauthorized, Task.FromResult(answer));
    }

    [Fact]
    public async Task Every_operation_asks_for_the_key()
    {
        await using var server = await ChatServer.StartAsync();
        using var stranger = new Operator(server, key: null);
        foreach (var path in new[] { "server", "connections", "connections/1", "channels", "channels/dev", "channels/dev/members", "channels/dev/messages", "connections?unknown=1" })
        {
            await stranger.ExpectProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.Unauthorized, "/api/v1/" + path);
        }
        await Operator.ExpectProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.Unauthorized, stranger.SendAsync(HttpMethod.Delete, "/api/v1/connections/1"));
    }

    [Fact]
    public async Task A_session_token_is_no_key_and_the_key_is_no_session_token()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await WebUser.SignInAsync(server, "anna");
        using var user = new Operator(server, anna.Session.Token);
        await user.ExpectProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.Unauthorized, Anything);
        using var someone = new Operator(server);
        await someone.ExpectProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.SessionEnded, "/api/v1/sessions/current");
    }

    [Fact]
    public async Task After_too_many_wrong_keys_an_address_has_to_wait_but_the_right_key_is_always_taken()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync("Admin:WrongKeysPerMinute=3");
        using var guesser = new Operator(server, "guess");
        using var someone = new Operator(server);
        for (var keys = 1; keys <= 3; keys++)
        {
            // The first is answered at once, each further one later.
            var asking = guesser.ExpectProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.Unauthorized, Anything);
            if (keys > 1)
            {
                await server.Clock!.WhenTimerDueAsync(WrongKeys.DelayOf(keys));
                Assert.False(asking.IsCompleted);
                await someone.GetAsync<ServerInfo>(Anything);
                server.Clock.Advance(WrongKeys.DelayOf(keys));
            }
            await asking;
        }
        for (var i = 0; i < 3; i++)
        {
            server.Clock!.Advance(TimeSpan.FromSeconds(10));
            using var answer = await guesser.SendAsync(HttpMethod.Get, Anything);
            Assert.Equal(TimeSpan.FromSeconds(60 - (10 * (i + 1))), answer.Headers.RetryAfter?.Delta);
            await Operator.ExpectProblemAsync(HttpStatusCode.TooManyRequests, ErrorCodes.RateLimited, Task.FromResult(answer));
            await someone.GetAsync<ServerInfo>(Anything);
        }
        server.Clock!.Advance(TimeSpan.FromSeconds(30));
        await guesser.ExpectProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.Unauthorized, Anything);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "192.0.2.1")]
    [InlineData("Forwarded", "for=127.0.0.1")]
    [InlineData("X-Real-IP", "127.0.0.1")]
    public async Task What_a_proxy_passes_on_is_not_local_and_needs_to_be_allowed(string header, string value)
    {
        await using var closed = await ChatServer.StartAsync();
        using var remote = new Operator(closed);
        var refusal = await Operator.ExpectProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.Forbidden, remote.SendAsync(HttpMethod.Get, Anything, body: null, (header, value)));
        Assert.Contains("Admin:AllowRemote=true", refusal.Detail, StringComparison.Ordinal);

        await using var open = await ChatServer.StartAsync("Admin:AllowRemote=true");
        using var allowed = new Operator(open);
        using var answer = await allowed.SendAsync(HttpMethod.Get, Anything, body: null, (header, value));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Refusals_are_debug_lines()
    {
        await using var server = await ChatServer.StartAsync("Logging:LogLevel:Default=Debug");
        using var stranger = new Operator(server, "wrong");
        await stranger.ExpectProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.Unauthorized, Anything);
        await stranger.ExpectProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.SessionEnded, "/api/v1/sessions/current");
        Assert.DoesNotContain(server.Logs.Lines, line => line.Level > LogLevel.Debug && line.Category.EndsWith("Authentication", StringComparison.Ordinal));
        var refused = Assert.Single(server.Logs.Lines, line => line.EventId == 6001);
        Assert.Equal((LogLevel.Debug, "Admin API: 127.0.0.1 refused, unauthorized"), (refused.Level, refused.Text));
        Assert.DoesNotContain(server.Logs.Lines, line => line.Text.Contains("wrong", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_that_can_be_guessed_is_warned_of()
    {
        await using var server = await ChatServer.StartAsync("Admin:Key=secret");
        Assert.Single(server.Logs.Lines, line => line.Level == LogLevel.Warning && line.Text.StartsWith("Admin:Key has fewer than", StringComparison.Ordinal));
    }
}
