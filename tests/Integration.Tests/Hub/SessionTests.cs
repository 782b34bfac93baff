using KaiChat.Shared.Contracts;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Hub;

/// <summary>Sessions outlive connections, reloads and restarts (docs/architecture.md, "Sessions").</summary>
public sealed class SessionTests
{
    [Fact]
    public async Task A_lost_connection_resumes_its_session_and_gets_what_it_missed()
    {
        await using var server = await ChatServer.StartAsync();
        var tab = await WebUser.SignInAsync(server, "anna", "@room");
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        await ben.SendAsync("@room", "seen");
        await tab.WaitForMessagesAsync(1);
        await tab.DisposeAsync();
        await ben.SendAsync("@room", "missed 1");
        await ben.SendAsync("@room", "missed 2");

        await using var again = await WebUser.ConnectAsync(server, tab.Session);
        var snapshot = await again.ResumeAsync("@room", afterSeq: 1);
        Assert.Equal(["missed 1", "missed 2"], snapshot.Messages.Select(message => message.Text));
        Assert.Equal((3, true, false), (snapshot.LastSeq, snapshot.HasEarlier, snapshot.Gap));
        Assert.DoesNotContain(ben.Messages, message => message.Author == "anna");
    }

    [Fact]
    public async Task Too_much_missed_is_a_gap_that_history_fills()
    {
        await using var server = await ChatServer.StartAsync("Limits:MessageBurst=10000");
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        for (var i = 1; i <= 260; i++) await anna.SendAsync("@room", $"{i}");
        var snapshot = await anna.ResumeAsync("@room", afterSeq: 5);
        Assert.True(snapshot.Gap);
        Assert.Equal((211, 260), (snapshot.Messages[0].Seq, snapshot.Messages[^1].Seq));
        var filled = await anna.HistoryAsync("@room", 211, 200);
        Assert.Equal((11, 210), (filled.Messages[0].Seq, filled.Messages[^1].Seq));
    }

    [Fact]
    public async Task A_reload_is_no_leave_and_a_long_absence_is()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        var tab = await WebUser.SignInAsync(server, "anna", "@room");
        await tab.DisposeAsync();
        await server.ExpectEndAsync("Quit");
        await server.Clock!.WhenTimerDueAsync(TimeSpan.FromSeconds(5));

        server.Clock.Advance(TimeSpan.FromSeconds(6));
        var late = await ben.WaitForAsync<(string Channel, Member Member)>(nameof(IChatClient.MemberChanged));
        Assert.Equal(("anna", Presence.Late), (late.Member.Username, late.Member.Presence));

        var again = await WebUser.ConnectAsync(server, tab.Session);
        var live = await ben.WaitForAsync<(string Channel, Member Member)>(nameof(IChatClient.MemberChanged));
        Assert.Equal((late.Member.Id, Presence.Live), (live.Member.Id, live.Member.Presence));

        await again.DisposeAsync();
        await server.ExpectEndAsync("Quit", count: 2);
        await server.Clock.WhenTimerDueAsync(TimeSpan.FromSeconds(5));
        server.Clock.Advance(TimeSpan.FromSeconds(6));
        await ben.WaitForAsync<(string Channel, Member Member)>(nameof(IChatClient.MemberChanged));
        server.Clock.Advance(TimeSpan.FromMinutes(2));
        var left = await ben.WaitForAsync<(string Channel, string Member)>(nameof(IChatClient.MemberLeft));
        Assert.Equal(late.Member.Id, left.Member);
        await using var other = await WebUser.SignInAsync(server, "ANNA");
    }

    [Fact]
    public async Task All_tabs_of_a_session_see_the_same_and_signing_out_ends_them_all()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        await using var one = await WebUser.SignInAsync(server, "anna", "@room");
        await using var two = await WebUser.ConnectAsync(server, one.Session);
        await two.JoinAsync("@room");
        Assert.Single((await two.JoinAsync("@room")).Members);
        await one.SendAsync("@room", "hello");
        Assert.Equal("hello", Assert.Single(await two.WaitForMessagesAsync(1)).Text);
        Assert.Equal("hello", Assert.Single(await one.WaitForMessagesAsync(1)).Text);

        await one.LeaveAsync("@room");
        Assert.Equal("@room", await two.WaitForAsync<string>(nameof(IChatClient.ChannelLeft)));

        await one.SignOutAsync();
        await two.WaitForAsync<string>(nameof(IChatClient.SessionEnded));
        await two.WaitForCloseAsync();
        await using var next = await WebUser.SignInAsync(server, "anna");
        await using var dead = await WebUser.ConnectAsync(server, one.Session);
        await dead.WaitForAsync<string>(nameof(IChatClient.SessionEnded));
    }

    [Fact]
    public async Task A_restart_is_no_leave()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        var anna = await WebUser.SignInAsync(server, "anna", "@room");
        var first = await anna.SendAsync("@room", "before", "id-1");
        var incarnation = (await anna.JoinAsync("@room")).Incarnation;
        await using var native = await RawKaiClient.SignInAsync(server.Native, "native", "@room");

        var restarting = server.RestartAsync();
        Assert.Equal(2, await anna.WaitForAsync<int>(nameof(IChatClient.ServerRestarting)));
        var goodbye = new List<Shared.KaiChat.KaiPdu>();
        while (await native.TryReceiveAsync() is { } pdu) goodbye.Add(pdu);
        await restarting;
        Assert.Equal("before", goodbye[0].Text);
        Assert.Contains("restarting", goodbye[^1].Text, StringComparison.Ordinal);
        await server.ExpectEndAsync("ServerShutdown", count: 2);

        await using var again = await WebUser.ConnectAsync(server, anna.Session);
        var snapshot = await again.ResumeAsync("@room", first.Seq);
        Assert.Equal((incarnation, 1L), (snapshot.Incarnation, snapshot.LastSeq));
        Assert.Equal(first, await again.SendAsync("@room", "before", "id-1"));
        Assert.Equal(2, (await again.SendAsync("@room", "after")).Seq);
        await anna.DisposeAsync();
    }

    [Fact]
    public async Task A_channel_whose_members_do_not_come_back_after_a_restart_closes()
    {
        var directory = Directory.CreateTempSubdirectory("kaichat-test-").FullName;
        await using (var before = await ChatServer.StartOverAsync(directory))
        {
            await using var anna = await WebUser.SignInAsync(before, "anna", "@room");
            await anna.SendAsync("@room", "old");
            await before.StopAsync();
        }
        await using (var after = await ChatServer.StartOverAsync(directory, new FakeTimeProvider(DateTimeOffset.UtcNow), "Limits:ResumeGrace=00:00:00"))
        {
            await using var ben = await WebUser.SignInAsync(after, "ben");
            // The time of one look at the channels.
            after.Clock!.Advance(TimeSpan.FromSeconds(5));
            await after.WaitUntilAsync(() => !after.HasChannel("@room"), "The channel stayed open.");
            Assert.Empty((await ben.JoinAsync("@room")).Messages);
        }
        Directory.Delete(directory, recursive: true);
    }
}
