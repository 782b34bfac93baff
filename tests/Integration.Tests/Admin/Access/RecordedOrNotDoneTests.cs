using System.Net;
using System.Net.Http.Json;
using KaiChat.Integration.Tests.Moderation;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Admin.Access;

/// <summary>While the audit log cannot be written, operators change nothing: a change without a record there is not.</summary>
public sealed class RecordedOrNotDoneTests
{
    [Fact]
    public async Task What_cannot_be_recorded_is_refused_and_not_done()
    {
        // The clock stands still: however long this takes, nobody is late meanwhile.
        await using var server = await ChatServer.StartWithFakeClockAsync();
        server.Logs.Expected = line => line.Category.Contains("Storage", StringComparison.Ordinal);
        using var desk = new Operator(server);
        var tomorrow = server.Clock!.GetUtcNow().AddDays(1);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        await using var ben = await RawKaiClient.SignInAsync(server.Native, "ben", "@dev");
        await anna.SendAsync("@dev", "hello");
        await desk.SendAsync<ChannelDetails>(HttpStatusCode.Created, HttpMethod.Post, "/api/v1/channels", new { name = "kept", topic = "Work" });
        var ban = await desk.PostAsync<Sanction>("/api/v1/bans", new { username = "troll", reason = "spam" });
        var key = await desk.MakeAsync("ops", "audit:read");
        var notice = (await desk.PostAsync<NoticeReach>("/api/v1/notices", new { text = "later", sendAt = tomorrow })).Scheduled!;
        var connection = (await desk.GetAsync<Page<ClientConnection>>("/api/v1/connections?kind=native")).Items[0].Id;
        var inspection = await desk.PostAsync<Inspection>($"/api/v1/connections/{connection}/inspections", new { reason = "x" });
        var before = await SeenAsync(desk);

        using var shell = new SqliteShell(Path.Combine(server.Directory, "messages.db"));
        shell.Execute("CREATE TRIGGER failing BEFORE INSERT ON audit BEGIN SELECT raise(ABORT, 'the test says so'); END");
        (HttpMethod Method, string Path, object? Body)[] changes =
        [
            (HttpMethod.Post, "bans", new { username = "anna", reason = "x" }),
            (HttpMethod.Post, "mutes", new { username = "anna", reason = "x" }),
            (HttpMethod.Delete, $"bans/{ban.Id}", null),
            (HttpMethod.Post, "channels/dev/kicks", new { username = "anna", reason = "x" }),
            (HttpMethod.Post, "channels/dev/kicks", new { username = "anna", reason = "x", minutes = 5 }),
            (HttpMethod.Delete, $"sessions/{anna.Session.SessionId}", null),
            (HttpMethod.Put, "raid-level", new { level = 3 }),
            (HttpMethod.Post, "notices", new { text = "now" }),
            (HttpMethod.Post, "notices", new { text = "then", sendAt = tomorrow }),
            (HttpMethod.Delete, $"notices/{notice.Id}", null),
            (HttpMethod.Post, "keys", new { name = "more", scopes = new[] { "audit:read" } }),
            (HttpMethod.Delete, $"keys/{key.Id}", null),
            (HttpMethod.Post, "channels", new { name = "other" }),
            (HttpMethod.Patch, "channels/kept", new { topic = "Play" }),
            (HttpMethod.Delete, "channels/kept", null),
            (HttpMethod.Delete, "channels/dev", null),
            (HttpMethod.Delete, "channels/dev/messages/1", null),
            (HttpMethod.Post, "channels/dev/purge", new { throughSeq = 1 }),
            (HttpMethod.Post, "backups", new { }),
            (HttpMethod.Delete, $"connections/{connection}", null),
            (HttpMethod.Delete, $"inspections/{inspection.Id}", null),
            (HttpMethod.Post, "settings/reload", null),
        ];
        foreach (var (method, path, body) in changes)
        {
            using var answer = await desk.SendAsync(method, "/api/v1/" + path, body is null ? null : JsonContent.Create(body));
            Assert.True(answer.StatusCode == HttpStatusCode.ServiceUnavailable, $"{method} {path}: {answer.StatusCode}");
        }
        shell.Execute("DROP TRIGGER failing");

        // A channel that could not be made is open, and swept away; those who were there are, and nothing of all that was told.
        Assert.Equal(before, await SeenAsync(desk));
        await anna.SendAsync("@dev", "still here");
        await ben.FenceAsync();
        Assert.Empty(await ben.PollNoticesAsync());
        Assert.DoesNotContain(await desk.AuditAsync("?limit=200"), item => item.Target.Contains("anna", StringComparison.Ordinal));

        // And all of it goes on as soon as it can.
        Assert.Equal(HttpStatusCode.NoContent, await desk.DeleteAsync($"/api/v1/bans/{ban.Id}"));
        Assert.Equal("ban.delete", (await desk.AuditAsync())[0].Action);
    }

    /// <summary>All that the changes would change, as operators see it.</summary>
    private static async Task<string> SeenAsync(Operator desk)
    {
        var seen = new List<string>();
        foreach (var path in (string[])["bans", "mutes", "sessions", "raid-level", "notices", "keys", "channels/kept", "channels/dev/messages", "backups", "connections"])
        {
            using var answer = await desk.SendAsync(HttpMethod.Get, "/api/v1/" + path);
            var text = await answer.Content.ReadAsStringAsync();
            // What goes over a connection, and when it polled, is no change of an operator's.
            seen.Add(path == "connections" ? string.Join(',', (await desk.GetAsync<Page<ClientConnection>>("/api/v1/connections")).Items.Select(one => one.Id)) : text);
        }
        return string.Join('\n', seen);
    }
}
