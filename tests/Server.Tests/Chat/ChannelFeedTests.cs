using KaiChat.Server.Chat;
using KaiChat.Server.Storage;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.Names;
using KaiChat.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace KaiChat.Server.Tests.Chat;

public sealed partial class ChannelFeedTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly FakeLog _log = new();
    private readonly Witness _witness = new();

    [Fact]
    public async Task Tells_messages_in_order_of_seq_in_whatever_order_they_come_and_each_once()
    {
        using var feed = Feed();
        foreach (var seq in (int[])[3, 1, 3, 5, 2, 1, 4, 4]) feed.Accept(new MessagePosted(Message(seq)));
        Assert.Equal((int[])[1, 2, 3, 4, 5], await _witness.SeenAsync(5));
        Assert.Equal(5, feed.LastSeq);
        feed.Accept(new MessagePosted(Message(6)));
        Assert.Equal((int[])[1, 2, 3, 4, 5, 6], await _witness.SeenAsync(6));
    }

    [Fact]
    public async Task Reads_from_the_log_what_does_not_come()
    {
        using var feed = Feed();
        _log.Messages.AddRange(Enumerable.Range(1, 5).Select(Message));
        feed.Accept(new MessagePosted(Message(5)));
        Assert.Equal(0, feed.LastSeq);
        _clock.Advance(ChannelFeed.RepairAfter);
        Assert.Equal((int[])[1, 2, 3, 4, 5], await _witness.SeenAsync(5));
    }

    [Fact]
    public async Task Tries_again_when_the_log_cannot_be_read()
    {
        using var feed = Feed();
        _log.Messages.AddRange(Enumerable.Range(1, 2).Select(Message));
        _log.Fails = true;
        feed.Accept(new MessagePosted(Message(2)));
        _clock.Advance(ChannelFeed.RepairAfter);
        Assert.Equal(0, feed.LastSeq);
        _log.Fails = false;
        await _clock.WhenTimerDueAsync(TimeSpan.FromSeconds(2));
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal((int[])[1, 2], await _witness.SeenAsync(2));
    }

    [Fact]
    public void Holds_the_newest_messages_and_says_when_it_does_not_reach_back()
    {
        using var feed = Feed(length: 4);
        for (var seq = 1; seq <= 10; seq++) feed.Accept(new MessagePosted(Message(seq)));
        Assert.True(feed.TryReadAfter(6, 10, out var after));
        Assert.Equal([7L, 8, 9, 10], after.Select(message => message.Seq));
        Assert.True(feed.TryReadAfter(7, 2, out after));
        Assert.Equal([8L, 9], after.Select(message => message.Seq));
        Assert.False(feed.TryReadAfter(5, 10, out _));
        Assert.True(feed.TryReadAfter(10, 10, out after));
        Assert.Empty(after);
        Assert.True(feed.TryReadBefore(long.MaxValue, 4, out var before));
        Assert.Equal([7L, 8, 9, 10], before.Select(message => message.Seq));
        Assert.False(feed.TryReadBefore(long.MaxValue, 5, out _));
        Assert.True(feed.TryReadBefore(1, 5, out before));
        Assert.Empty(before);
    }

    [Fact]
    public void Is_cold_after_a_restart_until_it_is_primed()
    {
        using var feed = Feed(lastSeq: 10, length: 4);
        Assert.True(feed.IsCold);
        Assert.False(feed.TryReadBefore(long.MaxValue, 1, out _));
        feed.Prime([.. Enumerable.Range(3, 8).Select(Message)]);
        Assert.False(feed.IsCold);
        Assert.True(feed.TryReadBefore(long.MaxValue, 4, out var before));
        Assert.Equal([7L, 8, 9, 10], before.Select(message => message.Seq));
        feed.Accept(new MessagePosted(Message(11)));
        Assert.True(feed.TryReadAfter(7, 9, out var after));
        Assert.Equal([8L, 9, 10, 11], after.Select(message => message.Seq));
    }

    [Fact]
    public void An_empty_channel_is_not_cold()
    {
        using var feed = Feed();
        Assert.False(feed.IsCold);
        feed.Accept(new MessagePosted(Message(1)));
        Assert.False(feed.IsCold);
    }

    [Fact]
    public async Task Many_publishers_at_once_make_one_order()
    {
        using var feed = Feed(length: 64);
        var seqs = Enumerable.Range(1, 4000).ToArray();
        _log.Messages.AddRange(seqs.Select(Message));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(part => Task.Run(() =>
        {
            foreach (var seq in seqs.Where(seq => seq % 8 == part)) feed.Accept(new MessagePosted(Message(seq)));
        })));
        // What came so early that it was not held is read from the log.
        while (feed.LastSeq < 4000) _clock.Advance(ChannelFeed.RepairAfter);
        Assert.Equal(seqs, await _witness.SeenAsync(4000));
    }

    [Fact]
    public async Task A_front_end_that_fails_harms_neither_the_others_nor_the_process()
    {
        using var feed = Feed(first: new Failing());
        for (var seq = 1; seq <= 3; seq++) feed.Accept(new MessagePosted(Message(seq)));
        Assert.Equal((int[])[1, 2, 3], await _witness.SeenAsync(3));
    }

    private ChannelFeed Feed(long lastSeq = 0, int length = 16, IChatObserver? first = null)
    {
        var feed = new ChannelFeed(firstSeq: 1, lastSeq, rev: 0, length, _log, first is null ? [_witness] : [first, _witness], _clock, NullLogger.Instance);
        Assert.True(ChannelName.TryParse("@room", out var name, out _));
        feed.Attach(new Channel(new ConversationId(1), name, _clock.GetUtcNow()) { Feed = feed });
        return feed;
    }

    private static ChatMessage Message(int seq)
    {
        Assert.True(Username.TryParse("anna", out var name, out _));
        return new ChatMessage(new ConversationId(1), seq, new Author(new SessionId(1), name), Origin.Web, DateTimeOffset.UnixEpoch, $"{seq}", null);
    }

    private sealed class Failing : IChatObserver
    {
        public void On(Channel channel, ChatEvent happened) => throw new InvalidOperationException("A fault of a front-end.");
    }

    private sealed class Witness : IChatObserver
    {
        private readonly List<int> _seen = [];
        private int _inside;

        public void On(Channel channel, ChatEvent happened)
        {
            Assert.Equal(1, Interlocked.Increment(ref _inside));
            lock (_seen)
            {
                // A change counts by its revision, negative; a removal by its seq, a thousand more.
                _seen.Add(happened switch
                {
                    MessageChanged changed => -(int)changed.Message.Rev,
                    MessagesRemoved removed => 1000 + (int)removed.ThroughSeq,
                    _ => (int)((MessagePosted)happened).Message.Seq,
                });
            }

            Interlocked.Decrement(ref _inside);
        }

        public async Task<int[]> SeenAsync(int count)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (true)
            {
                lock (_seen)
                {
                    if (_seen.Count >= count) return [.. _seen];
                }
                patience.Token.ThrowIfCancellationRequested();
                await Task.Yield();
            }
        }
    }

    /// <summary>A log that can be read and, if told so, cannot.</summary>
    private sealed class FakeLog : IMessageLog
    {
        public List<ChatMessage> Messages { get; } = [];

        public bool Fails { get; set; }

        public bool IsWritable => true;

        public Task<IReadOnlyList<ChatMessage>> ReadAfterAsync(ConversationId conversation, long afterSeq, int limit, CancellationToken cancellation) =>
            Fails
                ? Task.FromException<IReadOnlyList<ChatMessage>>(new LogUnavailableException("The test says so."))
                : Task.FromResult<IReadOnlyList<ChatMessage>>([.. Messages.Where(message => message.Seq > afterSeq).Take(limit)]);

        public Task<IReadOnlyList<ChatMessage>> ReadBeforeAsync(ConversationId conversation, long beforeSeq, int limit, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<LoggedConversation>> ReadOpenConversationsAsync(CancellationToken cancellation) => throw new NotSupportedException();

        public Task<IReadOnlyList<LoggedConversation>> ReadConversationsAsync(long afterId, int limit, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<LoggedConversation?> FindConversationAsync(ConversationId conversation, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<LoggedConversation> OpenAsync(ChannelName name, DateTimeOffset now, CancellationToken cancellation) => throw new NotSupportedException();

        public Task CloseAsync(ConversationId conversation, DateTimeOffset now, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<IReadOnlyList<ChatMessage>> ReadChangesAsync(ConversationId conversation, long afterRev, int limit, CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyList<ChatMessage>>([.. Messages.Where(message => message.Rev > afterRev).OrderBy(message => message.Rev).Take(limit)]);

        public Task<ChangeResult> ChangeAsync(MessageChange change, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<IReadOnlyList<TextVersion>> ReadVersionsAsync(ConversationId conversation, long seq, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<ChatMessage?> FindSentAsync(SessionId author, string clientMessageId, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<AppendResult> AppendAsync(MessageDraft draft, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
