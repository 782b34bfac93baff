using System.Net;
using KaiChat.Server.Storage;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.KaiChat;
using KaiChat.TestKit;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace KaiChat.Integration.Tests;

/// <summary>
/// A disk that fails below the store, write by write. Whoever posts is told so in his protocol's terms, nobody is shown what was refused, and when the disk
/// is well again, so is the server, by itself.
/// </summary>
public sealed class FaultyDiskTests
{
    private static readonly string[] Fast = ["Limits:MessageBurst=100000", "Limits:MessagesPerSecond=100000", "Limits:JoinBurst=100000"];

    [Theory]
    [InlineData(DiskFault.Write)]
    [InlineData(DiskFault.Sync)]
    [InlineData(DiskFault.Full)]
    public async Task What_cannot_be_written_is_refused_and_shown_to_nobody_until_the_disk_is_well(DiskFault fault)
    {
        using var directory = new TemporaryDirectory();
        using var disk = new FaultyDisk(directory.Path);
        var clock = new FakeTimeProvider();
        var acknowledged = new List<Message>();
        SignInResponse session;
        await using (var server = await ChatServer.StartOverAsync(directory.Path, clock, Fast))
        {
            server.Logs.Expected = line => line.Category.Contains("Storage", StringComparison.Ordinal);
            await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
            await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
            await using var native = await RawKaiClient.SignInAsync(server.Native, "native", "@room");
            session = anna.Session;
            for (var i = 0; i < 10; i++) acknowledged.Add(await anna.SendAsync("@room", $"before {i}"));
            Assert.Equal(10, (await native.PollForAsync(10)).Count);

            disk.Fault = fault;
            for (var i = 0; i < 3; i++)
            {
                // The last text is longer than any page, so that a write is cut off in its middle.
                await ExpectUnavailableAsync(() => anna.SendAsync("@room", $"refused {new string('x', i * 4_000)}", $"refused-{i}"));
            }
            await ExpectUnavailableAsync(() => anna.JoinAsync("@other"));
            await native.SendAsync(KaiPdu.Send("refused too"), KaiPdu.Join("native", "@third"));
            var told = await native.PollAsync();
            Assert.Equal([KaiNotice.NotSent, KaiNotice.NotJoined], told.Select(pdu => pdu.Text[..(pdu.Text.IndexOf(':') + 2)]));
            Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), await HealthAsync(server));
            var struck = disk.Struck;
            await server.WaitUntilAsync(() => Beat(clock) && disk.Struck > struck, "The log was not tried again.");
            Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), await HealthAsync(server));
            Assert.Equal(10, (await ben.JoinAsync("@room")).LastSeq);

            disk.Fault = DiskFault.None;
            // Nobody posts: it finds out by itself.
            await server.WaitUntilAsync(() => Beat(clock) && server.Services.GetRequiredService<IMessageLog>().IsWritable, "The log stays refused.");
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), await HealthAsync(server));
            acknowledged.Add(await anna.SendAsync("@room", "refused once", "refused-0"));
            await native.SendAsync(KaiPdu.Send("from native"));
            await native.FenceAsync();
            acknowledged.Add(await anna.SendAsync("@room", "after"));
            var seen = await ben.WaitForMessagesAsync(13);
            Assert.Equal(Enumerable.Range(1, 13), seen.Select(message => (int)message.Seq));
            Assert.Equal(["refused once", "from native", "after"], seen.Skip(10).Select(message => message.Text));
            Assert.Equal(["refused once", "after"], (await native.PollForAsync(2)).Select(pdu => pdu.Text));
            acknowledged.Insert(11, seen[11]);
        }

        await using (var server = await ChatServer.StartOverAsync(directory.Path, clock, Fast))
        {
            await using var anna = await WebUser.ConnectAsync(server, session);
            Assert.Equal(acknowledged, (await anna.ResumeAsync("@room", 0)).Messages);
        }
    }

    [Theory]
    [InlineData(DiskFault.Write)]
    [InlineData(DiskFault.Full)]
    public async Task A_server_that_stops_while_its_disk_fails_starts_with_what_it_acknowledged(DiskFault fault)
    {
        using var directory = new TemporaryDirectory();
        using var disk = new FaultyDisk(directory.Path);
        var acknowledged = new List<Message>();
        SignInResponse session;
        await using (var server = await ChatServer.StartOverAsync(directory.Path, Fast))
        {
            server.Logs.Expected = line => line.Category.Contains("Storage", StringComparison.Ordinal);
            await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
            session = anna.Session;
            for (var i = 0; i < 10; i++) acknowledged.Add(await anna.SendAsync("@room", $"before {i}"));
            disk.Fault = fault;
            await ExpectUnavailableAsync(() => anna.SendAsync("@room", new string('x', 8_000), "id"));
        }
        Assert.NotEqual(0, disk.Struck);
        disk.Fault = DiskFault.None;
        await using (var server = await ChatServer.StartOverAsync(directory.Path, Fast))
        {
            await using var anna = await WebUser.ConnectAsync(server, session);
            Assert.Equal(acknowledged, (await anna.ResumeAsync("@room", 0)).Messages);
            Assert.Equal(11, (await anna.SendAsync("@room", "again", "id")).Seq);
        }
    }

    [Fact]
    public async Task What_cannot_be_read_is_refused_and_there_again_when_the_disk_is_well()
    {
        using var directory = new TemporaryDirectory();
        using var disk = new FaultyDisk(directory.Path);
        string[] settings = [.. Fast, "Limits:FeedLength=10"];
        SignInResponse session;
        await using (var before = await ChatServer.StartOverAsync(directory.Path, settings))
        {
            await using var anna = await WebUser.SignInAsync(before, "anna", "@room");
            session = anna.Session;
            for (var i = 1; i <= 300; i++) await anna.SendAsync("@room", $"{i}");
        }
        await using var server = await ChatServer.StartOverAsync(directory.Path, settings);
        server.Logs.Expected = line => line.Category.Contains("Storage", StringComparison.Ordinal);
        await using var again = await WebUser.ConnectAsync(server, session);
        await using var native = await RawKaiClient.SignInAsync(server.Native, "native");

        disk.Fault = DiskFault.Read;
        await ExpectUnavailableAsync(() => again.OperateAsync("kc_guess"));
        await ExpectUnavailableAsync(() => again.JoinAsync("@room"));
        await ExpectUnavailableAsync(() => again.ResumeAsync("@room", 250));
        await native.SendAsync(KaiPdu.Join("native", "@room"));
        Assert.StartsWith(KaiNotice.NotJoined, Assert.Single(await native.PollAsync()).Text, StringComparison.Ordinal);
        Assert.NotEqual(0, disk.Struck);

        disk.Fault = DiskFault.None;
        Assert.Equal(Enumerable.Range(251, 50), (await again.ResumeAsync("@room", 250)).Messages.Select(message => (int)message.Seq));
        await native.SendAsync(KaiPdu.Join("native", "@room"));
        Assert.Equal(Enumerable.Range(251, 50).Select(i => $"{i}"), (await native.PollForAsync(50)).Select(pdu => pdu.Text));

        Assert.Equal(301, (await again.SendAsync("@room", "live")).Seq);
        disk.Fault = DiskFault.Read;
        // What was asked for a moment ago may still be in SQLite's memory; this was not.
        await ExpectUnavailableAsync(() => again.HistoryAsync("@room", 100, 50));
        // What is in memory needs no disk.
        Assert.Equal("live", Assert.Single(await native.PollAsync()).Text);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), await HealthAsync(server));
        disk.Fault = DiskFault.None;
        Assert.Equal(Enumerable.Range(50, 50), (await again.HistoryAsync("@room", 100, 50)).Messages.Select(message => (int)message.Seq));
    }

    [Theory]
    [InlineData("Batch")]
    [InlineData("Single")]
    public async Task A_native_client_whose_history_cannot_be_read_is_told_once_and_misses_nothing(string delivery)
    {
        var log = new HookedLog();
        await using var server = await ChatServer.StartAdjustedAsync(log.Take, [.. Fast, "Limits:FeedLength=10", $"KaiChat:Delivery={delivery}"]);
        await using var native = await RawKaiClient.SignInAsync(server.Native, "native", "@room");
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        // More than the server takes from the log at a time, and longer than what one answer holds where messages are folded into one.
        for (var i = 1; i <= 150; i++) await anna.SendAsync("@room", $"{i} {new string('x', 20)}");

        log.ReadsLeft = 1;
        var got = new List<KaiPdu>();
        for (var i = 0; i < 10; i++) got.AddRange(await native.PollAsync());
        Assert.Single(got, IsNotice);
        Assert.Contains(got, pdu => !pdu.UpToDate && !IsNotice(pdu));
        Assert.Contains("Nothing is lost", got.Single(IsNotice).Text, StringComparison.Ordinal);
        Assert.True(got[^1].UpToDate);
        log.ReadsLeft = int.MaxValue;
        while (await native.PollAsync() is var answer && !answer[0].UpToDate) got.AddRange(answer);
        var lines = got.Where(pdu => !pdu.UpToDate && !IsNotice(pdu)).SelectMany(pdu => pdu.Text.Split('\n'));
        Assert.Equal(Enumerable.Range(1, 150).Select(i => $"{i}"), lines.Select(line => line.Replace("[anna]> ", "", StringComparison.Ordinal).Split(' ')[0]));
    }

    [Fact]
    public async Task A_join_that_waits_for_the_disk_holds_up_nobody_elses_time_limits()
    {
        var (opening, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var log = new HookedLog();
        await using var server = await ChatServer.StartAdjustedAsync(log.Take, new FakeTimeProvider());
        await using var waiting = await RawKaiClient.SignInAsync(server.Native, "waiting", "@room");
        log.Opening = () =>
        {
            opening.TrySetResult();
            return goOn.Task;
        };
        await waiting.SendAsync(KaiPdu.Join("waiting", "@other"));
        await opening.Task;
        await using var silent = await RawKaiClient.ConnectAsync(server.Native);
        await server.WaitForConnectionsAsync(2);
        try
        {
            await server.WaitUntilAsync(() => Beat(server.Clock!) && server.HasEnded("HandshakeTimeout"), "The heart stands still.");
        }
        finally
        {
            goOn.SetResult();
        }
        await waiting.FenceAsync();
    }

    private static bool IsNotice(KaiPdu pdu) => !pdu.UpToDate && pdu.Username == "SERVER";

    private static bool Beat(FakeTimeProvider clock)
    {
        clock.Advance(TimeSpan.FromSeconds(1));
        return true;
    }

    private static async Task ExpectUnavailableAsync(Func<Task> call) =>
        Assert.Contains("storage-unavailable: ", (await Assert.ThrowsAsync<HubException>(call)).Message, StringComparison.Ordinal);

    private static async Task<(HttpStatusCode Ready, HttpStatusCode Live)> HealthAsync(ChatServer server) =>
        ((await server.Http.GetAsync("/health/ready")).StatusCode, (await server.Http.GetAsync("/health/live")).StatusCode);
}
