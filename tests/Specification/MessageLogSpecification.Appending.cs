using System.Text;
using KaiChat.Server.Chat;
using KaiChat.Server.Storage;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;
using Xunit;

namespace KaiChat.Specification;

public abstract partial class MessageLogSpecification
{
    [Fact]
    public async Task Numbers_the_messages_of_each_conversation_from_one()
    {
        var general = await OpenAsync("@general");
        var other = await OpenAsync("@other");

        Assert.Equal(Range(1, 3), Seqs(await AppendManyAsync(general, 3)));
        Assert.Equal(Range(1, 2), Seqs(await AppendManyAsync(other, 2)));
        Assert.Equal(Range(4, 5), Seqs(await AppendManyAsync(general, 2)));
    }

    [Theory]
    [InlineData(Origin.Web, "d7f1", "Ada")]
    [InlineData(Origin.Native, null, "a b")]
    public async Task Keeps_all_of_a_message_over_a_restart(Origin origin, string? clientMessageId, string author)
    {
        var conversation = await OpenAsync("@general");
        var draft = Drafts.To(conversation, "hello", Drafts.Author(author, new SessionId(long.MaxValue)), clientMessageId, origin);

        var appended = await AppendAsync(draft);

        Assert.Equal(new ChatMessage(conversation.Id, 1, draft.Author, origin, draft.SentAt, "hello", clientMessageId), appended);
        Assert.Equal(author, appended.Author.Name.Value);
        Assert.Equal([appended], await ReadAllAsync(conversation.Id));
        await ReopenAsync();
        var read = Assert.Single(await ReadAllAsync(conversation.Id));
        Assert.Equal(appended, read);
        Assert.Equal(author, read.Author.Name.Value);
        Assert.Equal(TimeSpan.Zero, read.SentAt.Offset);
    }

    [Fact]
    public async Task Keeps_the_moment_of_a_time_given_in_another_zone()
    {
        var conversation = await OpenAsync("@general");
        var draft = Drafts.To(conversation, "hello") with { SentAt = Drafts.Noon.ToOffset(TimeSpan.FromHours(5)) };

        Assert.Equal(TimeSpan.Zero, (await AppendAsync(draft)).SentAt.Offset);
        Assert.Equal(draft.SentAt, Assert.Single(await ReadAllAsync(conversation.Id)).SentAt);
    }

    public static TheoryData<string> Texts =>
    [
        "",
        " leading and trailing ",
        "line\nline\ttab\r",
        "NUL \0 in the middle \0",
        "\0",
        "'; DROP TABLE messages; --",
        "Grüße, Ελληνικά, עברית, 漢字",
        "\U0001F469\u200D\U0001F469\u200D\U0001F467 \U0001F1E9\U0001F1EA \U0010FFFF",
        "e\u0301 stays apart, \u00E9 stays together",
        "\uFEFF a byte order mark, \uFFFD, \uFFFF",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Keeps_any_text_as_it_is(string text)
    {
        var conversation = await OpenAsync("@general");
        var id = "id " + text;

        var appended = await AppendAsync(Drafts.To(conversation, text, clientMessageId: id));

        var read = Assert.Single(await ReadAllAsync(conversation.Id));
        Assert.Equal(text, appended.Text);
        Assert.Equal(text, read.Text);
        Assert.Equal(id, read.ClientMessageId);
    }

    [Theory]
    [InlineData(511)]
    [InlineData(4_096)]
    [InlineData(1_000_000)]
    public async Task Keeps_long_texts(int length)
    {
        var conversation = await OpenAsync("@general");
        var text = new StringBuilder();
        while (text.Length < length) text.Append((char)('!' + text.Length % 90)).Append('€');

        await AppendAsync(Drafts.To(conversation, text.ToString()));
        await AppendAsync(Drafts.To(conversation, "short"));

        Assert.Equal([text.ToString(), "short"], (await ReadAllAsync(conversation.Id)).Select(message => message.Text));
    }

    [Fact]
    public async Task Replaces_half_a_surrogate_pair()
    {
        // Not theory data: attributes hold UTF-8, which has no half pairs.
        (string Text, string Kept)[] texts =
        [
            ("half \uD83D", "half \uFFFD"),
            ("\uDE00 half", "\uFFFD half"),
            ("\uDE00\uD83D\uD83D\uDE00", "\uFFFD\uFFFD\U0001F600"),
        ];
        var conversation = await OpenAsync("@general");

        foreach (var (text, kept) in texts) Assert.Equal(kept, (await AppendAsync(Drafts.To(conversation, text))).Text);

        Assert.Equal(texts.Select(text => text.Kept), (await ReadAllAsync(conversation.Id)).Select(message => message.Text));
    }

    [Fact]
    public async Task Refuses_half_a_surrogate_pair_in_a_client_message_id()
    {
        var conversation = await OpenAsync("@general");

        await Assert.ThrowsAsync<ArgumentException>(() => Log.AppendAsync(Drafts.To(conversation, "a", clientMessageId: "\uD83D"), default));

        Assert.Empty(await ReadAllAsync(conversation.Id));
    }

    [Fact]
    public async Task Refuses_a_message_to_a_conversation_that_is_closed_or_never_was()
    {
        var conversation = await OpenAsync("@general");
        await AppendManyAsync(conversation, 2);
        await Log.CloseAsync(conversation.Id, Drafts.Noon, default);
        var unknown = new ConversationId(conversation.Id.Value + 1000);

        var closed = await Assert.ThrowsAsync<ConversationClosedException>(() => Log.AppendAsync(Drafts.To(conversation, "late"), default));
        await Assert.ThrowsAsync<ConversationClosedException>(() => Log.AppendAsync(Drafts.To(unknown, "lost"), default));

        Assert.Equal(conversation.Id, closed.Conversation);
        Assert.Equal(Range(1, 2), Seqs(await ReadAllAsync(conversation.Id)));
        Assert.Empty(await ReadAllAsync(unknown));
        Assert.True(Log.IsWritable);
    }

    [Fact]
    public async Task Does_nothing_for_a_caller_who_has_cancelled_already()
    {
        var conversation = await OpenAsync("@general");
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Log.AppendAsync(Drafts.To(conversation, "a"), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Log.OpenAsync(Drafts.Channel("@other"), Drafts.Noon, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Log.CloseAsync(conversation.Id, Drafts.Noon, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Log.ReadOpenConversationsAsync(cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Log.ReadBeforeAsync(conversation.Id, 9, 9, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Log.ReadAfterAsync(conversation.Id, 0, 9, cancelled));

        Assert.Equal(1, (await AppendAsync(Drafts.To(conversation, "b"))).Seq);
        Assert.Equal([conversation with { LastSeq = 1 }], await Log.ReadOpenConversationsAsync(default));
    }
}
