using KaiChat.Server.Chat;
using KaiChat.Server.Storage;
using KaiChat.TestKit;
using Xunit;

namespace KaiChat.Specification;

public abstract partial class MessageLogSpecification
{
    [Fact]
    public async Task A_repeated_client_message_id_brings_the_first_message_back()
    {
        var conversation = await OpenAsync("@general");
        var draft = Drafts.To(conversation, "first", clientMessageId: "id");
        var first = await AppendAsync(draft);

        var repeated = await Log.AppendAsync(draft with { Text = "second", SentAt = Drafts.Noon.AddMinutes(1) }, default);

        Assert.Equal(new AppendResult(first, Repeated: true), repeated);
        Assert.Equal([first], await ReadAllAsync(conversation.Id));
        Assert.Equal(2, (await AppendAsync(draft with { ClientMessageId = "ID" })).Seq);
    }

    [Fact]
    public async Task A_repetition_is_known_over_a_restart_and_from_another_conversation_or_a_closed_one()
    {
        var conversation = await OpenAsync("@general");
        var draft = Drafts.To(conversation, "first", clientMessageId: "id");
        var first = new AppendResult(await AppendAsync(draft), Repeated: true);

        await ReopenAsync();
        Assert.Equal(first, await Log.AppendAsync(draft, default));
        var other = await OpenAsync("@other");
        Assert.Equal(first, await Log.AppendAsync(draft with { Conversation = other.Id }, default));
        await Log.CloseAsync(conversation.Id, Drafts.Noon, default);
        Assert.Equal(first, await Log.AppendAsync(draft, default));

        Assert.Equal(1, (await AppendAsync(Drafts.To(other, "its first"))).Seq);
        Assert.Equal([first.Message], await ReadAllAsync(conversation.Id));
    }

    [Fact]
    public async Task What_a_session_sent_is_found_by_its_id_as_it_is_now_and_nobody_elses_is()
    {
        var conversation = await OpenAsync("@general");
        var ada = Drafts.Author("ada");
        await AppendAsync(Drafts.To(conversation, "first", ada, "id"));
        Assert.Equal(ChangeOutcome.Changed, (await Log.ChangeAsync(new TextEdit(conversation.Id, 1, ada, Drafts.Noon, "better", Drafts.Noon), default)).Outcome);
        var reacted = (await Log.ChangeAsync(new ReactionChange(conversation.Id, 1, Drafts.Author("ben"), Drafts.Noon, "👍", On: true), default)).Message;

        await Log.CloseAsync(conversation.Id, Drafts.Noon, default);
        Assert.Equivalent(reacted, await Log.FindSentAsync(ada.Session, "id", default), strict: true);
        Assert.Null(await Log.FindSentAsync(ada.Session, "ID", default));
        Assert.Null(await Log.FindSentAsync(Drafts.Author("ada").Session, "id", default));
    }

    [Fact]
    public async Task Repeated_at_the_same_time_it_is_still_one_message()
    {
        var conversation = await OpenAsync("@general");
        var author = Drafts.Author("ada");
        var drafts = Enumerable.Range(0, 200).Select(i => Drafts.To(conversation, $"text {i}", author, $"id {i % 20}"));

        var results = await Task.WhenAll(drafts.Select(draft => Task.Run(() => Log.AppendAsync(draft, default))));

        Assert.Equal(20, results.Count(result => !result.Repeated));
        Assert.Equal(20, results.Select(result => result.Message).Distinct().Count());
        var stored = await ReadAllAsync(conversation.Id);
        Assert.Equal(Range(1, 20), Seqs(stored));
        Assert.Equal(20, stored.Select(message => message.ClientMessageId).Distinct().Count());
    }

    [Fact]
    public async Task Ids_of_different_sessions_and_missing_ids_repeat_nothing()
    {
        var conversation = await OpenAsync("@general");
        var ada = Drafts.Author("ada");

        await AppendAsync(Drafts.To(conversation, "1", ada, "id"));
        await AppendAsync(Drafts.To(conversation, "2", Drafts.Author("ada"), "id"));
        await AppendAsync(Drafts.To(conversation, "3", ada));
        await AppendAsync(Drafts.To(conversation, "3", ada));

        Assert.Equal(Range(1, 4), Seqs(await ReadAllAsync(conversation.Id)));
    }
}
