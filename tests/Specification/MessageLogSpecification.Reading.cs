using KaiChat.Server.Chat;
using KaiChat.TestKit;
using Xunit;

namespace KaiChat.Specification;

public abstract partial class MessageLogSpecification
{
    [Theory]
    [InlineData(long.MaxValue, 3, 8, 10)]
    [InlineData(11, 3, 8, 10)]
    [InlineData(10, 3, 7, 9)]
    [InlineData(3, 3, 1, 2)]
    [InlineData(1, 3, 1, 0)]
    [InlineData(0, 3, 1, 0)]
    [InlineData(-5, 3, 1, 0)]
    [InlineData(11, 0, 1, 0)]
    [InlineData(11, int.MaxValue, 1, 10)]
    public async Task Reads_the_newest_before_a_seq_oldest_first(long beforeSeq, int limit, int first, int last)
    {
        var conversation = await OpenAsync("@general");
        var messages = await AppendManyAsync(conversation, 10);

        var read = await Log.ReadBeforeAsync(conversation.Id, beforeSeq, limit, default);

        Assert.Equal(messages.Where(message => message.Seq >= first && message.Seq <= last), read);
    }

    [Theory]
    [InlineData(long.MinValue, 3, 1, 3)]
    [InlineData(0, 3, 1, 3)]
    [InlineData(4, 3, 5, 7)]
    [InlineData(8, 3, 9, 10)]
    [InlineData(10, 3, 1, 0)]
    [InlineData(long.MaxValue, 3, 1, 0)]
    [InlineData(0, 0, 1, 0)]
    [InlineData(0, int.MaxValue, 1, 10)]
    public async Task Reads_the_oldest_after_a_seq_oldest_first(long afterSeq, int limit, int first, int last)
    {
        var conversation = await OpenAsync("@general");
        var messages = await AppendManyAsync(conversation, 10);

        var read = await Log.ReadAfterAsync(conversation.Id, afterSeq, limit, default);

        Assert.Equal(messages.Where(message => message.Seq >= first && message.Seq <= last), read);
    }

    [Fact]
    public async Task What_is_acknowledged_is_there_for_every_reader_at_once()
    {
        var conversation = await OpenAsync("@general");

        for (var seq = 1; seq <= 200; seq++)
        {
            var appended = await AppendAsync(Drafts.To(conversation, $"text {seq}"));
            Assert.Equal([appended], await Log.ReadAfterAsync(conversation.Id, seq - 1, 10, default));
        }
    }

    [Fact]
    public async Task Pages_both_ways_over_everything()
    {
        var conversation = await OpenAsync("@general");
        await OpenAsync("@other");
        var messages = await AppendManyAsync(conversation, 23);

        var back = new List<ChatMessage>();
        while (await Log.ReadBeforeAsync(conversation.Id, back.Count == 0 ? long.MaxValue : back[0].Seq, 5, default) is { Count: > 0 } page)
        {
            back.InsertRange(0, page);
        }

        var forth = new List<ChatMessage>();
        while (await Log.ReadAfterAsync(conversation.Id, forth.Count, 5, default) is { Count: > 0 } page) forth.AddRange(page);

        Assert.Equal(messages, back);
        Assert.Equal(messages, forth);
    }

    [Fact]
    public async Task Reads_nothing_of_an_unknown_or_empty_conversation_and_refuses_a_negative_limit()
    {
        var empty = (await OpenAsync("@general")).Id;
        var unknown = new ConversationId(empty.Value + 1000);

        Assert.Empty(await Log.ReadBeforeAsync(unknown, long.MaxValue, 10, default));
        Assert.Empty(await Log.ReadAfterAsync(unknown, 0, 10, default));
        Assert.Empty(await Log.ReadBeforeAsync(empty, long.MaxValue, 10, default));
        Assert.Empty(await Log.ReadAfterAsync(empty, 0, 10, default));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Log.ReadBeforeAsync(empty, 9, -1, default));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Log.ReadAfterAsync(empty, 0, -1, default));
    }
}
