using KaiChat.Server.Chat;
using KaiChat.Server.Storage;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace KaiChat.Integration.Tests.History;

/// <summary>How far a user has read, on all tabs and after a restart.</summary>
public sealed class ReadStateTests
{
    [Fact]
    public async Task A_newcomer_begins_at_the_end_and_reads_on()
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        for (var i = 1; i <= 3; i++) await ben.SendAsync("@room", $"text {i}");
        await using var anna = await WebUser.SignInAsync(server, "anna");
        Assert.Equal(3, (await anna.JoinAsync("@room")).LastRead);
        for (var i = 4; i <= 6; i++) await ben.SendAsync("@room", $"text {i}");

        await anna.MarkReadAsync("@room", 5);

        Assert.Equal(("@room", 5L), await anna.WaitForAsync<(string, long)>(nameof(IChatClient.ReadMarker)));
        Assert.Equal(5, (await anna.JoinAsync("@room")).LastRead);
        // His own messages are no news to him.
        Assert.Equal(6, (await ben.JoinAsync("@room")).LastRead);
    }

    [Fact]
    public async Task What_is_forgotten_of_too_many_conversations_is_forgotten_in_the_database_too()
    {
        await using var server = await ChatServer.StartAsync("Limits:JoinsPerMinute=1000000", "Limits:JoinBurst=1000000", "Limits:ReadBurst=1000000");
        await using var anna = await WebUser.SignInAsync(server, "anna", "@stays");
        for (var i = 0; i < 1_000; i++)
        {
            await anna.JoinAsync($"@{i}");
            await anna.LeaveAsync($"@{i}");
        }

        await server.Services.GetRequiredService<ReadState>().WriteAsync();

        var session = Assert.Single(server.Services.GetRequiredService<ChatService>().Sessions);
        Assert.Equal(2, (await server.Services.GetRequiredService<ISessionStore>().ReadMarkersAsync(session.Id, default)).Count);
    }

    [Fact]
    public async Task All_tabs_are_in_step_and_a_late_tab_turns_nothing_back()
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        await using var first = await WebUser.SignInAsync(server, "anna", "@room");
        await using var second = await WebUser.ConnectAsync(server, first.Session);
        await second.JoinAsync("@room");
        for (var i = 1; i <= 5; i++) await ben.SendAsync("@room", $"text {i}");

        await first.MarkReadAsync("@room", 4);
        Assert.Equal(("@room", 4L), await second.WaitForAsync<(string, long)>(nameof(IChatClient.ReadMarker)));
        await second.MarkReadAsync("@room", 2);
        Assert.Equal(4, (await second.JoinAsync("@room")).LastRead);
        await second.MarkUnreadAsync("@room", 2);
        Assert.Equal(("@room", 1L), await first.WaitForAsync<(string, long)>(nameof(IChatClient.ReadMarker), marker => marker.Item2 == 1));
        // More than there is, is all there is.
        await first.MarkReadAsync("@room", 1_000_000);
        Assert.Equal(5, (await first.JoinAsync("@room")).LastRead);
    }

    [Fact]
    public async Task It_survives_a_restart_and_the_end_of_the_session()
    {
        // Its clock stands still: a channel without members waits for them, however slow the machine is.
        await using var server = await ChatServer.StartWithFakeClockAsync("Limits:ResumeGrace=00:00:30", "Web:LateAfter=00:00:01");
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        SignInResponse session;
        await using (var anna = await WebUser.SignInAsync(server, "anna", "@room"))
        {
            session = anna.Session;
            for (var i = 1; i <= 5; i++) await ben.SendAsync("@room", $"text {i}");
            await anna.MarkReadAsync("@room", 3);
        }
        // She was away too long: her session has ended.
        await server.ExpectAnyEndAsync(1);
        server.Clock!.Advance(TimeSpan.FromSeconds(1));
        server.Clock.Advance(TimeSpan.FromSeconds(30));
        await ben.WaitForAsync<(string, string)>(nameof(IChatClient.MemberLeft));
        await using (var again = await WebUser.ConnectAsync(server, session)) Assert.Equal(3, (await again.JoinAsync("@room")).LastRead);

        await server.RestartAsync();

        await using var later = await WebUser.ConnectAsync(server, session);
        var snapshot = await later.JoinAsync("@room");
        Assert.Equal((5, 3), (snapshot.LastSeq, snapshot.LastRead));
    }

    [Fact]
    public async Task Nothing_is_noted_for_channels_the_user_is_not_in()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await WebUser.SignInAsync(server, "anna");

        Assert.Contains("not-a-member", (await Assert.ThrowsAsync<HubException>(() => anna.MarkReadAsync("@room", 1))).Message, StringComparison.Ordinal);
        Assert.Contains("not-a-member", (await Assert.ThrowsAsync<HubException>(() => anna.MarkUnreadAsync("@room", 1))).Message, StringComparison.Ordinal);
    }
}
