using System.Net;
using System.Net.Http.Json;
using KaiChat.Integration.Tests.Admin.Access;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Admin;

/// <summary>What a request says and nobody means is refused, with its name, rather than left out or read as something else.</summary>
public sealed class StrictInputTests
{
    [Theory]
    [InlineData("/api/v1/console/session")]
    [InlineData("/api/v1/sessions")]
    [InlineData("/api/v1/keys")]
    [InlineData("/api/v1/channels")]
    public async Task An_encoding_that_nobody_knows_is_no_fault_of_the_server(string path)
    {
        await using var server = await ChatServer.StartAsync();
        using var admin = new Operator(server);
        foreach (var charset in new[] { "bogus", "utf-7", "", "\"\"", "\"x y\"" })
        {
            using var body = new ByteArrayContent("{}"u8.ToArray());
            Assert.True(body.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=" + charset));
            await Operator.ExpectProblemAsync(HttpStatusCode.UnsupportedMediaType, ErrorCodes.RequestInvalid, admin.SendAsync(HttpMethod.Post, path, body));
        }
    }

    [Fact]
    public async Task An_encoding_may_be_in_quotes()
    {
        await using var server = await ChatServer.StartAsync();
        using var body = new ByteArrayContent("{\"username\":\"anna\"}"u8.ToArray());
        Assert.True(body.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=\"utf-8\""));
        using var answer = await server.Http.PostAsync("/api/v1/sessions", body);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/api/v1/lobby?x=1", "x is not a parameter here. There are none.")]
    [InlineData("GET", "/api/v1/usernames/anna?x=1", "x is not a parameter here. There are none.")]
    [InlineData("POST", "/api/v1/sessions?x=1", "x is not a parameter here. There are none.")]
    [InlineData("POST", "/api/v1/sessions", "nickname is not a member here. Members: username.")]
    public async Task What_the_public_part_does_not_know_is_named(string method, string path, string sentence)
    {
        await using var server = await ChatServer.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method == "POST") request.Content = JsonContent.Create(new { username = "anna", nickname = "a" });
        var problem = await Operator.ExpectProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.RequestInvalid, server.Http.SendAsync(request));
        Assert.Equal(sentence, problem.Detail);
    }

    [Theory]
    [InlineData("connections?state=bogus", "state is one of: ")]
    [InlineData("bans/check?address=010.0.0.1", "address is an IP address.")]
    [InlineData("bans/check?address=%5B::1%5D:80", "address is an IP address.")]
    [InlineData("bans/check?address=fe80::1%25eth0", "address is an IP address.")]
    public async Task A_word_that_means_nothing_is_refused(string path, string sentence)
    {
        await using var server = await ChatServer.StartAsync();
        using var admin = new Operator(server);
        var problem = await admin.ExpectProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.ArgumentInvalid, "/api/v1/" + path);
        Assert.StartsWith(sentence, problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("connecting")]
    [InlineData("inchannel")]
    [InlineData("connected")]
    public async Task Every_state_there_is_may_be_asked_for(string state)
    {
        await using var server = await ChatServer.StartAsync();
        using var admin = new Operator(server);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        var found = await admin.GetAsync<Page<ClientConnection>>("/api/v1/connections?state=" + state);
        Assert.Equal(state == "inchannel" ? 1 : 0, found.Items.Count);
    }

    [Theory]
    [InlineData("bans")]
    [InlineData("mutes")]
    [InlineData("channels")]
    [InlineData("connections")]
    [InlineData("sessions")]
    [InlineData("notices")]
    [InlineData("jobs")]
    [InlineData("keys")]
    [InlineData("backups")]
    public async Task A_cursor_that_no_page_gave_is_refused(string list)
    {
        await using var server = await ChatServer.StartAsync();
        using var admin = new Operator(server);
        foreach (var cursor in new[] { "null", "true", "200", "YWJj", ".", "YWJj.", "YWJj.YWJj", "_w.YWJj", "%21.%21", "a.b.c" })
        {
            await admin.ExpectProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.RequestInvalid, $"/api/v1/{list}?after={cursor}");
        }
    }

    [Fact]
    public async Task A_cursor_of_another_list_is_refused()
    {
        await using var server = await ChatServer.StartAsync();
        using var admin = new Operator(server);
        foreach (var name in new[] { "@a", "@b" })
        {
            using var made = await admin.SendAsync(HttpMethod.Post, "/api/v1/channels", JsonContent.Create(new { name }));
            Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        }
        var next = (await admin.GetAsync<Page<ChannelInfo>>("/api/v1/channels?limit=1")).Next;
        Assert.Single((await admin.GetAsync<Page<ChannelInfo>>("/api/v1/channels?after=" + next)).Items);
        await admin.ExpectProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.RequestInvalid, "/api/v1/keys?after=" + next);
    }

    [Theory]
    [InlineData("keys", """{"name":"x","scopes":["audit:read"],"expiresAt":"%"}""", "expiresAt")]
    [InlineData("bans", """{"username":"anna","reason":"x","until":"%"}""", "until")]
    [InlineData("notices", """{"text":"x","sendAt":"%"}""", "sendAt")]
    public async Task A_time_without_a_zone_is_nobodys_time(string path, string body, string field)
    {
        await using var server = await ChatServer.StartAsync();
        using var admin = new Operator(server);
        foreach (var time in new[] { "2026-12-01T10:00:00", "2026-12-01", "2026-12-01T10:00:00 +01:00" })
        {
            var json = Keys.Json(body.Replace("%", time, StringComparison.Ordinal));
            var problem = await Operator.ExpectProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.RequestInvalid, admin.SendAsync(HttpMethod.Post, "/api/v1/" + path, json));
            Assert.Equal($"{field} is a time like 2026-03-02T08:30:00Z.", problem.Detail);
            Assert.Equal([field], problem.Errors?.Keys);
        }
    }

    [Theory]
    [InlineData("PUT", "raid-level", """{"level":"1"}""")]
    [InlineData("POST", "bans", """{"username":"anna","reason":"x","minutes":"5"}""")]
    [InlineData("POST", "channels/@dev/purge", """{"throughSeq":"25"}""")]
    [InlineData("POST", "notices", """{"text":"x","kind":0}""")]
    [InlineData("POST", "notices", """{"text":"x","kind":"0"}""")]
    [InlineData("PATCH", "channels/@dev", """{"native":{"edits":0,"deletions":"note","reactions":"note"}}""")]
    [InlineData("PATCH", "channels/@dev", """{"native":{"edits":"0","deletions":"note","reactions":"note"}}""")]
    public async Task A_number_is_no_text_and_a_word_no_number(string method, string path, string body)
    {
        await using var server = await ChatServer.StartAsync();
        using var admin = new Operator(server);
        using (var made = await admin.SendAsync(HttpMethod.Post, "/api/v1/channels", Keys.Json("""{"name":"@dev"}"""))) Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        await Operator.ExpectProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.RequestInvalid, admin.SendAsync(new HttpMethod(method), "/api/v1/" + path, Keys.Json(body)));
    }

    [Theory]
    [InlineData("010.0.0.1")]
    [InlineData("192.168.010.020")]
    [InlineData("[::1]:80")]
    [InlineData("fe80::1%eth0")]
    public async Task An_address_in_an_odd_spelling_is_not_banned_as_another_one(string network)
    {
        await using var server = await ChatServer.StartAsync();
        using var admin = new Operator(server);
        foreach (var query in new[] { "", "?dryRun=true" })
        {
            var body = JsonContent.Create(new { network, reason = "x" });
            await Operator.ExpectProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.ArgumentInvalid, admin.SendAsync(HttpMethod.Post, "/api/v1/bans" + query, body));
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(367 * 24 * 60)]
    public async Task A_dry_run_of_a_notice_refuses_the_times_that_the_notice_does(int minutes)
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var admin = new Operator(server);
        foreach (var query in new[] { "", "?dryRun=true" })
        {
            var body = JsonContent.Create(new { text = "x", sendAt = server.Clock!.GetUtcNow().AddMinutes(minutes) });
            await Operator.ExpectProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.ArgumentInvalid, admin.SendAsync(HttpMethod.Post, "/api/v1/notices" + query, body));
        }
    }

    [Fact]
    public async Task The_type_of_a_problem_leads_to_its_explanation()
    {
        await using var server = await ChatServer.StartAsync();
        using var admin = new Operator(server);
        var problem = await admin.ExpectProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound, "/api/v1/bans/1");
        var type = new Uri(server.Web, problem.Type);
        using var answer = await server.Http.GetAsync(type);
        Assert.Equal((HttpStatusCode.OK, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains($"<h2 id=\"{type.Fragment[1..]}\"><code>not-found</code></h2>\n<p><strong>Cause.</strong> ", page, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\*\*|`|\]\(|##", page);
    }
}
