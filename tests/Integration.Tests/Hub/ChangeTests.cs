using KaiChat.Shared.Contracts;
using KaiChat.TestKit;
using Microsoft.AspNetCore.SignalR;

namespace KaiChat.Integration.Tests.Hub;

/// <summary>Answers, edits, deletions, reactions and typing, over real hub connections.</summary>
public sealed class ChangeTests
{
    [Fact]
    public async Task Everybody_sees_what_changes_as_a_whole_state_in_order()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        await anna.SendAsync("@room", "frist");
        await ben.SendReplyAsync("@room", "me too", 1);

        var edited = await anna.EditAsync("@room", 1, "first");
        await ben.ReactAsync("@room", 1, "👍");
        var reacted = await anna.ReactAsync("@room", 1, "👍");
        await ben.ReactAsync("@room", 1, "👍", on: false);
        var deleted = await anna.DeleteAsync("@room", 1);

        Assert.Equal(("first", 1L), (edited.Text, edited.Rev));
        Assert.NotNull(edited.EditedAt);
        Assert.Equivalent(new Reaction("👍", 2, [ben.Session.SessionId, anna.Session.SessionId]), Assert.Single(reacted.Reactions!));
        Assert.Equal(("", 5L, null, null), (deleted.Text, deleted.Rev, deleted.Reactions, deleted.NativeText));
        Assert.NotNull(deleted.DeletedAt);
        foreach (var user in (WebUser[])[anna, ben])
        {
            Assert.Equal([null, 1L], (await user.WaitForMessagesAsync(2)).Select(message => message.ReplyTo));
            var events = new List<Message>();
            while (events.Count < 5) events.Add(await user.WaitForAsync<Message>(nameof(IChatClient.MessageChanged)));
            Assert.Equal([1L, 2, 3, 4, 5], events.Select(message => message.Rev!.Value));
            Assert.Equal([0, 1, 2, 1, 0], events.Select(message => message.Reactions?[0].Count ?? 0));
            Assert.Equivalent(deleted, events[^1], strict: true);
        }
        await using var carl = await WebUser.SignInAsync(server, "carl");
        var snapshot = await carl.JoinAsync("@room");
        Assert.Equal(5, snapshot.Rev);
        Assert.Equivalent(deleted, snapshot.Messages[0], strict: true);
        Assert.Equal((1L, null, null), (snapshot.Messages[1].ReplyTo, snapshot.Messages[1].Rev, snapshot.Messages[1].NativeText));
    }

    [Fact]
    public async Task Who_may_not_is_refused_with_the_code_and_nothing_changes()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        await anna.SendAsync("@room", "mine");
        await anna.SendAsync("@room", "gone");
        await anna.DeleteAsync("@room", 2);

        await RefusedAsync(ErrorCodes.NotTheAuthor, ben.EditAsync("@room", 1, "his"));
        await RefusedAsync(ErrorCodes.NotTheAuthor, ben.DeleteAsync("@room", 1));
        await RefusedAsync(ErrorCodes.NotTheAuthor, ben.VersionsAsync("@room", 1));
        await RefusedAsync(ErrorCodes.MessageNotFound, anna.EditAsync("@room", 2, "back"));
        await RefusedAsync(ErrorCodes.MessageNotFound, ben.ReactAsync("@room", 2, "👍"));
        await RefusedAsync(ErrorCodes.MessageNotFound, ben.SendReplyAsync("@room", "what?", 2));
        await RefusedAsync(ErrorCodes.MessageNotFound, ben.SendReplyAsync("@room", "what?", 3));
        await RefusedAsync(ErrorCodes.MessageNotFound, anna.VersionsAsync("@room", 99));
        await RefusedAsync(ErrorCodes.MessageNotFound, anna.EditAsync("@room", -1, "x"));
        await RefusedAsync(ErrorCodes.TextEmpty, anna.EditAsync("@room", 1, " "));
        await RefusedAsync(ErrorCodes.ReactionInvalid, ben.ReactAsync("@room", 1, "yes"));
        await RefusedAsync(ErrorCodes.NotAMember, ben.EditAsync("@other", 1, "x"));
        await RefusedAsync(ErrorCodes.NotAMember, ben.TypingAsync("@other"));
        await RefusedAsync(ErrorCodes.ArgumentInvalid, ben.ChangesAsync("@room", -1));
        Assert.Equal(1, (await ben.ChangesAsync("@room", 0)).Rev);
        Assert.Empty(await anna.VersionsAsync("@room", 2));
    }

    [Fact]
    public async Task Editing_ends_with_its_time_and_deleting_does_not()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync("Limits:EditWindow=00:10:00");
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        await anna.SendAsync("@room", "one");
        server.Clock!.Advance(TimeSpan.FromMinutes(10));
        await anna.EditAsync("@room", 1, "two");
        server.Clock.Advance(TimeSpan.FromSeconds(1));

        await RefusedAsync(ErrorCodes.EditTooLate, anna.EditAsync("@room", 1, "three"));

        Assert.Equal(["one", "two"], (await anna.VersionsAsync("@room", 1)).Select(version => version.Text));
        Assert.NotNull((await anna.DeleteAsync("@room", 1)).DeletedAt);
    }

    [Fact]
    public async Task Editing_can_be_switched_off()
    {
        await using var server = await ChatServer.StartAsync("Limits:EditWindow=00:00:00");
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        await anna.SendAsync("@room", "one");
        await RefusedAsync(ErrorCodes.EditTooLate, anna.EditAsync("@room", 1, "two"));
    }

    [Fact]
    public async Task Changes_count_as_messages_do()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync("Limits:MessagesPerSecond=1", "Limits:MessageBurst=3");
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        await anna.SendAsync("@room", "one");
        await anna.EditAsync("@room", 1, "two");
        await anna.ReactAsync("@room", 1, "👍");
        await RefusedAsync(ErrorCodes.RateLimited, anna.DeleteAsync("@room", 1));
        server.Clock!.Advance(TimeSpan.FromSeconds(1));
        await anna.DeleteAsync("@room", 1);
    }

    [Fact]
    public async Task Whoever_comes_back_gets_what_changed_meanwhile_also_over_a_restart()
    {
        await using var server = await ChatServer.StartAsync("Limits:MessageBurst=1000", "Limits:FeedLength=2");
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        var ben = await WebUser.SignInAsync(server, "ben", "@room");
        for (var i = 1; i <= 5; i++) await anna.SendAsync("@room", $"{i}");
        await anna.EditAsync("@room", 1, "one");
        var knew = (await ben.JoinAsync("@room")).Rev;
        await ben.DisposeAsync();
        await anna.EditAsync("@room", 2, "two");
        await anna.DeleteAsync("@room", 5);
        await anna.EditAsync("@room", 2, "TWO");
        await server.RestartAsync();

        await using var again = await WebUser.ConnectAsync(server, ben.Session);
        var resumed = await again.ResumeAsync("@room", 5);
        var changes = await again.ChangesAsync("@room", knew);

        Assert.Equal((1L, 4L), (knew, resumed.Rev));
        Assert.Equal([(5L, "", 3L), (2, "TWO", 4)], changes.Messages.Select(message => (message.Seq, message.Text, message.Rev!.Value)));
        Assert.Equal((4L, false), (changes.Rev, changes.Gap));
        Assert.Empty((await again.ChangesAsync("@room", 4)).Messages);
        // A page that knows more than there was holds another life of the channel.
        Assert.True((await again.ChangesAsync("@room", 5)).Gap);
        await using var back = await WebUser.ConnectAsync(server, anna.Session);
        await back.JoinAsync("@room");
        await back.EditAsync("@room", 3, "three");
        Assert.Equal(5, (await again.WaitForAsync<Message>(nameof(IChatClient.MessageChanged))).Rev);
    }

    [Fact]
    public async Task More_than_a_page_of_changes_is_a_gap()
    {
        await using var server = await ChatServer.StartAsync("Limits:MessageBurst=10000");
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        for (var i = 1; i <= 201; i++) await anna.SendAsync("@room", $"{i}");
        for (var i = 1; i <= 201; i++) await anna.ReactAsync("@room", i, "👍");

        var all = await anna.ChangesAsync("@room", 1);
        var gap = await anna.ChangesAsync("@room", 0);

        Assert.Equal((200, false, 201L), (all.Messages.Count, all.Gap, all.Rev));
        Assert.Equal((200, true), (gap.Messages.Count, gap.Gap));
        Assert.All(all.Messages, message => Assert.Equal(1, Assert.Single(message.Reactions!).Count));
    }

    [Fact]
    public async Task Others_hear_that_somebody_types_once_in_two_seconds()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        for (var i = 0; i < 3; i++) await anna.TypingAsync("@room");
        server.Clock!.Advance(TimeSpan.FromSeconds(1.9));
        await anna.TypingAsync("@room");
        await anna.SendAsync("@room", "fence");

        Assert.Equal(("@room", anna.Session.SessionId), await ben.WaitForAsync<(string, string)>(nameof(IChatClient.Typing)));
        // The next event is the message: no second notice came before it.
        Assert.Equal("fence", Assert.Single(await ben.WaitForMessagesAsync(1)).Text);
        server.Clock.Advance(TimeSpan.FromSeconds(0.1));
        await anna.TypingAsync("@room");
        await ben.TypingAsync("@room");
        Assert.Equal(("@room", anna.Session.SessionId), await ben.WaitForAsync<(string, string)>(nameof(IChatClient.Typing)));
        // Her own typing never came back to her: his is the first notice she has.
        Assert.Equal(("@room", ben.Session.SessionId), await anna.WaitForAsync<(string, string)>(nameof(IChatClient.Typing)));
    }

    [Fact]
    public async Task An_answers_native_view_is_what_the_preview_shows()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        await using var native = await RawKaiClient.SignInAsync(server.Native, "ben", "@room");
        await native.SendAsync(Shared.KaiChat.KaiPdu.Send("question"));
        await native.FenceAsync();

        var preview = await anna.PreviewNativeAsync("@ben: caf\u00e9\nok");
        var answer = await anna.SendReplyAsync("@room", "caf\u00e9\nok", 1);

        Assert.Equal(["@ben: cafe", "ok"], preview.Lines);
        Assert.Equal("@ben: cafe\nok", answer.NativeText);
        Assert.Equal(preview.Lines, (await native.PollAsync()).Select(pdu => pdu.Text));
    }

    private static async Task RefusedAsync(string code, Task call) =>
        Assert.Contains($"HubException: {code}: ", (await Assert.ThrowsAsync<HubException>(() => call)).Message, StringComparison.Ordinal);
}
