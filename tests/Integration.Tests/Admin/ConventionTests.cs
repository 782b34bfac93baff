using System.Net;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Admin;

/// <summary>What holds for every operation (docs/admin-api.md, "Conventions").</summary>
public sealed class ConventionTests
{
    [Theory]
    [InlineData("server?verbose=1", "verbose", ErrorCodes.RequestInvalid, "verbose is not a parameter here. There are none.")]
    [InlineData("channels?lmit=5", "lmit", ErrorCodes.RequestInvalid, "lmit is not a parameter here. Parameters: state, name, after, limit.")]
    [InlineData("connections?kind=web&kind=native", "kind", ErrorCodes.RequestInvalid, "kind is given 2 times.")]
    [InlineData("connections?kind=phone", "kind", ErrorCodes.ArgumentInvalid, "kind is one of: web, native.")]
    [InlineData("connections?kind=1", "kind", ErrorCodes.ArgumentInvalid, "kind is one of: web, native.")]
    [InlineData("connections?kind=", "kind", ErrorCodes.ArgumentInvalid, "kind is one of: web, native.")]
    [InlineData("channels?limit=0", "limit", ErrorCodes.ArgumentInvalid, "limit is from 1 to 200.")]
    [InlineData("channels?limit=201", "limit", ErrorCodes.ArgumentInvalid, "limit is from 1 to 200.")]
    [InlineData("channels?limit=-5", "limit", ErrorCodes.ArgumentInvalid, "limit is from 1 to 200.")]
    [InlineData("channels?limit=9223372036854775807", "limit", ErrorCodes.ArgumentInvalid, "limit is from 1 to 200.")]
    [InlineData("channels?limit=-9223372036854775808", "limit", ErrorCodes.ArgumentInvalid, "limit is from 1 to 200.")]
    [InlineData("channels?limit=many", "limit", ErrorCodes.RequestInvalid, "limit is a whole number.")]
    [InlineData("channels?limit=", "limit", ErrorCodes.RequestInvalid, "limit is a whole number.")]
    [InlineData("channels/x/messages?near=5", "near", ErrorCodes.RequestInvalid, "near is not a parameter here. Parameters: before, after, around, limit.")]
    public async Task A_wrong_query_parameter_is_refused_by_name(string path, string parameter, string code, string sentence)
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        var problem = await someone.ExpectProblemAsync(HttpStatusCode.BadRequest, code, "/api/v1/" + path);
        Assert.Equal(sentence, problem.Detail);
        Assert.Equal([sentence], Assert.Single(problem.Errors!, error => error.Key == parameter).Value);
    }

    [Theory]
    [InlineData("channels?after=%21")]
    [InlineData("connections?after=a")]
    public async Task A_cursor_that_is_none_is_refused(string path)
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        await someone.ExpectProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.RequestInvalid, "/api/v1/" + path);
    }

    [Fact]
    public async Task An_unknown_parameter_keeps_a_deletion_from_being_done()
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        await using var anna = await RawKaiClient.SignInAsync(server.Native, "anna");
        var connection = Assert.Single((await someone.GetAsync<Page<ClientConnection>>("/api/v1/connections")).Items);
        await Operator.ExpectProblemAsync(
            HttpStatusCode.BadRequest, ErrorCodes.RequestInvalid, someone.SendAsync(HttpMethod.Delete, $"/api/v1/connections/{connection.Id}?dryRun=true"));
        Assert.True(server.IsConnected("anna"));
    }

    [Fact]
    public async Task Every_error_is_a_problem_document()
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        await someone.ExpectProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound, "/api/v1/nothing");
        await someone.ExpectProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound, "/api/v2/server");
        await someone.ExpectProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound, "/swagger/v9/swagger.json");
        using var wrongMethod = await someone.SendAsync(HttpMethod.Put, "/api/v1/server");
        Assert.Equal(["GET"], wrongMethod.Content.Headers.Allow);
        await Operator.ExpectProblemAsync(HttpStatusCode.MethodNotAllowed, ErrorCodes.RequestInvalid, Task.FromResult(wrongMethod));
        using var form = new StringContent("username=anna");
        await Operator.ExpectProblemAsync(HttpStatusCode.UnsupportedMediaType, ErrorCodes.RequestInvalid, someone.SendAsync(HttpMethod.Post, "/api/v1/sessions", form));
    }

    [Fact]
    public async Task Every_list_has_a_tag_and_is_not_sent_again_to_who_has_it_and_HEAD_has_no_body()
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        await anna.SendAsync("@dev", "hello");
        foreach (var path in (string[])["channels", "channels/dev/members", "channels/dev/messages", "channels/dev/messages/1/versions", "conversations", "conversations/1/messages", "conversations/1/messages/1/versions", "sessions", "bans", "mutes", "notices", "keys", "scopes", "settings", "backups", "jobs", "inspections"])
        {
            using var first = await someone.SendAsync(HttpMethod.Get, "/api/v1/" + path);
            Assert.True(first.Headers.ETag is { IsWeak: false }, path);
            using var head = await someone.SendAsync(HttpMethod.Head, "/api/v1/" + path);
            Assert.Equal((HttpStatusCode.OK, first.Headers.ETag, "application/json"), (head.StatusCode, head.Headers.ETag, head.Content.Headers.ContentType!.MediaType));
            Assert.Empty(await head.Content.ReadAsByteArrayAsync());
            foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head])
            {
                using var again = await someone.SendAsync(method, "/api/v1/" + path, body: null, ("If-None-Match", first.Headers.ETag.ToString()));
                Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
            }
        }
        await anna.SendAsync("@dev", "more");
        using var before = await someone.SendAsync(HttpMethod.Get, "/api/v1/channels/dev/messages?limit=1");
        await anna.EditAsync("@dev", 2, "changed");
        using var after = await someone.SendAsync(HttpMethod.Get, "/api/v1/channels/dev/messages?limit=1", body: null, ("If-None-Match", before.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Fact]
    public async Task HEAD_makes_no_stream_and_no_download_and_needs_the_key()
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        foreach (var path in (string[])["events", "channels/dev/export", "audit/export", "backups/none.zip"])
        {
            using var answer = await someone.SendAsync(HttpMethod.Head, "/api/v1/" + path);
            Assert.Equal((HttpStatusCode.MethodNotAllowed, "GET"), (answer.StatusCode, answer.Content.Headers.Allow.Single()));
        }
        using var stranger = new Operator(server, key: null);
        using var refused = await stranger.SendAsync(HttpMethod.Head, "/api/v1/channels");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        using var missing = await someone.SendAsync(HttpMethod.Head, "/api/v1/channels/nowhere");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Empty((await someone.GetAsync<Page<AuditItem>>("/api/v1/audit")).Items);
    }

    [Fact]
    public async Task Answers_are_compressed_and_open_to_no_other_site()
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        using var answer = await someone.SendAsync(HttpMethod.Get, "/api/v1/settings", body: null, ("Accept-Encoding", "br"), ("Origin", "https://elsewhere.example"));
        Assert.Equal((HttpStatusCode.OK, "br"), (answer.StatusCode, answer.Content.Headers.ContentEncoding.Single()));
        Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        using var preflight = await someone.SendAsync(HttpMethod.Options, "/api/v1/settings", body: null, ("Origin", "https://elsewhere.example"), ("Access-Control-Request-Method", "GET"));
        Assert.DoesNotContain(preflight.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Sessions_are_filtered()
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        await using var ben = await RawKaiClient.SignInAsync(server.Native, "Ben", "@dev");
        await using var cleo = await WebUser.SignInAsync(server, "cleo");
        async Task<string> Names(string query) => string.Join(' ', (await someone.GetAsync<Page<SessionInfo>>("/api/v1/sessions" + query)).Items.Select(one => one.Username));
        Assert.Equal("anna Ben cleo", await Names(""));
        Assert.Equal("Ben", await Names("?kind=native"));
        Assert.Equal("Ben", await Names("?username=BEN"));
        Assert.Equal("anna Ben", await Names("?channel=DEV"));
        Assert.Equal("anna", await Names("?channel=%40dev&kind=web"));
        Assert.Equal("", await Names("?channel=nowhere"));
    }

    [Fact]
    public async Task Times_are_in_UTC_and_words_in_lower_case()
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        await using var anna = await RawKaiClient.SignInAsync(server.Native, "anna", "@dev");
        using var answer = await someone.SendAsync(HttpMethod.Get, "/api/v1/connections");
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains("\"kind\":\"native\"", text, StringComparison.Ordinal);
        Assert.Matches("\"connectedAt\":\"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+\\+00:00\"", text);
    }
}
