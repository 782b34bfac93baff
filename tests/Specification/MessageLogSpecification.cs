using KaiChat.Server.Chat;
using KaiChat.Server.Storage;
using KaiChat.TestKit;
using Xunit;

namespace KaiChat.Specification;

/// <summary>
/// What every <see cref="IMessageLog"/> must do. A store's tests inherit it and say how a log is opened and closed; what is written in one log
/// must be there in the next one of the same test.
/// </summary>
public abstract partial class MessageLogSpecification : IAsyncLifetime
{
    private IMessageLog? _log;

    internal IMessageLog Log => _log ?? throw new InvalidOperationException("The log is closed.");

    public async ValueTask InitializeAsync() => _log = await OpenLogAsync();

    public virtual async ValueTask DisposeAsync()
    {
        if (_log is not null) await CloseLogAsync(_log);
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the test's log: empty the first time, then with what was in it.</summary>
    internal abstract Task<IMessageLog> OpenLogAsync();

    /// <summary>Closes a log as an orderly stop of the server does.</summary>
    internal abstract Task CloseLogAsync(IMessageLog log);

    internal async Task ReopenAsync()
    {
        var log = Log;
        _log = null;
        await CloseLogAsync(log);
        _log = await OpenLogAsync();
    }

    internal Task<LoggedConversation> OpenAsync(string name) => Log.OpenAsync(Drafts.Channel(name), Drafts.Noon, default);

    internal async Task<ChatMessage> AppendAsync(MessageDraft draft)
    {
        var result = await Log.AppendAsync(draft, default);
        Assert.False(result.Repeated);
        return result.Message;
    }

    internal async Task<ChatMessage[]> AppendManyAsync(LoggedConversation conversation, int count)
    {
        var messages = new ChatMessage[count];
        for (var i = 0; i < count; i++) messages[i] = await AppendAsync(Drafts.To(conversation, $"text {i + 1}"));
        return messages;
    }

    internal Task<IReadOnlyList<ChatMessage>> ReadAllAsync(ConversationId conversation) => Log.ReadAfterAsync(conversation, 0, int.MaxValue, default);

    internal static long[] Seqs(IEnumerable<ChatMessage> messages) => [.. messages.Select(message => message.Seq)];

    internal static long[] Range(int first, int last) => [.. Enumerable.Range(first, Math.Max(0, last - first + 1)).Select(seq => (long)seq)];
}
