using System.Net;
using KaiChat.Server.Web;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Admin;

/// <summary>How many requests there may be, and how callers are told.</summary>
public sealed class QuotaTests
{
    [Fact]
    public async Task One_key_has_its_requests_and_is_told_what_is_left_of_them()
    {
        await using var server = await ChatServer.StartAdjustedAsync(_ => { }, new FakeTimeProvider(), "Admin:RequestsPerMinute=3");
        using var admin = new Operator(server);
        for (var left = 2; left >= 0; left--)
        {
            using var answer = await admin.SendAsync(HttpMethod.Get, "/api/v1/server");
            Assert.Equal((HttpStatusCode.OK, "\"requests\";q=3;w=60", $"\"requests\";r={left};t=60"), (answer.StatusCode, Field(answer, "RateLimit-Policy"), Field(answer, "RateLimit")));
        }
        server.Clock!.Advance(TimeSpan.FromSeconds(20));
        using (var refused = await admin.SendAsync(HttpMethod.Get, "/api/v1/bans"))
        {
            Assert.Equal(("40", "\"requests\";r=0;t=40"), (Field(refused, "Retry-After"), Field(refused, "RateLimit")));
            var problem = await Operator.ExpectProblemAsync(HttpStatusCode.TooManyRequests, ErrorCodes.RateLimited, Task.FromResult(refused));
            Assert.Equal("Too many requests with your key admin. Try again in 40 s.", problem.Detail);
        }
        server.Clock.Advance(TimeSpan.FromSeconds(40));
        await admin.GetAsync<ServerInfo>("/api/v1/server");
    }

    [Fact]
    public async Task Sign_ins_and_wrong_keys_are_told_too()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync("Limits:SignInsPerMinute=1", "Admin:WrongKeysPerMinute=1");
        using (var first = await server.Http.PostAsync("/api/v1/sessions", System.Net.Http.Json.JsonContent.Create(new SignInRequest("anna"))))
        {
            Assert.Equal("\"sign-ins\";q=1;w=60", Field(first, "RateLimit-Policy"));
            Assert.StartsWith("\"sign-ins\";r=0;t=", Field(first, "RateLimit"), StringComparison.Ordinal);
        }
        using var second = await server.Http.PostAsync("/api/v1/sessions", System.Net.Http.Json.JsonContent.Create(new SignInRequest("ben")));
        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
        Assert.InRange(int.Parse(Field(second, "Retry-After")!, null), 1, 60);
        using var lobby = await server.Http.GetAsync("/api/v1/lobby");
        Assert.StartsWith("\"lobby\";q=", Field(lobby, "RateLimit-Policy"), StringComparison.Ordinal);
        using var guesser = new Operator(server, "guess");
        using var wrong = await guesser.SendAsync(HttpMethod.Get, "/api/v1/server");
        Assert.Equal((HttpStatusCode.Unauthorized, "\"wrong-keys\";q=1;w=60"), (wrong.StatusCode, Field(wrong, "RateLimit-Policy")));
        using var refused = await guesser.SendAsync(HttpMethod.Get, "/api/v1/server");
        Assert.Equal((HttpStatusCode.TooManyRequests, true), (refused.StatusCode, Field(refused, "RateLimit")!.StartsWith("\"wrong-keys\";r=0;t=", StringComparison.Ordinal)));
    }

    [Fact]
    public void Callers_are_counted_apart_and_no_more_of_them_than_there_is_room_for()
    {
        var clock = new FakeTimeProvider();
        var quota = new RequestQuota("x", () => 1, clock, mostCallers: 2);
        Assert.False(quota.Take("a").IsExceeded);
        Assert.True(quota.Take("a").IsExceeded);
        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.False(quota.Take("b").IsExceeded);
        clock.Advance(TimeSpan.FromSeconds(30));
        // The first one's window is over: it makes room, and the other is still counted.
        Assert.False(quota.Take("c").IsExceeded);
        Assert.True(quota.Take("b").IsExceeded);
        // With nobody's window over all are counted anew.
        Assert.False(quota.Take("d").IsExceeded);
        Assert.False(quota.Take("b").IsExceeded);
    }

    private static string? Field(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
