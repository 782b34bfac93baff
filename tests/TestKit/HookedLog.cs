using KaiChat.Server.Chat;
using KaiChat.Server.Storage;
using KaiChat.Server.Storage.Sqlite;
using KaiChat.Shared.Names;
using Microsoft.Extensions.DependencyInjection;

namespace KaiChat.TestKit;

/// <summary>The real log, with places where a test may hold up what is asked of it, or make it fail.</summary>
internal sealed class HookedLog : IMessageLog
{
    private SqliteMessageLog _log = null!;

    /// <summary>Runs when a message is in the log and its sender has not heard so yet.</summary>
    public Func<Task> Appended { get; set; } = () => Task.CompletedTask;

    /// <summary>Runs when a message has changed in the log and nobody has heard so yet.</summary>
    public Func<Task> Changed { get; set; } = () => Task.CompletedTask;

    /// <summary>Runs before a channel is opened in the log.</summary>
    public Func<Task> Opening { get; set; } = () => Task.CompletedTask;

    /// <summary>Whether opening, appending, closing and reading fail.</summary>
    public bool Fails { get; set; }

    /// <summary>What failing is: as a rule a log that cannot be used now.</summary>
    public Func<Exception> Fault { get; set; } = static () => new LogUnavailableException("The test says so.");

    /// <summary>How many more reads of messages succeed before they fail.</summary>
    public int ReadsLeft { get; set; } = int.MaxValue;

    public bool IsWritable => !Fails && _log.IsWritable;

    /// <summary>Puts it between the server and its log.</summary>
    public void Take(IServiceCollection services) => services.AddSingleton<IMessageLog>(provider =>
    {
        _log = provider.GetRequiredService<SqliteMessageLog>();
        return this;
    });

    public Task<IReadOnlyList<LoggedConversation>> ReadOpenConversationsAsync(CancellationToken cancellation) => _log.ReadOpenConversationsAsync(cancellation);

    public async Task<LoggedConversation> OpenAsync(ChannelName name, DateTimeOffset now, CancellationToken cancellation)
    {
        await Opening();
        return Fails ? await Failed<LoggedConversation>() : await _log.OpenAsync(name, now, cancellation);
    }

    public Task CloseAsync(ConversationId conversation, DateTimeOffset now, CancellationToken cancellation) =>
        Fails ? Failed<bool>() : _log.CloseAsync(conversation, now, cancellation);

    public async Task<AppendResult> AppendAsync(MessageDraft draft, CancellationToken cancellation)
    {
        if (Fails) await Failed<AppendResult>();
        var appended = await _log.AppendAsync(draft, CancellationToken.None);
        await Appended().WaitAsync(cancellation);
        return appended;
    }

    public Task<IReadOnlyList<ChatMessage>> ReadBeforeAsync(ConversationId conversation, long beforeSeq, int limit, CancellationToken cancellation) =>
        Fails || ReadsLeft-- <= 0 ? Failed<IReadOnlyList<ChatMessage>>() : _log.ReadBeforeAsync(conversation, beforeSeq, limit, cancellation);

    public Task<IReadOnlyList<ChatMessage>> ReadAfterAsync(ConversationId conversation, long afterSeq, int limit, CancellationToken cancellation) =>
        Fails || ReadsLeft-- <= 0 ? Failed<IReadOnlyList<ChatMessage>>() : _log.ReadAfterAsync(conversation, afterSeq, limit, cancellation);

    public Task<IReadOnlyList<LoggedConversation>> ReadConversationsAsync(long afterId, int limit, CancellationToken cancellation) =>
        Fails ? Failed<IReadOnlyList<LoggedConversation>>() : _log.ReadConversationsAsync(afterId, limit, cancellation);

    public Task<LoggedConversation?> FindConversationAsync(ConversationId conversation, CancellationToken cancellation) =>
        Fails ? Failed<LoggedConversation?>() : _log.FindConversationAsync(conversation, cancellation);

    public async Task<ChangeResult> ChangeAsync(MessageChange change, CancellationToken cancellation)
    {
        if (Fails) await Failed<ChangeResult>();
        var changed = await _log.ChangeAsync(change, CancellationToken.None);
        await Changed().WaitAsync(cancellation);
        return changed;
    }

    public Task<ChatMessage?> FindSentAsync(SessionId author, string clientMessageId, CancellationToken cancellation) =>
        Fails || ReadsLeft-- <= 0 ? Failed<ChatMessage?>() : _log.FindSentAsync(author, clientMessageId, cancellation);

    public Task<IReadOnlyList<ChatMessage>> ReadChangesAsync(ConversationId conversation, long afterRev, int limit, CancellationToken cancellation) =>
        Fails ? Failed<IReadOnlyList<ChatMessage>>() : _log.ReadChangesAsync(conversation, afterRev, limit, cancellation);

    public Task<IReadOnlyList<TextVersion>> ReadVersionsAsync(ConversationId conversation, long seq, CancellationToken cancellation) =>
        Fails ? Failed<IReadOnlyList<TextVersion>>() : _log.ReadVersionsAsync(conversation, seq, cancellation);

    private Task<T> Failed<T>() => Task.FromException<T>(Fault());
}
