using KaiChat.Server.Chat;

namespace KaiChat.Server.Tests.Chat;

/// <summary>Changes of messages. The witness notes a message by its seq, a change by its revision with a minus.</summary>
public sealed partial class ChannelFeedTests
{
    [Fact]
    public async Task Tells_changes_in_order_of_revision_in_whatever_order_they_come_and_each_once()
    {
        using var feed = Feed();
        for (var seq = 1; seq <= 3; seq++) feed.Accept(new MessagePosted(Message(seq)));
        foreach (var (seq, rev) in ((int, int)[])[(2, 3), (1, 1), (2, 3), (3, 4), (1, 2), (1, 1), (3, 4)]) feed.Accept(Change(seq, rev));

        Assert.Equal((int[])[1, 2, 3, -1, -2, -3, -4], await _witness.SeenAsync(7));
        Assert.Equal(4, feed.Rev);
        Assert.True(feed.TryReadAfter(0, 10, out var held));
        Assert.Equal(["1 at 2", "2 at 3", "3 at 4"], held.Select(message => message.Text));
        feed.Accept(Change(1, 5));
        Assert.Equal(-5, (await _witness.SeenAsync(8))[^1]);
    }

    [Fact]
    public async Task A_change_that_comes_before_its_message_waits_for_it()
    {
        using var feed = Feed();
        feed.Accept(Change(2, 2));
        feed.Accept(Change(2, 1));
        feed.Accept(new MessagePosted(Message(2)));
        Assert.Equal(0, feed.Rev);
        feed.Accept(new MessagePosted(Message(1)));

        Assert.Equal((int[])[1, 2, -1, -2], await _witness.SeenAsync(4));
        Assert.True(feed.TryReadAfter(1, 1, out var held));
        Assert.Equal("2 at 2", held[0].Text);
    }

    [Fact]
    public async Task Reads_changes_from_the_log_that_do_not_come_and_skips_the_states_between()
    {
        using var feed = Feed();
        feed.Accept(new MessagePosted(Message(1)));
        feed.Accept(new MessagePosted(Message(2)));
        // Revisions 1 and 2 were of message 1, too; 3 of a message that is gone.
        _log.Messages.AddRange([Change(1, 4).Message, Change(2, 5).Message]);
        feed.Accept(Change(2, 5));
        Assert.Equal(0, feed.Rev);

        _clock.Advance(ChannelFeed.RepairAfter);

        Assert.Equal((int[])[1, 2, -4, -5], await _witness.SeenAsync(4));
        Assert.Equal(5, feed.Rev);
        feed.Accept(Change(1, 4));
        feed.Accept(Change(1, 6));
        Assert.Equal((int[])[1, 2, -4, -5, -6], await _witness.SeenAsync(5));
    }

    [Fact]
    public async Task Neither_the_message_nor_its_change_need_come()
    {
        using var feed = Feed();
        _log.Messages.AddRange([Message(1), Change(2, 1).Message, Message(3)]);
        feed.Accept(Change(2, 1));

        _clock.Advance(ChannelFeed.RepairAfter);

        // The log has the message in its changed state already; the change is told all the same, once.
        Assert.Equal((int[])[1, 2, 3, -1], (await _witness.SeenAsync(4)).Order(Comparer<int>.Create((a, b) => b < 0 ? -1 : a < 0 ? 1 : a - b)));
        feed.Accept(Change(2, 1));
        feed.Accept(new MessagePosted(Message(4)));
        Assert.Equal(5, (await _witness.SeenAsync(5)).Length);
    }

    [Fact]
    public async Task A_change_of_a_message_that_memory_does_not_hold_is_told_and_of_one_that_is_removed_is_not()
    {
        using var feed = Feed(length: 2);
        for (var seq = 1; seq <= 4; seq++) feed.Accept(new MessagePosted(Message(seq)));
        feed.Accept(Change(2, 1));
        feed.Forget(2);
        feed.Forget(1);
        feed.Accept(Change(1, 2));
        feed.Accept(Change(4, 3));

        // That they are gone is told, once.
        Assert.Equal((int[])[1, 2, 3, 4, -1, 1002, -3], await _witness.SeenAsync(7));
        Assert.True(feed.TryReadAfter(2, 2, out var held));
        Assert.Equal(["3", "4 at 3"], held.Select(message => message.Text));
    }

    [Fact]
    public async Task Many_publishers_of_changes_make_one_order()
    {
        using var feed = Feed(length: 64);
        for (var seq = 1; seq <= 8; seq++) feed.Accept(new MessagePosted(Message(seq)));
        var revs = Enumerable.Range(1, 2_000).ToArray();
        // Each change is of a message of its own here, so that the log holds all of them.
        _log.Messages.AddRange(revs.Select(rev => Change((rev % 8) + 1, rev).Message));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(part => Task.Run(() =>
        {
            foreach (var rev in revs.Where(rev => rev % 8 == part)) feed.Accept(Change((rev % 8) + 1, rev));
        })));
        while (feed.Rev < 2_000) _clock.Advance(ChannelFeed.RepairAfter);

        Assert.Equal(revs.Select(rev => -rev), (await _witness.SeenAsync(2_008)).Skip(8));
    }

    [Fact]
    public void The_newest_changes_are_kept_for_those_who_ask()
    {
        using var feed = Feed();
        feed.Accept(new MessagePosted(Message(1)));
        for (var rev = 1; rev <= 100; rev++) feed.Accept(Change(1, rev));

        Assert.Equal(Enumerable.Range(37, 64).Select(rev => (long)rev), feed.ChangesAfter(0).Select(changed => changed.Message.Rev));
        Assert.Equal(100, Assert.Single(feed.ChangesAfter(99)).Message.Rev);
        Assert.Empty(feed.ChangesAfter(100));
    }

    private static MessageChanged Change(int seq, int rev)
    {
        var message = Message(seq) with { Text = $"{seq} at {rev}", Rev = rev };
        return new(message, new TextEdit(message.Conversation, seq, message.Author, DateTimeOffset.UnixEpoch, message.Text, DateTimeOffset.MinValue));
    }
}
