using System.Net;
using System.Text.Json;
using KaiChat.Server.Access;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace KaiChat.Integration.Tests.Admin.Access;

/// <summary><c>/api/v1/audit</c>, and what is recorded.</summary>
public sealed class AuditApiTests
{
    private const string Path = "/api/v1/audit";

    [Fact]
    public async Task A_change_is_recorded_with_who_what_and_where_and_what_is_refused_is_not()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var ops = await Keys.WithScopesAsync(server, "ops", Scopes.ConnectionsWrite, Scopes.AuditRead);
        await using var anna = await RawKaiClient.SignInAsync(server.Native, "anna", "@dev");
        var connection = Assert.Single((await ops.GetAsync<Page<ClientConnection>>("/api/v1/connections")).Items);
        await ops.DeleteAsync("/api/v1/connections/" + connection.Id);
        await ops.DeleteAsync("/api/v1/connections/" + connection.Id);
        await ops.ExpectProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.ScopeMissing, "/api/v1/keys");

        var item = (await ops.AuditAsync())[0];
        Assert.Equal(("ops", "connection.delete", connection.Id, "127.0.0.1"), (item.Actor, item.Action, item.Target, item.Address));
        Assert.Equal(("anna", "native", null), (item.Before!.Value.GetProperty("username").GetString(), item.Before.Value.GetProperty("kind").GetString(), item.After));
        Assert.Equal(server.Clock!.GetUtcNow(), item.At);
        Assert.NotEmpty(item.RequestId!);
        Assert.Equal(["connection.delete", "key.create"], (await ops.AuditAsync()).Select(one => one.Action));
    }

    [Fact]
    public async Task Exports_reloads_and_backups_are_recorded()
    {
        await using var server = await ChatServer.StartAsync();
        using var admin = new Operator(server);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        await anna.SendAsync("@dev", "a secret text");
        foreach (var path in new[] { "channels/dev/export", "conversations/1/export" }) (await admin.SendAsync(HttpMethod.Get, "/api/v1/" + path)).Dispose();
        (await admin.SendAsync(HttpMethod.Post, "/api/v1/settings/reload")).Dispose();
        using var begun = await admin.SendAsync(HttpMethod.Post, "/api/v1/backups", Keys.Json("""{"withSecrets":true}"""));
        Assert.Equal(HttpStatusCode.Accepted, begun.StatusCode);
        var items = await admin.AuditAsync();
        Assert.Equal(["backup.create", "settings.reload", "settings.reload", "conversation.export", "channel.export"], items.Select(item => item.Action));
        Assert.Equal("True", items[0].Member("withSecrets"));
        Assert.Equal("@dev", items[4].Target);
        Assert.DoesNotContain(items, item => JsonSerializer.Serialize(item).Contains("a secret text", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_filtered_and_comes_by_page()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var admin = new Operator(server);
        var trail = server.Services.GetRequiredService<AuditTrail>();
        for (var i = 0; i < 7; i++)
        {
            await trail.RecordAsync(new Actor(i % 2 == 0 ? "ops" : "ops as anna", "::1", null), i < 5 ? "ban.create" : "ban.delete", $"troll{i}");
            server.Clock!.Advance(TimeSpan.FromHours(1));
        }
        var ids = new List<string>();
        for (string? next = Path + "?actor=ops&limit=2"; next is not null;)
        {
            (var page, next) = await admin.GetPageAsync<AuditItem>(next);
            ids.AddRange(page.Items.Select(item => item.Target));
        }
        Assert.Equal(["troll6", "troll4", "troll2", "troll0"], ids);
        Assert.Equal(["troll6", "troll5"], (await admin.AuditAsync("?action=ban.delete")).Select(item => item.Target));
        Assert.Equal(7, (await admin.AuditAsync("?action=ban.")).Count);
        Assert.Equal("troll3", Assert.Single(await admin.AuditAsync("?target=troll3")).Target);
        Assert.Equal(["troll2", "troll1"], (await admin.AuditAsync("?from=2026-03-01T13:00:00Z&until=2026-03-01T16:00:00%2B01:00")).Select(item => item.Target));
    }

    [Theory]
    [InlineData("?from=yesterday", "from is a time like")]
    [InlineData("?from=2026-03-01", "from is a time like")]
    [InlineData("?from=2026-03-01T13:00:00", "from is a time like")]
    [InlineData("?until=2026-03-01T13:00:00+01:00", "until is a time like")]
    [InlineData("?after=x", "after is a whole number")]
    [InlineData("?after=0", "after is from 1")]
    [InlineData("?who=ops", "who is not a parameter here")]
    public async Task A_filter_that_is_none_is_refused(string query, string sentence)
    {
        await using var server = await ChatServer.StartAsync();
        using var admin = new Operator(server);
        foreach (var path in new[] { Path, Path + "/export" })
        {
            if (path != Path && query.StartsWith("?after", StringComparison.Ordinal)) continue;
            using var answer = await admin.SendAsync(HttpMethod.Get, path + query);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains(sentence, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_export_has_one_change_a_line_however_many_there_are()
    {
        await using var server = await ChatServer.StartAsync();
        using var admin = new Operator(server);
        var trail = server.Services.GetRequiredService<AuditTrail>();
        await Task.WhenAll(Enumerable.Range(0, 1203).Select(i => trail.RecordAsync(Actor.Server, "test.do", $"line\n{i}", before: null, new { i })));
        await trail.RecordAsync(Actor.Server, "other.do", "x");
        using var answer = await admin.SendAsync(HttpMethod.Get, Path + "/export?action=test.do");
        Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType!.MediaType);
        Assert.Matches("^audit-[0-9]{8}T[0-9]{6}Z.jsonl$", answer.Content.Headers.ContentDisposition!.FileName);
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<AuditItem>(line, JsonSerializerOptions.Web)!).ToArray();
        Assert.Equal(1203, lines.Select(item => item.Target).Distinct().Count());
        Assert.Equal(lines.Select(item => item.Id), lines.Select(item => item.Id).OrderByDescending(id => long.Parse(id, null)));
    }
}
