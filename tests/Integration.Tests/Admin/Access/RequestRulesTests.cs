using System.Net;
using System.Text;
using KaiChat.Server.Access;
using KaiChat.Server.Admin;
using KaiChat.Server.Chat;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;
using Microsoft.AspNetCore.Http;

namespace KaiChat.Integration.Tests.Admin.Access;

/// <summary>Bodies and entity tags: conventions of all operations.</summary>
public sealed class RequestRulesTests
{
    [Theory]
    [InlineData("""{"name":"x","scops":[]}""", "scops", "scops is not a member here. Members: name, scopes, expiresAt.")]
    [InlineData("""{"name":"x","name":"y"}""", "name", "name is given twice.")]
    [InlineData("""{"name":1}""", "name", "name has no value that is possible there: line 1, byte 10.")]
    [InlineData("""{"name":"x","scopes":["a",{}]}""", "scopes[1]", "scopes[1] has no value that is possible there")]
    [InlineData("""{"name":"x","expiresAt":"soon"}""", "expiresAt", "expiresAt is a time like 2026-03-02T08:30:00Z.")]
    [InlineData("{\n\"name\": x}", null, "The body is no JSON: line 2, byte 9.")]
    [InlineData("{", null, "The body is no JSON")]
    [InlineData("[]", null, "The body cannot be read")]
    [InlineData("null", null, "The body is missing")]
    [InlineData("", null, "The body")]
    public async Task What_is_wrong_with_a_body_is_named(string body, string? member, string sentence)
    {
        await using var server = await ChatServer.StartAsync();
        using var admin = new Operator(server);
        var problem = await Operator.ExpectProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.RequestInvalid, admin.SendAsync(HttpMethod.Post, Keys.Path, Keys.Json(body)));
        Assert.StartsWith(sentence, problem.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("KaiChat.", problem.Detail, StringComparison.Ordinal);
        Assert.Equal(member, problem.Errors?.Keys.Single());
    }

    [Theory]
    [InlineData("POST", "/api/v1/channels", "{\"name\":\"\\ud800\"}")]
    [InlineData("PATCH", "/api/v1/channels/@dev", "{\"topic\":\"\\ud800\"}")]
    [InlineData("PATCH", "/api/v1/channels/@dev", "{\"\\ud800\":\"x\"}")]
    [InlineData("DELETE", "/api/v1/channels/@dev/messages/1", "{\"reason\":\"\\ud800\"}")]
    [InlineData("POST", "/api/v1/bans", "{\"username\":\"\\ud800\",\"reason\":\"x\"}")]
    public async Task Half_a_surrogate_pair_is_no_text(string method, string path, string body)
    {
        await using var server = await ChatServer.StartAsync();
        using var admin = new Operator(server);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        await anna.SendAsync("@dev", "hello");
        using var answer = await admin.SendAsync(new HttpMethod(method), path, Keys.Json(body));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_body_that_is_too_large_or_no_JSON_is_refused()
    {
        await using var server = await ChatServer.StartAsync();
        using var admin = new Operator(server);
        var large = Keys.Json($$"""{"name":"{{new string('x', 70_000)}}","scopes":["audit:read"]}""");
        var problem = await Operator.ExpectProblemAsync(HttpStatusCode.RequestEntityTooLarge, ErrorCodes.RequestInvalid, admin.SendAsync(HttpMethod.Post, Keys.Path, large, ("Expect", "100-continue")));
        Assert.Equal("The body is too large: it may have 65536 bytes.", problem.Detail);
        using var endless = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes($$"""{"name":"{{new string('x', 70_000)}}"}""")));
        endless.Headers.ContentType = new("application/json");
        endless.Headers.ContentLength = null;
        await Operator.ExpectProblemAsync(HttpStatusCode.RequestEntityTooLarge, ErrorCodes.RequestInvalid, admin.SendAsync(HttpMethod.Post, Keys.Path, endless, ("Transfer-Encoding", "chunked")));
        using var form = new StringContent("name=x", Encoding.UTF8, "application/x-www-form-urlencoded");
        await Operator.ExpectProblemAsync(HttpStatusCode.UnsupportedMediaType, ErrorCodes.RequestInvalid, admin.SendAsync(HttpMethod.Post, Keys.Path, form));
        await Operator.ExpectProblemAsync(HttpStatusCode.UnsupportedMediaType, ErrorCodes.RequestInvalid, admin.SendAsync(HttpMethod.Post, "/api/v1/backups", new StringContent("x")));
        Assert.Empty(await admin.AuditAsync());
    }

    [Fact]
    public async Task A_body_that_nobody_would_read_does_not_end_the_connection_unannounced()
    {
        await using var server = await ChatServer.StartAsync();
        using var admin = new Operator(server);
        foreach (var (method, path) in new[] { (HttpMethod.Delete, "/api/v1/bans/none"), (HttpMethod.Get, "/api/v1/server"), (HttpMethod.Get, "/nowhere") })
        {
            using var large = Keys.Json(new string('x', 2_000_000));
            using var answer = await admin.SendAsync(method, path, large, ("Expect", "100-continue"));
            Assert.Equal((HttpStatusCode.RequestEntityTooLarge, true), (answer.StatusCode, answer.Headers.ConnectionClose));
        }
    }

    [Fact]
    public async Task Who_has_the_state_already_gets_no_answer_but_304()
    {
        await using var server = await ChatServer.StartAsync();
        using var admin = new Operator(server);
        var key = await admin.MakeAsync("ops", Scopes.ServerRead);
        foreach (var path in new[] { "/api/v1/scopes", "/api/v1/settings", Keys.Path + "/" + key.Id })
        {
            using var first = await admin.SendAsync(HttpMethod.Get, path);
            var tag = first.Headers.ETag!;
            Assert.False(tag.IsWeak);
            using var second = await admin.SendAsync(HttpMethod.Get, path, body: null, ("If-None-Match", $"\"other\", W/{tag}"));
            Assert.Equal((HttpStatusCode.NotModified, tag), (second.StatusCode, second.Headers.ETag));
            Assert.Empty(await second.Content.ReadAsByteArrayAsync());
            using var third = await admin.SendAsync(HttpMethod.Get, path, body: null, ("If-None-Match", "\"other\""));
            Assert.Equal(HttpStatusCode.OK, third.StatusCode);
        }
        await admin.DeleteAsync(Keys.Path + "/" + key.Id);
        using var revoked = await admin.SendAsync(HttpMethod.Get, Keys.Path + "/" + key.Id);
        Assert.NotNull(revoked.Headers.ETag);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("*", true)]
    [InlineData("{0}", true)]
    [InlineData("\"other\", {0}", true)]
    [InlineData("W/{0}", false)]
    [InlineData("\"other\"", false)]
    [InlineData("nonsense", false)]
    public void A_change_is_made_of_the_state_that_was_seen_alone(string? given, bool goesOn)
    {
        var tag = EntityTags.Of(new { topic = "tea" });
        Assert.NotEqual(tag, EntityTags.Of(new { topic = "coffee" }));
        var context = new DefaultHttpContext();
        if (given is not null) context.Request.Headers.IfMatch = given.Replace("{0}", tag, StringComparison.Ordinal);
        if (goesOn) EntityTags.Check(context, tag);
        else Assert.Equal(ErrorCodes.PreconditionFailed, Assert.Throws<ChatRefusedException>(() => EntityTags.Check(context, tag)).Code);
    }
}
