using KaiChat.Server.Diagnostics;
using KaiChat.Server.Storage;

namespace KaiChat.Server.Chat.Retention;

/// <summary>Removes messages for good, in batches so small that the messages between them hardly notice, and each batch from memory with it; then gives the space back.</summary>
internal sealed class MessageRemoval(ILogRetention log, ChannelDirectory channels, ChatMetrics metrics)
{
    /// <summary>Messages in one step of the writer: some milliseconds.</summary>
    private const int Batch = 200;

    /// <summary>Removes the messages of a conversation through a seq.</summary>
    /// <param name="conversation">Where.</param>
    /// <param name="throughSeq">The last one that goes.</param>
    /// <param name="told">Told after each batch how many it was.</param>
    /// <param name="cancellation">Stops between two batches; what is removed is removed.</param>
    /// <returns>How many.</returns>
    public async Task<long> RemoveAsync(ConversationId conversation, long throughSeq, Action<int> told, CancellationToken cancellation)
    {
        var total = 0L;
        int removed;
        do
        {
            cancellation.ThrowIfCancellationRequested();
            // Nothing stops a batch half way: what is gone from the log is forgotten with it, and whatever ends the work later hides nothing that is still there.
            removed = await log.RemoveAsync(conversation, throughSeq, Batch, CancellationToken.None);
            // Seqs have no gaps: so many from the first one are gone.
            if (channels.Find(conversation)?.Feed is { } feed) feed.Forget(removed < Batch ? throughSeq : Math.Min(throughSeq, feed.FirstSeq + removed - 1));
            total += removed;
            metrics.MessagesRemoved(removed);
            told(removed);
        }
        while (removed == Batch);
        return total;
    }

    /// <summary>Forgets closed conversations that have nothing left, and gives the space of what was removed back to the file system.</summary>
    public async Task FinishAsync(bool returnSpace, CancellationToken cancellation)
    {
        await log.ForgetEmptyAsync(cancellation);
        while (returnSpace && await log.ReturnSpaceAsync(cancellation))
        {
        }
    }
}
