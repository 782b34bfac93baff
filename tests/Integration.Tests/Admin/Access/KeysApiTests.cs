using System.Net;
using System.Net.Http.Json;
using KaiChat.Server.Access;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Admin.Access;

/// <summary><c>/api/v1/keys</c></summary>
public sealed class KeysApiTests
{
    [Fact]
    public async Task A_key_is_made_used_and_revoked()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var admin = new Operator(server);
        using var answer = await admin.SendAsync(HttpMethod.Post, Keys.Path, JsonContent.Create(new KeyRequest("ops", ["server:read", "audit:read", "server:read"])));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        var made = (await answer.Content.ReadFromJsonAsync<ApiKey>())!;
        Assert.Equal(Keys.Path + "/" + made.Id, answer.Headers.Location!.OriginalString);
        Assert.Matches("^kck_[A-Za-z0-9_-]{43}$", made.Secret);
        Assert.Equal(["audit:read", "server:read"], made.Scopes);
        Assert.Equal(("ops", "admin", server.Clock!.GetUtcNow()), (made.Name, made.CreatedBy, made.CreatedAt));

        using var ops = new Operator(server, made.Secret);
        await ops.GetAsync<ServerInfo>("/api/v1/server");
        var shown = await admin.GetAsync<ApiKey>(Keys.Path + "/" + made.Id);
        Assert.Equal((null, server.Clock.GetUtcNow()), (shown.Secret, shown.LastUsedAt!.Value));
        Assert.Equal(made.Id, Assert.Single((await admin.GetAsync<Page<ApiKey>>(Keys.Path)).Items).Id);

        Assert.Equal(HttpStatusCode.NoContent, await admin.DeleteAsync(Keys.Path + "/" + made.Id));
        await ops.ExpectProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.Unauthorized, "/api/v1/server");
        Assert.Equal(HttpStatusCode.NoContent, await admin.DeleteAsync(Keys.Path + "/" + made.Id));
        Assert.NotNull((await admin.GetAsync<ApiKey>(Keys.Path + "/" + made.Id)).RevokedAt);
        Assert.Equal(["key.delete", "key.create"], (await admin.AuditAsync()).Select(item => item.Action));
    }

    [Fact]
    public async Task Keys_are_kept_over_a_restart_as_hashes()
    {
        await using var server = await ChatServer.StartAsync();
        string secret;
        using (var admin = new Operator(server)) secret = (await admin.MakeAsync("ops", Scopes.ServerRead)).Secret!;
        await server.RestartAsync();
        using var ops = new Operator(server, secret);
        await ops.GetAsync<ServerInfo>("/api/v1/server");
        await server.StopAsync();
        foreach (var file in Directory.EnumerateFiles(server.Directory, "*", SearchOption.AllDirectories))
        {
            Assert.DoesNotContain(secret["kck_".Length..], System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)), StringComparison.Ordinal);
        }
        Assert.DoesNotContain(server.Logs.Lines, line => line.Text.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_is_worth_nothing_from_its_end_on_and_its_use_is_written_once_a_minute()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var admin = new Operator(server);
        var end = server.Clock!.GetUtcNow().AddMinutes(10);
        using var answer = await admin.SendAsync(HttpMethod.Post, Keys.Path, JsonContent.Create(new KeyRequest("ops", [Scopes.ServerRead], end.ToOffset(TimeSpan.FromHours(2)))));
        var made = (await answer.Content.ReadFromJsonAsync<ApiKey>())!;
        Assert.Equal((end, TimeSpan.Zero), (made.ExpiresAt!.Value, made.ExpiresAt.Value.Offset));
        using var ops = new Operator(server, made.Secret);
        var first = server.Clock.GetUtcNow();
        await ops.GetAsync<ServerInfo>("/api/v1/server");
        server.Clock.Advance(TimeSpan.FromSeconds(59));
        await ops.GetAsync<ServerInfo>("/api/v1/server");
        Assert.Equal(first, (await admin.GetAsync<ApiKey>(Keys.Path + "/" + made.Id)).LastUsedAt);
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        await ops.GetAsync<ServerInfo>("/api/v1/server");
        Assert.Equal(first.AddMinutes(1), (await admin.GetAsync<ApiKey>(Keys.Path + "/" + made.Id)).LastUsedAt);
        server.Clock.Advance(TimeSpan.FromMinutes(9));
        await ops.ExpectProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.Unauthorized, "/api/v1/server");
    }

    [Theory]
    [InlineData("""{}""", ErrorCodes.ArgumentInvalid, "name has 1 to 64")]
    [InlineData("""{"name":"a b","scopes":["audit:read"]}""", ErrorCodes.ArgumentInvalid, "name has 1 to 64")]
    [InlineData("""{"name":"Admin","scopes":["audit:read"]}""", ErrorCodes.ArgumentInvalid, "name cannot be Admin")]
    [InlineData("""{"name":"server","scopes":["audit:read"]}""", ErrorCodes.ArgumentInvalid, "name cannot be server")]
    [InlineData("""{"name":"x"}""", ErrorCodes.ArgumentInvalid, "scopes names at least one")]
    [InlineData("""{"name":"x","scopes":[]}""", ErrorCodes.ArgumentInvalid, "scopes names at least one")]
    [InlineData("""{"name":"x","scopes":[null]}""", ErrorCodes.ArgumentInvalid, "scopes has null")]
    [InlineData("""{"name":"x","scopes":["audit:raed"]}""", ErrorCodes.ArgumentInvalid, "scopes has audit:raed")]
    [InlineData("""{"name":"x","scopes":["audit:read"],"expiresAt":"2001-01-01T00:00:00Z"}""", ErrorCodes.ArgumentInvalid, "expiresAt is over")]
    public async Task What_is_no_key_is_refused(string body, string code, string sentence)
    {
        await using var server = await ChatServer.StartAsync();
        using var admin = new Operator(server);
        var problem = await Operator.ExpectProblemAsync(HttpStatusCode.BadRequest, code, admin.SendAsync(HttpMethod.Post, Keys.Path, Keys.Json(body)));
        Assert.StartsWith(sentence, problem.Detail, StringComparison.Ordinal);
        Assert.Empty((await admin.GetAsync<Page<ApiKey>>(Keys.Path)).Items);
    }

    [Fact]
    public async Task A_name_is_never_given_twice()
    {
        await using var server = await ChatServer.StartAsync();
        using var admin = new Operator(server);
        var first = await admin.MakeAsync("ops", Scopes.ServerRead);
        await admin.DeleteAsync(Keys.Path + "/" + first.Id);
        await Operator.ExpectProblemAsync(HttpStatusCode.Conflict, ErrorCodes.AlreadyExists, admin.SendAsync(HttpMethod.Post, Keys.Path, JsonContent.Create(new KeyRequest("OPS", [Scopes.ServerRead]))));
    }

    [Fact]
    public async Task Nobody_gives_more_than_he_has()
    {
        await using var server = await ChatServer.StartAsync();
        using var ops = await Keys.WithScopesAsync(server, "ops", Scopes.KeysWrite, Scopes.ChannelsWrite);
        // Writing includes reading, here too.
        await ops.MakeAsync("fine", Scopes.KeysWrite, Scopes.ChannelsRead);
        var problem = await Operator.ExpectProblemAsync(
            HttpStatusCode.Forbidden, ErrorCodes.ScopeMissing, ops.SendAsync(HttpMethod.Post, Keys.Path, JsonContent.Create(new KeyRequest("more", [Scopes.KeysWrite, Scopes.AuditRead]))));
        Assert.Contains("audit:read", problem.Detail, StringComparison.Ordinal);
        using var admin = new Operator(server);
        Assert.Equal("ops", Assert.Single(await admin.AuditAsync("?target=fine")).Actor);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("x")]
    [InlineData("99999999999999999999999")]
    public async Task A_key_that_is_none_is_not_found_and_gone(string id)
    {
        await using var server = await ChatServer.StartAsync();
        using var admin = new Operator(server);
        await admin.ExpectProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound, $"{Keys.Path}/{id}");
        Assert.Equal(HttpStatusCode.NoContent, await admin.DeleteAsync($"{Keys.Path}/{id}"));
    }

    [Fact]
    public async Task Keys_come_by_page_in_order_of_age()
    {
        await using var server = await ChatServer.StartAsync();
        using var admin = new Operator(server);
        for (var i = 0; i < 11; i++) await admin.MakeAsync($"key{i}", Scopes.ServerRead);
        var names = new List<string>();
        for (string? next = Keys.Path + "?limit=4"; next is not null;)
        {
            (var page, next) = await admin.GetPageAsync<ApiKey>(next);
            names.AddRange(page.Items.Select(key => key.Name));
        }
        Assert.Equal(Enumerable.Range(0, 11).Select(i => $"key{i}"), names);
    }

    [Fact]
    public async Task All_scopes_are_listed_with_what_they_open()
    {
        await using var server = await ChatServer.StartAsync();
        using var admin = new Operator(server);
        var scopes = (await admin.GetAsync<Page<ScopeInfo>>("/api/v1/scopes")).Items;
        Assert.Equal(Scopes.All.Order(StringComparer.Ordinal), scopes.Select(scope => scope.Name).Order(StringComparer.Ordinal));
        Assert.All(scopes, scope => Assert.NotEmpty(scope.Text));
    }
}
