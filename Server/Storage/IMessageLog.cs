using KaiChat.Server.Chat;
using KaiChat.Shared.Names;

namespace KaiChat.Server.Storage;

/// <summary>
/// The durable, ordered store of messages: the one source of truth. Every method may be called from any thread at any time. Its contract is
/// written as tests in <c>tests/Specification/MessageLogSpecification.cs</c>, which every implementation passes.
/// </summary>
internal interface IMessageLog
{
    /// <summary>The conversations that were open when the log was last used: a restart is not a leave. In order of id.</summary>
    Task<IReadOnlyList<LoggedConversation>> ReadOpenConversationsAsync(CancellationToken cancellation);

    /// <summary>
    /// Opens a channel: the conversation that is open under this name (in any letter case), or a new, empty one in the given spelling.
    /// </summary>
    Task<LoggedConversation> OpenAsync(ChannelName name, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Closes a conversation: its name is free again, its messages stay readable by its id. Closing a closed one does nothing.</summary>
    Task CloseAsync(ConversationId conversation, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>
    /// Appends a message and gives it the conversation's next seq. Completes when the message is durable. A draft whose (session, client message id)
    /// is in the log already is not appended again: the answer is the message it made the first time. Cancelling stops the waiting, not
    /// an append that is under way. Drafts of one caller, awaited one after the other, get rising seqs.
    /// </summary>
    /// <remarks>Half a surrogate pair in the text, which no encoding of Unicode can hold, is replaced by U+FFFD, in the answer too.</remarks>
    /// <exception cref="LogUnavailableException">The message could not be made durable; it is not in the log and may be tried again.</exception>
    /// <exception cref="ConversationClosedException">The conversation is not open, and the draft repeats nothing.</exception>
    /// <exception cref="MessageMissingException">The message that it answers is not there or deleted, and the draft repeats nothing.</exception>
    /// <exception cref="ArgumentException">The client message id has half a surrogate pair: replaced, it could be taken for another one.</exception>
    Task<AppendResult> AppendAsync(MessageDraft draft, CancellationToken cancellation);

    /// <summary>
    /// Changes a message, if that may be, and raises the conversation's revision by one. Completes when the change is durable. What changes nothing (the same text, a
    /// reaction that is there already, deleting what is deleted) raises nothing. Deleting removes the text, its former versions and the reactions for good.
    /// </summary>
    /// <exception cref="LogUnavailableException">The change could not be made durable; it is not in the log and may be tried again.</exception>
    /// <exception cref="ConversationClosedException">The conversation is not open.</exception>
    Task<ChangeResult> ChangeAsync(MessageChange change, CancellationToken cancellation);

    /// <summary>The message that a session sent under a client message id, in its present state, wherever it is; null if it sent none, or that is removed.</summary>
    Task<ChatMessage?> FindSentAsync(SessionId author, string clientMessageId, CancellationToken cancellation);

    /// <summary>
    /// The messages that changed after a revision, each in its present state, in order of <see cref="ChatMessage.Rev"/>; the first <paramref name="limit"/> of them. A message
    /// is there once, at its latest revision: those between are nobody's any more.
    /// </summary>
    Task<IReadOnlyList<ChatMessage>> ReadChangesAsync(ConversationId conversation, long afterRev, int limit, CancellationToken cancellation);

    /// <summary>The texts a message has had, oldest first; the last is the present one. Of more than 50 the newest. None if it is deleted or not there.</summary>
    Task<IReadOnlyList<TextVersion>> ReadVersionsAsync(ConversationId conversation, long seq, CancellationToken cancellation);

    /// <summary>The newest <paramref name="limit"/> messages with a seq below <paramref name="beforeSeq"/>, oldest first.</summary>
    Task<IReadOnlyList<ChatMessage>> ReadBeforeAsync(ConversationId conversation, long beforeSeq, int limit, CancellationToken cancellation);

    /// <summary>The oldest <paramref name="limit"/> messages with a seq above <paramref name="afterSeq"/>, oldest first.</summary>
    Task<IReadOnlyList<ChatMessage>> ReadAfterAsync(ConversationId conversation, long afterSeq, int limit, CancellationToken cancellation);

    /// <summary>Conversations with an id above <paramref name="afterId"/>, closed ones too: the archive. In order of id.</summary>
    Task<IReadOnlyList<LoggedConversation>> ReadConversationsAsync(long afterId, int limit, CancellationToken cancellation);

    /// <summary>A conversation, open or closed; null if there is none of this id.</summary>
    Task<LoggedConversation?> FindConversationAsync(ConversationId conversation, CancellationToken cancellation);

    /// <summary>Whether the log takes messages right now; false after a failed commit until one succeeds.</summary>
    bool IsWritable { get; }
}

/// <summary>A conversation as the log knows it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name, as spelt by whoever opened it.</param>
/// <param name="OpenedAt">When it was opened, UTC.</param>
/// <param name="ClosedAt">When it was closed, UTC; null if it is open.</param>
/// <param name="FirstSeq">The lowest seq that retention has left: 1 if it has removed nothing; above <paramref name="LastSeq"/> if there is no message.</param>
/// <param name="LastSeq">The highest seq that it ever gave; 0 if it never had a message.</param>
/// <param name="Rev">Its revision: how often its messages have changed.</param>
internal sealed record LoggedConversation(
    ConversationId Id, ChannelName Name, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt, long FirstSeq, long LastSeq, long Rev = 0);

/// <summary>What an append came to.</summary>
/// <param name="Message">The message in the log.</param>
/// <param name="Repeated">True if it was there before: the draft repeated a client message id.</param>
internal readonly record struct AppendResult(ChatMessage Message, bool Repeated);

/// <summary>A message was meant for a conversation that is closed, or never was.</summary>
internal sealed class ConversationClosedException(ConversationId conversation) : Exception($"Conversation {conversation} is not open.")
{
    /// <summary>The conversation.</summary>
    public ConversationId Conversation { get; } = conversation;
}

/// <summary>What a change came to.</summary>
/// <param name="Outcome">Whether it was made, or why not.</param>
/// <param name="Message">The message as it is now; null if there is none, or it is deleted and cannot change.</param>
internal readonly record struct ChangeResult(ChangeOutcome Outcome, ChatMessage? Message = null);

/// <summary>Whether a change was made, or why not.</summary>
internal enum ChangeOutcome
{
    /// <summary>It was made.</summary>
    Changed,

    /// <summary>It is so already.</summary>
    Unchanged,

    /// <summary>There is no such message, or it was deleted.</summary>
    Missing,

    /// <summary>It is somebody else's message.</summary>
    NotTheAuthor,

    /// <summary>It is too old.</summary>
    TooLate,

    /// <summary>It has as many reactions, or kinds of them, as it may.</summary>
    TooMany,
}

/// <summary>A message answers one that is not there, or deleted.</summary>
internal sealed class MessageMissingException(long seq) : Exception($"There is no message {seq}.");

/// <summary>The log cannot be used now: disk full, I/O error, too many waiting, stopping.</summary>
internal sealed class LogUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
