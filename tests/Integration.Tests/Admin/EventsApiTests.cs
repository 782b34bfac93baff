using System.Net;
using KaiChat.Server.Access;
using KaiChat.Server.Admin.Events;
using KaiChat.Server.Diagnostics.History;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace KaiChat.Integration.Tests.Admin;

/// <summary><c>/api/v1/events</c> and <c>/api/v1/stats</c>.</summary>
public sealed class EventsApiTests
{
    private const string Path = "/api/v1/events";

    [Fact]
    public async Task A_connection_is_told_of_from_its_opening_to_its_end()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var events = await EventListener.OpenAsync(server, $"{Path}?topics=connections");
        var anna = await RawKaiClient.SignInAsync(server.Native, "anna", "@dev");
        var opened = await events.NextAsync<ClientConnection>("connection.opened");
        Assert.Equal((Origin.Native, "idle"), (opened.Kind, opened.State));
        // Of all that has happened since, the next look tells once.
        server.Clock!.Advance(StatsSampler.Interval);
        var changed = await events.NextAsync<ClientConnection>("connection.changed");
        Assert.Equal((opened.Id, "inChannel", "anna"), (changed.Id, changed.State, changed.Username));
        Assert.Equal(["@dev"], changed.Channels);
        await anna.SendAsync(Shared.KaiChat.KaiPdu.Quit);
        Assert.Equal(new ConnectionClosed(opened.Id, Origin.Native, "Quit"), await events.NextAsync<ConnectionClosed>("connection.closed"));
        await anna.DisposeAsync();
    }

    [Fact]
    public async Task Who_comes_back_gets_what_it_missed_once()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var whole = await EventListener.OpenAsync(server, $"{Path}?topics=connections,audit");
        var expected = new List<string>();
        string? last;
        using (var first = await EventListener.OpenAsync(server, $"{Path}?topics=connections,audit"))
        {
            await ConnectSomeAsync(server, 3);
            for (var i = 0; i < 4; i++) expected.Add((await first.TryReadAsync())!.Value.Data);
            last = first.LastEventId;
        }
        await server.Services.GetRequiredService<AuditTrail>().RecordAsync(Actor.Server, "test.create", "nothing");
        await ConnectSomeAsync(server, 3);
        using (var back = await EventListener.OpenAsync(server, $"{Path}?topics=connections,audit", last))
        {
            Assert.Equal(last, back.LastEventId);
            for (var i = 0; i < 9; i++) expected.Add((await back.TryReadAsync())!.Value.Data);
        }
        var all = new List<string>();
        for (var i = 0; i < 13; i++) all.Add((await whole.TryReadAsync())!.Value.Data);
        Assert.Equal(all, expected);
    }

    [Fact]
    public async Task Who_comes_back_too_late_is_told_to_begin_anew()
    {
        await using var server = await ChatServer.StartAsync();
        string? last;
        using (var first = await EventListener.OpenAsync(server, $"{Path}?topics=jobs")) last = first.LastEventId;
        var ring = server.Services.GetRequiredService<ConsoleEvents>().Ring;
        for (var i = 0; i <= ConsoleEvents.Kept; i++) ring.Publish(ConsoleEvents.Audit, "audit", new AuditRecorded("0"));
        using var back = await EventListener.OpenAsync(server, $"{Path}?topics=jobs", last);
        Assert.Equal(("reset", "{}"), await back.TryReadAsync());
        ring.Publish(ConsoleEvents.Jobs, "job", "next");
        Assert.Equal("next", await back.NextAsync<string>("job"));
        Assert.NotEqual(last, back.LastEventId);
    }

    [Fact]
    public async Task Who_does_not_read_is_cut_off_and_nothing_is_held_for_it()
    {
        await using var server = await ChatServer.StartAsync();
        using var slow = await EventListener.OpenAsync(server, $"{Path}?topics=jobs");
        using var other = await EventListener.OpenAsync(server, $"{Path}?topics=audit");
        var ring = server.Services.GetRequiredService<ConsoleEvents>().Ring;
        var large = new string('x', 4096);
        // Far more than sockets and buffers on the way take, so that its writer waits when its place is overwritten.
        var publishing = Task.Run(() =>
        {
            for (var i = 0; i < ConsoleEvents.Kept * 3; i++) ring.Publish(ConsoleEvents.Jobs, "job", large);
        });
        await publishing;
        var got = await slow.ReadToEndAsync();
        Assert.InRange(got.Count, 0, ConsoleEvents.Kept * 2);
    }

    [Fact]
    public async Task A_job_and_a_recorded_change_are_told()
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        using var events = await EventListener.OpenAsync(server, $"{Path}?topics=jobs,audit");
        using var started = await someone.SendAsync(HttpMethod.Post, "/api/v1/backups");
        Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
        Job job;
        var states = new List<JobState>();
        do
        {
            job = await events.NextAsync<Job>("job");
            states.Add(job.State);
        }
        while (job.EndedAt is null);
        Assert.Equal((JobState.Queued, JobState.Succeeded), (states[0], states[^1]));
        Assert.Equal(states.Order(), states);
        await server.Services.GetRequiredService<AuditTrail>().RecordAsync(Actor.Server, "test.create", "nothing");
        await server.Services.GetRequiredService<AuditTrail>().RecordAsync(Actor.Server, "test.create", "nothing");
        var first = long.Parse((await events.NextAsync<AuditRecorded>("audit")).Id);
        Assert.Equal(first + 1, long.Parse((await events.NextAsync<AuditRecorded>("audit")).Id));
    }

    [Fact]
    public async Task Samples_come_every_two_seconds_and_are_kept_for_an_hour()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var someone = new Operator(server);
        using var events = await EventListener.OpenAsync(server, $"{Path}?topics=stats");
        await using var anna = await RawKaiClient.SignInAsync(server.Native, "anna", "@dev");
        await using var ben = await WebUser.SignInAsync(server, "ben", "@dev");
        await ben.SendAsync("@dev", "one");
        await anna.SendAsync(Shared.KaiChat.KaiPdu.Send("two"));
        await anna.PollAsync();
        server.Clock!.Advance(StatsSampler.Interval);
        var sample = await events.NextAsync<StatsSample>("stats");
        Assert.Equal((2, 1, 1, 2L), (sample.Connections.Total, sample.Connections.Web, sample.Connections.Native, sample.MessagesPerMinute));
        Assert.Equal("native.inChannel=1 web.inChannel=1", string.Join(' ', sample.Connections.States.Select(state => $"{state.Key}={state.Value}")));
        Assert.Equal(server.Clock.GetUtcNow(), sample.At);
        Assert.NotNull(sample.PollLatencyMs.P95);
        Assert.NotNull(sample.CommitMs.P99);
        Assert.True(sample.StorageBytes > 0);
        Assert.True(sample is { Writable: true, StorageFreeBytes: > 0 } && sample.StorageFreeBytes <= sample.StorageCapacityBytes);
        Assert.True(sample.MemoryBytes > 0);
        // Sessions are noted in the database, too, and some note may wait at that moment.
        Assert.InRange(sample.LogQueue, 0, 10);
        Assert.InRange(sample.CpuPercent, 0, 100);
        server.Clock.Advance(StatsSampler.Interval);
        var quiet = await events.NextAsync<StatsSample>("stats");
        Assert.Equal((null, 2L), (quiet.PollLatencyMs.P50, quiet.MessagesPerMinute));
        // A minute and more after the messages. Sessions are noted in the database, too: not every interval needs to be without a commit.
        var withoutCommit = 0;
        for (var i = 0; i < 31; i++)
        {
            server.Clock.Advance(StatsSampler.Interval);
            quiet = await events.NextAsync<StatsSample>("stats");
            if (quiet.CommitMs.P50 is null) withoutCommit++;
        }
        Assert.True(withoutCommit > 0);
        Assert.Equal(0, quiet.MessagesPerMinute);

        var stats = await someone.GetAsync<Stats>("/api/v1/stats?minutes=1");
        Assert.Equal((2.0, 30), (stats.IntervalSeconds, stats.Items.Count));
        Assert.Equal(stats.Items.Select(item => item.At).Order(), stats.Items.Select(item => item.At));
        Assert.Equal(quiet.At, stats.Items[^1].At);
        Assert.Equal(33, (await someone.GetAsync<Stats>("/api/v1/stats?minutes=60")).Items.Count);
        Assert.Equal("minutes is from 1 to 60.", (await someone.ExpectProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.ArgumentInvalid, "/api/v1/stats?minutes=61")).Detail);
    }

    [Fact]
    public async Task A_silent_stream_is_kept_alive_and_ends_when_it_is_old()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var events = await EventListener.OpenAsync(server, $"{Path}?topics=audit");
        Assert.Equal("", await events.ReadLineAsync());
        server.Clock!.Advance(EventStream.Heartbeat);
        Assert.Equal(":", await events.ReadLineAsync());
        server.Clock.Advance(EventStream.Longest);
        Assert.Empty(await events.ReadToEndAsync());
        // The next one goes on where this one ended.
        using var back = await EventListener.OpenAsync(server, $"{Path}?topics=audit", events.LastEventId);
        await server.Services.GetRequiredService<AuditTrail>().RecordAsync(Actor.Server, "test.create", "nothing");
        Assert.Equal("audit", (await back.TryReadAsync())?.Name);
    }

    [Fact]
    public async Task There_are_as_many_readers_as_may_be_and_who_goes_makes_room()
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        var readers = new List<EventListener>();
        for (var i = 0; i < ConsoleEvents.MaxReaders; i++) readers.Add(await EventListener.OpenAsync(server, Path));
        await someone.ExpectProblemAsync(HttpStatusCode.ServiceUnavailable, ErrorCodes.LimitReached, Path);
        foreach (var reader in readers) reader.Dispose();
        await Wait.UntilAsync(
            async () =>
            {
                using var next = await EventListener.OpenAsync(server, Path);
                return next.Status == HttpStatusCode.OK;
            },
            "No reader was let in after all had gone.");
    }

    [Fact]
    public async Task A_stop_of_the_server_ends_the_streams_in_order()
    {
        await using var server = await ChatServer.StartAsync();
        using var events = await EventListener.OpenAsync(server, $"{Path}?topics=connections");
        await using var anna = await RawKaiClient.SignInAsync(server.Native, "anna");
        Assert.Equal("connection.opened", (await events.TryReadAsync())?.Name);
        var stopping = server.StopAsync();
        _ = await events.ReadToEndAsync();
        // A stream that did not end by itself would be cut when the host's patience is over.
        Assert.False(events.WasCut);
        await stopping.WaitAsync(Patience.Limit);
    }

    [Theory]
    [InlineData("stats,weather")]
    [InlineData("")]
    [InlineData("Stats")]
    public async Task A_topic_that_is_none_is_refused(string topics)
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        var problem = await someone.ExpectProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.ArgumentInvalid, $"{Path}?topics={topics}");
        Assert.Equal("topics are some of: stats, connections, jobs, audit.", problem.Detail);
    }

    private static async Task ConnectSomeAsync(ChatServer server, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var client = await RawKaiClient.SignInAsync(server.Native, $"user{i}");
            await client.SendAsync(Shared.KaiChat.KaiPdu.Quit);
            await client.WaitForCloseAsync();
            await client.DisposeAsync();
            await server.WaitForConnectionsAsync(0);
        }
    }
}
