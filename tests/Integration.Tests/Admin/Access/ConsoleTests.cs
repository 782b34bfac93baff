using System.Net;
using System.Net.Http.Json;
using KaiChat.Server.Access;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Admin.Access;

/// <summary>Signing in to the console: <c>/api/v1/console/session</c>, and what its cookie opens.</summary>
public sealed class ConsoleTests
{
    private const string Path = "/api/v1/console/session";
    private const string Antiforgery = "X-KaiChat-Antiforgery";

    [Fact]
    public async Task The_cookie_opens_what_its_key_opens_and_changes_need_the_token()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var admin = new Operator(server);
        var key = await admin.MakeAsync("ops", Scopes.ConnectionsWrite, Scopes.ServerRead);
        using var browser = new Operator(server, key: null);
        var (session, cookie) = await SignInAsync(browser, key.Secret!);
        Assert.Equal("ops", session.Name);
        Assert.Equal([Scopes.ConnectionsWrite, Scopes.ServerRead], session.Scopes);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(browser, HttpMethod.Get, "/api/v1/server", ("Cookie", cookie)));
        await Operator.ExpectProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.ScopeMissing, browser.SendAsync(HttpMethod.Get, "/api/v1/audit", null, ("Cookie", cookie)));

        await using var anna = await RawKaiClient.SignInAsync(server.Native, "anna");
        var path = "/api/v1/connections/" + Assert.Single((await admin.GetAsync<Page<ClientConnection>>("/api/v1/connections")).Items).Id;
        await Operator.ExpectProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.AntiforgeryInvalid, browser.SendAsync(HttpMethod.Delete, path, null, ("Cookie", cookie)));
        await Operator.ExpectProblemAsync(
            HttpStatusCode.BadRequest, ErrorCodes.AntiforgeryInvalid, browser.SendAsync(HttpMethod.Delete, path, null, ("Cookie", cookie), (Antiforgery, session.AntiforgeryToken[1..] + "A")));
        // The token of another sign-in is none of this one's.
        var (other, _) = await SignInAsync(browser, key.Secret!);
        await Operator.ExpectProblemAsync(
            HttpStatusCode.BadRequest, ErrorCodes.AntiforgeryInvalid, browser.SendAsync(HttpMethod.Delete, path, null, ("Cookie", cookie), (Antiforgery, other.AntiforgeryToken)));
        Assert.True(server.IsConnected("anna"));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(browser, HttpMethod.Delete, path, ("Cookie", cookie), (Antiforgery, session.AntiforgeryToken)));
        Assert.False(server.IsConnected("anna"));
        Assert.Equal("ops", (await admin.AuditAsync("?action=connection.delete"))[0].Actor);
    }

    [Fact]
    public async Task The_cookie_is_for_no_script_no_other_site_and_no_other_path()
    {
        await using var server = await ChatServer.StartAsync("Web:TrustedProxies:0=127.0.0.1", "Admin:AllowRemote=true");
        using var admin = new Operator(server);
        using var plain = await admin.SendAsync(HttpMethod.Post, Path, JsonContent.Create(new ConsoleSignInRequest(Key(server))));
        var set = Assert.Single(plain.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("kaichat-console=", set, StringComparison.Ordinal);
        Assert.Equal(["httponly", "path=/api/v1", "samesite=strict"], set.Split("; ")[1..].Order(StringComparer.Ordinal));
        Assert.Equal(Path, plain.Headers.Location!.OriginalString);

        using var secure = await admin.SendAsync(
            HttpMethod.Post, Path, JsonContent.Create(new ConsoleSignInRequest(Key(server))), ("X-Forwarded-For", "192.0.2.1"), ("X-Forwarded-Proto", "https"));
        Assert.Contains("; secure;", Assert.Single(secure.Headers.GetValues("Set-Cookie")) + ";", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_key_ends_its_sign_ins_at_once()
    {
        await using var server = await ChatServer.StartAsync();
        using var admin = new Operator(server);
        var key = await admin.MakeAsync("ops", Scopes.ServerRead);
        using var browser = new Operator(server, key: null);
        var (_, cookie) = await SignInAsync(browser, key.Secret!);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(browser, HttpMethod.Get, Path, ("Cookie", cookie)));
        await admin.DeleteAsync(Keys.Path + "/" + key.Id);
        await Operator.ExpectProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.Unauthorized, browser.SendAsync(HttpMethod.Get, Path, null, ("Cookie", cookie)));
        await Operator.ExpectProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.Unauthorized, browser.SendAsync(HttpMethod.Get, "/api/v1/server", null, ("Cookie", cookie)));
    }

    [Fact]
    public async Task Signing_out_ends_every_copy_of_the_cookie_and_can_be_repeated()
    {
        await using var server = await ChatServer.StartAsync();
        using var browser = new Operator(server, key: null);
        var (session, cookie) = await SignInAsync(browser, Key(server));
        await Operator.ExpectProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.AntiforgeryInvalid, browser.SendAsync(HttpMethod.Delete, Path, null, ("Cookie", cookie)));
        for (var i = 0; i < 2; i++) Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(browser, HttpMethod.Delete, Path, ("Cookie", cookie), (Antiforgery, session.AntiforgeryToken)));
        await Operator.ExpectProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.Unauthorized, browser.SendAsync(HttpMethod.Get, "/api/v1/server", null, ("Cookie", cookie)));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(browser, HttpMethod.Delete, Path));
        using var admin = new Operator(server);
        Assert.Equal(["console.signOut", "console.signIn"], (await admin.AuditAsync()).Select(item => item.Action));
    }

    [Fact]
    public async Task A_sign_in_lasts_as_long_as_it_is_used_and_over_a_restart()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync("Admin:ConsoleSession=01:00:00");
        using var browser = new Operator(server, key: null);
        var (session, cookie) = await SignInAsync(browser, Key(server));
        Assert.Equal(server.Clock!.GetUtcNow().AddHours(1), session.ExpiresAt, TimeSpan.FromSeconds(1));
        server.Clock.Advance(TimeSpan.FromMinutes(40));
        using var used = await browser.SendAsync(HttpMethod.Get, "/api/v1/server", null, ("Cookie", cookie));
        var renewed = Assert.Single(used.Headers.GetValues("Set-Cookie")).Split(';')[0];
        server.Clock.Advance(TimeSpan.FromMinutes(40));
        await Operator.ExpectProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.Unauthorized, browser.SendAsync(HttpMethod.Get, Path, null, ("Cookie", cookie)));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(browser, HttpMethod.Get, Path, ("Cookie", renewed)));

        await server.RestartAsync();
        using var later = new Operator(server, key: null);
        using var answer = await later.SendAsync(HttpMethod.Get, Path, null, ("Cookie", renewed));
        Assert.Equal(session.AntiforgeryToken, (await answer.Content.ReadFromJsonAsync<ConsoleSession>())!.AntiforgeryToken);
    }

    [Theory]
    [InlineData("""{"key":"wrong"}""", HttpStatusCode.Unauthorized, ErrorCodes.Unauthorized)]
    [InlineData("""{"key":null}""", HttpStatusCode.Unauthorized, ErrorCodes.Unauthorized)]
    [InlineData("""{}""", HttpStatusCode.Unauthorized, ErrorCodes.Unauthorized)]
    [InlineData("""{"password":"x"}""", HttpStatusCode.BadRequest, ErrorCodes.RequestInvalid)]
    public async Task A_wrong_key_signs_nobody_in(string body, HttpStatusCode status, string code)
    {
        await using var server = await ChatServer.StartAsync();
        using var browser = new Operator(server, key: null);
        using var answer = await browser.SendAsync(HttpMethod.Post, Path, Keys.Json(body));
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        await Operator.ExpectProblemAsync(status, code, Task.FromResult(answer));
    }

    [Fact]
    public async Task Wrong_keys_count_here_too()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync("Admin:WrongKeysPerMinute=1");
        using var browser = new Operator(server, "wrong");
        await browser.ExpectProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.Unauthorized, "/api/v1/server");
        await Operator.ExpectProblemAsync(HttpStatusCode.TooManyRequests, ErrorCodes.RateLimited, browser.SendAsync(HttpMethod.Post, Path, Keys.Json("""{"key":"wrong"}""")));
        await SignInAsync(browser, Key(server));
    }

    [Fact]
    public async Task It_is_closed_to_other_machines_like_all_of_the_API()
    {
        await using var server = await ChatServer.StartAsync();
        using var remote = new Operator(server, key: null);
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post, HttpMethod.Delete })
        {
            var body = method == HttpMethod.Post ? JsonContent.Create(new ConsoleSignInRequest(Key(server))) : null;
            await Operator.ExpectProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.Forbidden, remote.SendAsync(method, Path, body, ("X-Forwarded-For", "192.0.2.1")));
        }
    }

    [Theory]
    [InlineData("kaichat-console=nonsense")]
    [InlineData("kaichat-console=chunks-3")]
    [InlineData("kaichat-console=")]
    public async Task A_cookie_that_is_none_of_ours_opens_nothing(string cookie)
    {
        await using var server = await ChatServer.StartAsync();
        using var browser = new Operator(server, key: null);
        await Operator.ExpectProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.Unauthorized, browser.SendAsync(HttpMethod.Get, "/api/v1/server", null, ("Cookie", cookie)));
    }

    private static string Key(ChatServer server) => File.ReadAllText(System.IO.Path.Combine(server.Directory, "admin.key")).Trim();

    private static async Task<(ConsoleSession Session, string Cookie)> SignInAsync(Operator browser, string key)
    {
        using var answer = await browser.SendAsync(HttpMethod.Post, Path, JsonContent.Create(new ConsoleSignInRequest(key)));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return ((await answer.Content.ReadFromJsonAsync<ConsoleSession>())!, Assert.Single(answer.Headers.GetValues("Set-Cookie")).Split(';')[0]);
    }

    private static async Task<HttpStatusCode> StatusAsync(Operator browser, HttpMethod method, string path, params (string, string)[] headers)
    {
        using var answer = await browser.SendAsync(method, path, body: null, headers);
        return answer.StatusCode;
    }
}
