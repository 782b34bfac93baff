using KaiChat.Server.Chat;
using KaiChat.Server.Storage;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;
using Xunit;

namespace KaiChat.Specification;

/// <summary>Answers, edits, deletions and reactions.</summary>
public abstract partial class MessageLogSpecification
{
    private static readonly DateTimeOffset Later = Drafts.Noon.AddHours(1);
    private static readonly Author Ada = Drafts.Author("ada");
    private static readonly Author Ben = Drafts.Author("ben");

    [Fact]
    public async Task An_answer_knows_what_it_answers_and_by_whom_even_when_that_is_gone()
    {
        var room = await RoomAsync("first");
        var answer = await AppendAsync(Drafts.To(room, "yes", Ben) with { ReplyTo = 1 });
        Assert.Equal(new AnsweredMessage(1, Ada.Name), answer.ReplyTo);

        await DeleteAsync(room, 1);
        await ReopenAsync();

        Assert.Equal([null, new AnsweredMessage(1, Ada.Name)], (await ReadAllAsync(room)).Select(message => message.ReplyTo));
    }

    [Fact]
    public async Task Only_a_message_that_is_there_is_answered_but_a_repetition_is_known()
    {
        var room = await RoomAsync("first", "second");
        var other = await OpenAsync("@other");
        var draft = Drafts.To(room, "yes", Ben, "id") with { ReplyTo = 1 };
        var first = await AppendAsync(draft);
        await DeleteAsync(room, 1);

        await Assert.ThrowsAsync<MessageMissingException>(() => Log.AppendAsync(draft with { ClientMessageId = "other" }, default));
        await Assert.ThrowsAsync<MessageMissingException>(() => Log.AppendAsync(draft with { ClientMessageId = null, ReplyTo = 99 }, default));
        await Assert.ThrowsAsync<MessageMissingException>(() => Log.AppendAsync(draft with { ClientMessageId = null, ReplyTo = 2, Conversation = other.Id }, default));
        Assert.Equal(new AppendResult(first, Repeated: true), await Log.AppendAsync(draft, default));
        Assert.Equal(Range(1, 3), Seqs(await ReadAllAsync(room)));
    }

    [Fact]
    public async Task An_edit_gives_another_text_and_keeps_everything_else()
    {
        var room = await RoomAsync("frist", "second");
        var before = (await ReadAllAsync(room))[0];

        var edited = await EditAsync(room, 1, "first");

        var expected = new ChangeResult(ChangeOutcome.Changed, before with { Text = "first", EditedAt = Later, Rev = 1 });
        Assert.Equal(expected, edited);
        await ReopenAsync();
        Assert.Equal(expected.Message, (await ReadAllAsync(room))[0]);
        Assert.Equal(1, (await Log.FindConversationAsync(room, default))!.Rev);
        Assert.Equal(1, Assert.Single(await Log.ReadOpenConversationsAsync(default)).Rev);
    }

    [Fact]
    public async Task What_changes_nothing_raises_no_revision()
    {
        var room = await RoomAsync("first");
        Assert.Equal(ChangeOutcome.Unchanged, (await EditAsync(room, 1, "first")).Outcome);
        Assert.Equal(ChangeOutcome.Unchanged, (await ReactAsync(room, 1, "👍", Ben, on: false)).Outcome);
        await ReactAsync(room, 1, "👍", Ben);
        Assert.Equal(ChangeOutcome.Unchanged, (await ReactAsync(room, 1, "👍", Ben)).Outcome);
        await DeleteAsync(room, 1);
        var again = await DeleteAsync(room, 1, Later.AddMinutes(1));

        Assert.Equal((ChangeOutcome.Unchanged, Later, 2L), (again.Outcome, again.Message!.DeletedAt, again.Message.Rev));
        Assert.Equal(2, (await Log.FindConversationAsync(room, default))!.Rev);
    }

    [Fact]
    public async Task Only_the_author_edits_and_deletes_by_session_not_by_name()
    {
        var room = await RoomAsync("first");
        foreach (var stranger in (Author[])[Ben, Drafts.Author("ada")])
        {
            Assert.Equal(new ChangeResult(ChangeOutcome.NotTheAuthor), await EditAsync(room, 1, "mine", stranger));
            Assert.Equal(new ChangeResult(ChangeOutcome.NotTheAuthor), await Log.ChangeAsync(new Deletion(room, 1, stranger, Later), default));
        }
        Assert.Equal(0, (await ReadAllAsync(room))[0].Rev);
    }

    [Fact]
    public async Task An_operator_deletes_anybodys_message_once()
    {
        var room = await RoomAsync("first");
        var deletion = new Deletion(room, 1, MessageChange.AnOperator, Later) { Record = _ => Drafts.Record() };

        var deleted = await Log.ChangeAsync(deletion, default);
        var again = await Log.ChangeAsync(deletion, default);

        Assert.Equal((ChangeOutcome.Changed, "", Later), (deleted.Outcome, deleted.Message!.Text, deleted.Message.DeletedAt));
        Assert.Equal(Deleter.Moderator, deleted.Message.DeletedBy);
        Assert.Equal(ChangeOutcome.Unchanged, again.Outcome);
        Assert.Empty(await Log.ReadVersionsAsync(room, 1, default));
        await ReopenAsync();
        Assert.Equal(Deleter.Moderator, (await ReadAllAsync(room))[0].DeletedBy);
        Assert.Equal(new ChangeResult(ChangeOutcome.Missing), await Log.ChangeAsync(deletion with { Seq = 9 }, default));
    }

    [Fact]
    public async Task What_is_too_old_or_not_there_is_not_edited()
    {
        var room = await RoomAsync("first");
        Assert.Equal(ChangeOutcome.TooLate, (await Log.ChangeAsync(new TextEdit(room, 1, Ada, Later, "x", Drafts.Noon.AddTicks(1)), default)).Outcome);
        Assert.Equal(ChangeOutcome.Changed, (await Log.ChangeAsync(new TextEdit(room, 1, Ada, Later, "x", Drafts.Noon), default)).Outcome);
        Assert.Equal(ChangeOutcome.Missing, (await EditAsync(room, 2, "x")).Outcome);
        Assert.Equal(ChangeOutcome.Missing, (await EditAsync(room, 0, "x")).Outcome);
        Assert.Equal(ChangeOutcome.Missing, (await ReactAsync(room, 2, "👍", Ben)).Outcome);
    }

    [Fact]
    public async Task Deleting_takes_text_versions_and_reactions_for_good()
    {
        var room = await RoomAsync("first");
        await EditAsync(room, 1, "better");
        await ReactAsync(room, 1, "👍", Ben);

        var deleted = (await DeleteAsync(room, 1)).Message!;

        Assert.Equal(("", Later, Deleter.Author, 3L), (deleted.Text, deleted.DeletedAt, deleted.DeletedBy, deleted.Rev));
        Assert.Empty(deleted.Reactions);
        Assert.Empty(await Log.ReadVersionsAsync(room, 1, default));
        Assert.Equal(ChangeOutcome.Missing, (await EditAsync(room, 1, "again")).Outcome);
        Assert.Equal(ChangeOutcome.Missing, (await ReactAsync(room, 1, "👍", Ben)).Outcome);
        await ReopenAsync();
        Assert.Equivalent(deleted, (await ReadAllAsync(room))[0], strict: true);
    }

    [Fact]
    public async Task Reactions_are_counted_by_kind_one_of_each_kind_a_user()
    {
        var room = await RoomAsync("first", "second", "third");
        var cleo = Drafts.Author("cleo");
        await ReactAsync(room, 2, "🎉", Ben, at: Later);
        await ReactAsync(room, 2, "👍", Ben, at: Later.AddSeconds(1));
        await ReactAsync(room, 2, "👍", cleo, at: Later.AddSeconds(2));
        await ReactAsync(room, 2, "🎉", cleo, at: Later.AddSeconds(3));
        var last = await ReactAsync(room, 2, "🎉", Ben, on: false);

        MessageReaction[] expected = [new("👍", 2, [Ben.Session, cleo.Session]), new("🎉", 1, [cleo.Session])];
        Assert.Equivalent(expected, last.Message!.Reactions, strict: true);
        await ReopenAsync();
        foreach (var page in new[] { await ReadAllAsync(room), await Log.ReadBeforeAsync(room, 4, 3, default) })
        {
            Assert.Equivalent(expected, page[1].Reactions, strict: true);
            Assert.All([page[0], page[2]], message => Assert.Empty(message.Reactions));
        }
        Assert.Equivalent(expected, Assert.Single(await Log.ReadChangesAsync(room, 0, 10, default)).Reactions, strict: true);
    }

    [Fact]
    public async Task Reactions_end_somewhere()
    {
        var room = await RoomAsync("first");
        for (var i = 0; i < ReactionChange.MostKinds; i++) await ReactAsync(room, 1, $"kind {i}", Ben);
        Assert.Equal(ChangeOutcome.TooMany, (await ReactAsync(room, 1, "one more", Ben)).Outcome);
        var changes = Enumerable.Range(0, ReactionChange.MostReactions).Select(_ => ReactAsync(room, 1, "kind 0", Drafts.Author("x")));

        var outcomes = (await Task.WhenAll(changes)).Select(change => change.Outcome).ToArray();

        Assert.Equal(ReactionChange.MostKinds, outcomes.Count(outcome => outcome == ChangeOutcome.TooMany));
        var first = (await ReadAllAsync(room))[0].Reactions[0];
        Assert.Equal((ReactionChange.MostReactions - ReactionChange.MostKinds + 1, MessageReaction.MostNamed), (first.Count, first.By.Count));
    }

    [Fact]
    public async Task Changes_are_read_in_order_of_revision_each_message_once()
    {
        var room = await RoomAsync("first", "second", "third");
        await ReactAsync(room, 3, "👍", Ben);
        await EditAsync(room, 1, "1");
        await EditAsync(room, 2, "2");
        await EditAsync(room, 1, "one");

        Assert.Equal([(3L, 1L), (2, 3), (1, 4)], await ChangedAsync(room, 0, 10));
        Assert.Equal([(2L, 3L), (1, 4)], await ChangedAsync(room, 1, 10));
        Assert.Equal([(2L, 3L)], await ChangedAsync(room, 2, 1));
        Assert.Empty(await ChangedAsync(room, 4, 10));
        await ReopenAsync();
        await DeleteAsync(room, 3);
        Assert.Equal([(3L, 5L)], await ChangedAsync(room, 4, 10));
    }

    [Fact]
    public async Task All_texts_of_a_message_are_kept_and_of_very_many_the_newest()
    {
        var room = await RoomAsync("0");
        Assert.Equal([new TextVersion("0", Drafts.Noon)], await Log.ReadVersionsAsync(room, 1, default));
        await EditAsync(room, 1, "1");
        Assert.Equal([new TextVersion("0", Drafts.Noon), new TextVersion("1", Later)], await Log.ReadVersionsAsync(room, 1, default));
        for (var i = 2; i <= 60; i++) await EditAsync(room, 1, $"{i}");

        Assert.Equal(Enumerable.Range(11, 50).Select(i => $"{i}"), (await Log.ReadVersionsAsync(room, 1, default)).Select(version => version.Text));
        Assert.Empty(await Log.ReadVersionsAsync(room, 7, default));
    }

    [Fact]
    public async Task A_repeated_send_returns_the_message_as_it_is_now()
    {
        var room = await OpenAsync("@general");
        var draft = Drafts.To(room, "first", Ada, "id");
        await AppendAsync(draft);
        await EditAsync(room.Id, 1, "edited");
        var reacted = await ReactAsync(room.Id, 1, "👍", Ben);

        var repeated = await Log.AppendAsync(draft, default);

        Assert.True(repeated.Repeated);
        Assert.Equivalent(reacted.Message, repeated.Message, strict: true);
    }

    [Fact]
    public async Task A_change_that_may_not_be_harms_none_of_its_neighbours()
    {
        var room = await RoomAsync("first");
        var closed = await OpenAsync("@closed");
        await Log.CloseAsync(closed.Id, Drafts.Noon, default);
        var changes = Enumerable.Range(0, 100).Select(i => (i % 4) switch
        {
            0 => EditAsync(room, 1, $"text {i}"),
            1 => EditAsync(room, 1, "not mine", Ben),
            2 => EditAsync(room, 9, "nowhere"),
            _ => EditAsync(closed.Id, 1, "closed"),
        }).ToArray();
        await Assert.ThrowsAsync<ConversationClosedException>(() => Task.WhenAll(changes));

        Assert.Equal(
            [(ChangeOutcome.Changed, 25), (ChangeOutcome.Missing, 25), (ChangeOutcome.NotTheAuthor, 25)],
            changes.Where(change => change.IsCompletedSuccessfully).CountBy(change => change.Result.Outcome).Select(count => (count.Key, count.Value)).Order());
        Assert.Equal(Range(1, 25), changes.Where((_, i) => i % 4 == 0).Select(change => change.Result.Message!.Rev));
        Assert.Equal(("text 96", 25), ((await ReadAllAsync(room))[0].Text, (await ReadAllAsync(room))[0].Rev));
    }

    private async Task<ConversationId> RoomAsync(params string[] texts)
    {
        var room = await OpenAsync("@room");
        foreach (var text in texts) await AppendAsync(Drafts.To(room, text, Ada));
        return room.Id;
    }

    private Task<ChangeResult> EditAsync(ConversationId room, long seq, string text, Author? by = null) =>
        Log.ChangeAsync(new TextEdit(room, seq, by ?? Ada, Later, text, DateTimeOffset.MinValue), default);

    private Task<ChangeResult> DeleteAsync(ConversationId room, long seq, DateTimeOffset? at = null) => Log.ChangeAsync(new Deletion(room, seq, Ada, at ?? Later), default);

    private Task<ChangeResult> ReactAsync(ConversationId room, long seq, string emoji, Author by, bool on = true, DateTimeOffset? at = null) =>
        Log.ChangeAsync(new ReactionChange(room, seq, by, at ?? Later, emoji, on), default);

    private async Task<(long Seq, long Rev)[]> ChangedAsync(ConversationId room, long afterRev, int limit) =>
        [.. (await Log.ReadChangesAsync(room, afterRev, limit, default)).Select(message => (message.Seq, message.Rev))];
}
