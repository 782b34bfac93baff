using System.Net;
using KaiChat.Integration.Tests.Admin.Access;
using KaiChat.Integration.Tests.Moderation;
using KaiChat.Server.Chat.Moderation;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Admin;

/// <summary>Notices that wait for their time.</summary>
public sealed class NoticesApiTests
{
    private const string Notices = "/api/v1/notices";

    [Fact]
    public async Task A_scheduled_notice_is_told_at_its_time_to_those_who_are_there_then()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var desk = new Operator(server);
        var clock = server.Clock!;
        var at = clock.GetUtcNow().AddMinutes(10);
        using var made = await desk.PostAsync(Notices, new { text = "für alle in @dev", channel = "dev", dismissible = false, sendAt = at });
        Assert.Equal((HttpStatusCode.Created, "/api/v1/notices/1"), (made.StatusCode, made.Headers.Location!.OriginalString));
        var waiting = await desk.GetAsync<ScheduledNotice>(made.Headers.Location.OriginalString);
        Assert.Equal(new ScheduledNotice("1", "für alle in @dev", "@dev", Kind: null, Dismissible: false, at, "admin", clock.GetUtcNow()), waiting);

        // The channel was not open when it was scheduled, and nobody was there.
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        await using var native = await RawKaiClient.SignInAsync(server.Native, "cleo", "@dev");
        await using var ben = await WebUser.SignInAsync(server, "ben", "@other");
        clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(new Notice("@dev", "für alle in @dev", Dismissible: false), await anna.WaitForAsync<Notice>(nameof(IChatClient.Notice)));
        Assert.Equal(["fur alle in @dev"], await native.PollNoticesAsync());
        Assert.Empty((await desk.GetAsync<Page<ScheduledNotice>>(Notices)).Items);
        await desk.ExpectProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound, Notices + "/1");
        await desk.PostAsync<NoticeReach>(Notices, new { text = "fence" });
        Assert.Equal("fence", (await ben.WaitForAsync<Notice>(nameof(IChatClient.Notice))).Text);
        var audit = (await desk.AuditAsync("?action=notice.")).Reverse().ToArray();
        Assert.Equal([("admin", "notice.create", "@dev"), ("server", "notice.send", "@dev"), ("admin", "notice.create", "server")], audit.Select(item => (item.Actor, item.Action, item.Target)));
        Assert.Equal(("2", "admin"), (audit[1].Member("recipients"), audit[1].Before!.Value.GetProperty("by").GetString()));
    }

    [Fact]
    public async Task They_are_listed_soonest_first_and_a_cancelled_one_is_never_told()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var desk = new Operator(server);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        var now = server.Clock!.GetUtcNow();
        foreach (var (text, minutes) in ((string, int)[])[("third", 3), ("first", 1), ("second", 2)])
        {
            await desk.PostAsync<NoticeReach>(Notices, new { text, sendAt = now.AddMinutes(minutes) });
        }
        var (page, next) = await desk.GetPageAsync<ScheduledNotice>(Notices + "?limit=2");
        Assert.Equal([("2", "first"), ("3", "second")], page.Items.Select(notice => (notice.Id, notice.Text)));
        Assert.Equal("third", Assert.Single((await desk.GetPageAsync<ScheduledNotice>(next!)).Page.Items).Text);

        foreach (var id in (string[])["2", "2", "99", "none"]) Assert.Equal(HttpStatusCode.NoContent, await desk.DeleteAsync($"{Notices}/{id}"));
        server.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal("second", (await anna.WaitForAsync<Notice>(nameof(IChatClient.Notice))).Text);
        Assert.Equal(["notice.send second", "notice.delete first"], (await desk.AuditAsync("?action=notice.")).Take(2).Select(item => $"{item.Action} {item.Before!.Value.GetProperty("text")}"));
        // A number is never given again.
        Assert.Equal("4", (await desk.PostAsync<NoticeReach>(Notices, new { text = "x", sendAt = now.AddHours(1) })).Scheduled!.Id);
    }

    [Fact]
    public async Task They_outlive_a_restart_and_what_came_due_meanwhile_is_told_when_the_pages_are_back_unless_it_is_too_late()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        var clock = server.Clock!;
        var now = clock.GetUtcNow();
        using (var desk = new Operator(server))
        {
            foreach (var (text, minutes) in ((string, int)[])[("too late", 1), ("just late", 31), ("in time", 91)])
            {
                await desk.PostAsync<NoticeReach>(Notices, new { text, sendAt = now.AddMinutes(minutes) });
            }
        }
        await server.StopAsync();
        clock.Advance(TimeSpan.FromMinutes(90));
        await server.RestartAsync();

        using var again = new Operator(server);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        Assert.Equal(3, (await again.GetAsync<Page<ScheduledNotice>>(Notices)).Items.Count);
        clock.Advance(NoticeSchedule.Arrival);
        Assert.Equal("just late", (await anna.WaitForAsync<Notice>(nameof(IChatClient.Notice))).Text);
        await server.WaitUntilAsync(() => server.Logs.Lines.Any(line => line.EventId == 1509), "The notice that was told is not in the log.");
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("in time", (await anna.WaitForAsync<Notice>(nameof(IChatClient.Notice))).Text);
        Assert.Equal(
            ["notice.send in time", "notice.send just late", "notice.drop too late"],
            (await again.AuditAsync("?actor=server")).Select(item => $"{item.Action} {item.Before!.Value.GetProperty("text")}"));
        Assert.Contains(server.Logs.Lines, line => line.EventId == 1510);
    }

    [Fact]
    public async Task A_clock_that_was_ahead_at_the_start_and_is_set_right_then_makes_none_late()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        var clock = server.Clock!;
        using (var desk = new Operator(server)) await desk.PostAsync<NoticeReach>(Notices, new { text = "in time", sendAt = clock.GetUtcNow().AddMinutes(31) });
        await server.StopAsync();
        clock.SetTimeOfDay(TimeSpan.FromHours(2));
        await server.RestartAsync();
        clock.SetTimeOfDay(TimeSpan.FromHours(-2));

        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        clock.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal("in time", (await anna.WaitForAsync<Notice>(nameof(IChatClient.Notice))).Text);
    }

    [Fact]
    public async Task What_cannot_be_recorded_is_told_as_soon_as_it_can()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        server.Logs.Expected = line => line.Category.Contains("Storage", StringComparison.Ordinal);
        using var desk = new Operator(server);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        await desk.PostAsync<NoticeReach>(Notices, new { text = "hello", sendAt = server.Clock!.GetUtcNow().AddMinutes(1) });
        using (var shell = new SqliteShell(Path.Combine(server.Directory, "messages.db")))
        {
            shell.Execute("CREATE TRIGGER failing BEFORE INSERT ON audit BEGIN SELECT raise(ABORT, 'the test says so'); END");
            server.Clock.Advance(TimeSpan.FromMinutes(1));
            await server.WaitUntilAsync(() => server.Logs.Lines.Any(line => line.EventId == 1511), "That it could not be told is not in the log.");
            shell.Execute("DROP TRIGGER failing");
        }
        Assert.Single((await desk.GetAsync<Page<ScheduledNotice>>(Notices)).Items);
        await server.Clock.WhenTimerDueAsync(TimeSpan.FromSeconds(5));

        server.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("hello", (await anna.WaitForAsync<Notice>(nameof(IChatClient.Notice))).Text);
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_and_nothing_is_scheduled()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync("Limits:MaxScheduledNotices=1");
        using var desk = new Operator(server);
        var now = server.Clock!.GetUtcNow();
        foreach (var sendAt in (DateTimeOffset[])[now, now.AddDays(-1), now.AddDays(366).AddSeconds(1)])
        {
            var problem = await Operator.ExpectProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.ArgumentInvalid, desk.PostAsync(Notices, new { text = "x", sendAt }));
            Assert.StartsWith("sendAt is ", problem.Detail, StringComparison.Ordinal);
        }
        await Operator.ExpectProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.RequestInvalid, desk.PostAsync(Notices, new { text = "x", sendAt = "soon" }));
        await Operator.ExpectProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.ArgumentInvalid, desk.PostAsync(Notices, new { text = " ", sendAt = now.AddDays(1) }));
        await Operator.ExpectProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.ChannelInvalid, desk.PostAsync(Notices, new { text = "x", channel = "a b", sendAt = now.AddDays(1) }));
        Assert.Null((await desk.PostAsync<NoticeReach>(Notices + "?dryRun=true", new { text = "x", sendAt = now.AddDays(1) }, HttpStatusCode.OK)).Scheduled);
        Assert.Empty((await desk.GetAsync<Page<ScheduledNotice>>(Notices)).Items);

        await desk.PostAsync<NoticeReach>(Notices, new { text = "x", sendAt = now.AddDays(366) });
        var full = await Operator.ExpectProblemAsync(HttpStatusCode.ServiceUnavailable, ErrorCodes.LimitReached, desk.PostAsync(Notices, new { text = "y", sendAt = now.AddDays(1) }));
        Assert.Contains("Limits:MaxScheduledNotices", full.Detail, StringComparison.Ordinal);
    }
}
