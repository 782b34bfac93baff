using KaiChat.Server.Chat;
using KaiChat.Server.Storage;
using KaiChat.TestKit;
using Xunit;

namespace KaiChat.Specification;

/// <summary>What every <see cref="ILogRetention"/> must do to the log it belongs to.</summary>
public abstract class LogRetentionSpecification : IAsyncLifetime
{
    private static readonly RetentionLimits Everything = new(Since: null, Messages: null, Bytes: null);

    private IMessageLog? _log;

    internal IMessageLog Log => _log ?? throw new InvalidOperationException("The log is closed.");

    internal ILogRetention Removal => (ILogRetention)Log;

    public async ValueTask InitializeAsync() => _log = await OpenLogAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await CloseLogAsync();
        GC.SuppressFinalize(this);
    }

    internal abstract Task<IMessageLog> OpenLogAsync();

    internal abstract Task CloseLogAsync();

    [Fact]
    public async Task Finds_what_is_beyond_a_limit()
    {
        var room = await FilledAsync("@room", 10);      // one a minute from noon on, each of 10 bytes

        Assert.Equal(0, await CutAsync(room, Everything));
        Assert.Equal(4, await CutAsync(room, Everything with { Messages = 6 }));
        Assert.Equal(0, await CutAsync(room, Everything with { Messages = 10 }));
        Assert.Equal(10, await CutAsync(room, Everything with { Messages = 0 }));
        Assert.Equal(3, await CutAsync(room, Everything with { Since = Drafts.Noon.AddMinutes(3) }));
        Assert.Equal(10, await CutAsync(room, Everything with { Since = Drafts.Noon.AddDays(1) }));
        Assert.Equal(0, await CutAsync(room, Everything with { Since = Drafts.Noon }));
        Assert.Equal(7, await CutAsync(room, Everything with { Bytes = 30 }));
        Assert.Equal(0, await CutAsync(room, Everything with { Bytes = 100 }));
        Assert.Equal(7, await CutAsync(room, new RetentionLimits(Drafts.Noon.AddMinutes(3), Messages: 6, Bytes: 30)));
        Assert.Equal(0, await CutAsync(new ConversationId(12345), new RetentionLimits(Drafts.Noon, 0, 0)));
    }

    [Fact]
    public async Task Removes_the_oldest_in_batches_and_keeps_the_seqs_of_the_rest()
    {
        var room = await FilledAsync("@room", 10);
        var other = await FilledAsync("@other", 3);

        foreach (var expected in new[] { 3, 3, 1, 0 }) Assert.Equal(expected, await RemoveAsync(room, 7, 3));

        Assert.Equal([8L, 9, 10], (await Log.ReadAfterAsync(room, 0, 100, default)).Select(message => message.Seq));
        Assert.Equal([8L, 9, 10], (await Log.ReadBeforeAsync(room, long.MaxValue, 100, default)).Select(message => message.Seq));
        Assert.Equal(3, (await Log.ReadAfterAsync(other, 0, 100, default)).Count);
        var known = await Log.FindConversationAsync(room, default);
        Assert.Equal((8, 10), (known!.FirstSeq, known.LastSeq));
        Assert.Equal(0, await CutAsync(room, Everything with { Messages = 3 }));
    }

    [Fact]
    public async Task Removes_what_belongs_to_messages_and_raises_no_revision()
    {
        var ada = Drafts.Author("ada");
        var room = (await Log.OpenAsync(Drafts.Channel("@room"), Drafts.Noon, default)).Id;
        for (var i = 0; i < 3; i++) await Log.AppendAsync(Drafts.To(room, "text", ada), default);
        foreach (var seq in (long[])[1, 3])
        {
            await Log.ChangeAsync(new TextEdit(room, seq, ada, Drafts.Noon, "edited", DateTimeOffset.MinValue), default);
            await Log.ChangeAsync(new ReactionChange(room, seq, ada, Drafts.Noon, "👍", On: true), default);
        }

        Assert.Equal(2, await RemoveAsync(room, 2, 10));

        Assert.Empty(await Log.ReadVersionsAsync(room, 1, default));
        Assert.Equal(2, (await Log.ReadVersionsAsync(room, 3, default)).Count);
        var left = Assert.Single(await Log.ReadChangesAsync(room, 0, 10, default));
        Assert.Equal((3L, 4L, 1), (left.Seq, left.Rev, left.Reactions.Count));
        Assert.Equal(4, (await Log.FindConversationAsync(room, default))!.Rev);
        Assert.Equal(ChangeOutcome.Missing, (await Log.ChangeAsync(new Deletion(room, 1, ada, Drafts.Noon), default)).Outcome);
    }

    [Fact]
    public async Task Gives_no_seq_again_even_if_all_are_gone_and_the_log_was_closed()
    {
        var room = await FilledAsync("@room", 3);
        Assert.Equal(3, await RemoveAsync(room, 3, 100));
        await CloseLogAsync();
        _log = await OpenLogAsync();

        var open = Assert.Single(await Log.ReadOpenConversationsAsync(default));
        Assert.Equal((4, 3), (open.FirstSeq, open.LastSeq));
        Assert.Equal(4, (await Log.AppendAsync(Drafts.To(open, "again"), default)).Message.Seq);
        var known = await Log.FindConversationAsync(room, default);
        Assert.Equal((4, 4), (known!.FirstSeq, known.LastSeq));
    }

    [Fact]
    public async Task Forgets_closed_conversations_without_messages_and_nothing_else()
    {
        var emptied = await FilledAsync("@emptied", 2);
        await Log.CloseAsync(emptied, Drafts.Noon, default);
        var archived = await FilledAsync("@archived", 2);
        await Log.CloseAsync(archived, Drafts.Noon, default);
        var open = await FilledAsync("@open", 1);
        await RemoveAsync(emptied, 2, 100);
        await RemoveAsync(open, 1, 100);

        await Removal.ForgetEmptyAsync(default);

        Assert.Equal([archived, open], (await Log.ReadConversationsAsync(0, 100, default)).Select(conversation => conversation.Id));
        Assert.Null(await Log.FindConversationAsync(emptied, default));
        // A new life of it is another conversation.
        Assert.True((await Log.OpenAsync(Drafts.Channel("@emptied"), Drafts.Noon, default)).Id.Value > open.Value);
    }

    [Fact]
    public async Task The_archive_lists_every_conversation_by_page()
    {
        var first = await FilledAsync("@room", 2);
        await Log.CloseAsync(first, Drafts.Noon.AddHours(1), default);
        var second = await FilledAsync("@room", 1);

        var page = await Log.ReadConversationsAsync(0, 1, default);
        var next = await Log.ReadConversationsAsync(page[0].Id.Value, 1, default);

        Assert.Equal((first, Drafts.Noon.AddHours(1), 1L, 2L), (page[0].Id, page[0].ClosedAt, page[0].FirstSeq, page[0].LastSeq));
        Assert.Equal((second, null), (next[0].Id, next[0].ClosedAt));
        Assert.Empty(await Log.ReadConversationsAsync(second.Value, 1, default));
    }

    private async Task<ConversationId> FilledAsync(string name, int count)
    {
        var conversation = await Log.OpenAsync(Drafts.Channel(name), Drafts.Noon, default);
        for (var i = 0; i < count; i++) await Log.AppendAsync(Drafts.To(conversation, "12345678é") with { SentAt = Drafts.Noon.AddMinutes(i) }, default);
        return conversation.Id;
    }

    private Task<long> CutAsync(ConversationId conversation, RetentionLimits limits) => Removal.FindCutAsync(conversation, limits, default);

    private Task<int> RemoveAsync(ConversationId conversation, long through, int limit) => Removal.RemoveAsync(conversation, through, limit, default);
}
