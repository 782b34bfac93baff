using KaiChat.Server.Chat;
using KaiChat.Server.Storage;
using KaiChat.TestKit;
using Xunit;

namespace KaiChat.Specification;

public abstract partial class MessageLogSpecification
{
    [Fact]
    public async Task Starts_empty_and_writable()
    {
        Assert.Empty(await Log.ReadOpenConversationsAsync(default));
        Assert.True(Log.IsWritable);
    }

    [Fact]
    public async Task Opens_one_conversation_for_all_spellings_of_a_name_and_keeps_the_first()
    {
        var first = await OpenAsync("@General");
        await AppendManyAsync(first, 2);

        var again = await Log.OpenAsync(Drafts.Channel("@gENERAL"), Drafts.Noon.AddDays(1), default);

        Assert.Equal(new LoggedConversation(first.Id, Drafts.Channel("@General"), Drafts.Noon, ClosedAt: null, FirstSeq: 1, LastSeq: 2), again);
        Assert.Equal("@General", again.Name.Value);
        Assert.Equal([again], await Log.ReadOpenConversationsAsync(default));
    }

    [Fact]
    public async Task Opened_at_the_same_time_it_is_still_one_conversation()
    {
        var opened = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(() => OpenAsync(i % 2 == 0 ? "@general" : "@GENERAL"))));

        Assert.Single(opened.Distinct());
    }

    [Fact]
    public async Task A_conversation_opened_again_is_a_new_one_and_the_old_one_stays_readable()
    {
        var first = await OpenAsync("@general");
        var messages = await AppendManyAsync(first, 3);
        await Log.CloseAsync(first.Id, Drafts.Noon, default);

        var second = await OpenAsync("@GENERAL");

        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal("@GENERAL", second.Name.Value);
        Assert.Equal(0, second.LastSeq);
        Assert.Empty(await ReadAllAsync(second.Id));
        Assert.Equal(1, (await AppendAsync(Drafts.To(second, "new"))).Seq);
        Assert.Equal(messages, await ReadAllAsync(first.Id));
        Assert.Equal([second with { LastSeq = 1 }], await Log.ReadOpenConversationsAsync(default));
    }

    [Fact]
    public async Task Closing_a_closed_or_unknown_conversation_does_nothing()
    {
        var closed = await OpenAsync("@general");
        await Log.CloseAsync(closed.Id, Drafts.Noon, default);
        var open = await OpenAsync("@general");

        await Log.CloseAsync(closed.Id, Drafts.Noon, default);
        await Log.CloseAsync(new ConversationId(open.Id.Value + 1000), Drafts.Noon, default);

        Assert.Equal([open], await Log.ReadOpenConversationsAsync(default));
    }

    [Fact]
    public async Task Open_conversations_stay_open_over_a_restart()
    {
        var general = await OpenAsync("@General");
        var closed = await OpenAsync("@closed");
        var empty = await OpenAsync("@empty");
        await AppendManyAsync(general, 3);
        await AppendManyAsync(closed, 2);
        await Log.CloseAsync(closed.Id, Drafts.Noon, default);

        await ReopenAsync();

        var open = await Log.ReadOpenConversationsAsync(default);
        Assert.Equal([general with { LastSeq = 3 }, empty], open);
        Assert.Equal("@General", open[0].Name.Value);
        Assert.Equal(open[0], await OpenAsync("@general"));
        Assert.Equal(4, (await AppendAsync(Drafts.To(general, "goes on"))).Seq);
        Assert.Equal(Range(1, 2), Seqs(await ReadAllAsync(closed.Id)));
    }

    [Fact]
    public async Task An_id_is_never_used_twice()
    {
        var closed = await OpenAsync("@general");
        await Log.CloseAsync(closed.Id, Drafts.Noon, default);
        await ReopenAsync();

        Assert.True((await OpenAsync("@general")).Id.Value > closed.Id.Value);
    }

    [Fact]
    public async Task Many_senders_in_many_conversations_lose_and_double_nothing()
    {
        const int Conversations = 10, Senders = 40, Each = 50;
        var opened = await Task.WhenAll(Enumerable.Range(0, Conversations).Select(i => OpenAsync($"@c{i}")));

        var acknowledged = await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(async () =>
        {
            var author = Drafts.Author($"s{sender}");
            var messages = new List<ChatMessage>();
            for (var i = 0; i < Each; i++)
            {
                messages.Add(await AppendAsync(Drafts.To(opened[(sender + i) % Conversations], $"{sender} {i}", author, $"{i}")));
            }

            return messages;
        })));

        foreach (var sender in acknowledged)
        {
            foreach (var inOne in sender.GroupBy(message => message.Conversation)) Assert.Equal(inOne.OrderBy(message => message.Seq), inOne);
        }

        foreach (var conversation in opened)
        {
            var stored = await ReadAllAsync(conversation.Id);
            var its = acknowledged.SelectMany(messages => messages).Where(message => message.Conversation == conversation.Id);
            Assert.Equal(Range(1, stored.Count), Seqs(stored));
            Assert.Equal(its.OrderBy(message => message.Seq), stored);
        }
    }

    [Fact]
    public async Task Reads_while_writing_see_every_message_up_to_some_seq()
    {
        var conversation = await OpenAsync("@general");
        var writing = Task.Run(() => AppendManyAsync(conversation, 300));

        while (!writing.IsCompleted)
        {
            var read = await ReadAllAsync(conversation.Id);
            Assert.Equal(Range(1, read.Count), Seqs(read));
        }

        Assert.Equal(await writing, await ReadAllAsync(conversation.Id));
    }
}
