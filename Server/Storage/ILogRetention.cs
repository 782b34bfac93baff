using KaiChat.Server.Chat;

namespace KaiChat.Server.Storage;

/// <summary>Removing messages from the log for good. Every method throws <see cref="LogUnavailableException"/> if the log cannot be used now.</summary>
internal interface ILogRetention
{
    /// <summary>The highest seq of a conversation that falls under these limits: it and all before it may go. 0 if none does.</summary>
    Task<long> FindCutAsync(ConversationId conversation, RetentionLimits limits, CancellationToken cancellation);

    /// <summary>
    /// Removes messages of a conversation for good, oldest first: at most <paramref name="limit"/> of those through a seq. The seqs that stay keep their numbers,
    /// and none is given again.
    /// </summary>
    /// <returns>How many it removed; fewer than the limit means that all are gone.</returns>
    Task<int> RemoveAsync(ConversationId conversation, long throughSeq, int limit, CancellationToken cancellation);

    /// <summary>Forgets closed conversations that have no message left, and what belonged to them.</summary>
    Task ForgetEmptyAsync(CancellationToken cancellation);

    /// <summary>Gives space that removed messages took back to the file system, a small piece of it at a time.</summary>
    /// <returns>True if there is more to give back.</returns>
    Task<bool> ReturnSpaceAsync(CancellationToken cancellation);
}
