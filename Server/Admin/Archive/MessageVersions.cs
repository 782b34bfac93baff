using KaiChat.Server.Chat;
using KaiChat.Server.Storage;
using KaiChat.Server.Web;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Admin.Archive;

/// <summary>The texts of an edited message, for open channels and for the archive.</summary>
internal static class MessageVersions
{
    /// <summary>All that are kept: so few that they are one page.</summary>
    /// <param name="log">Where they are.</param>
    /// <param name="conversation">The message's conversation.</param>
    /// <param name="firstSeq">The first message that is not being removed.</param>
    /// <param name="seq">The message.</param>
    /// <param name="cancellation">Stops the waiting.</param>
    /// <exception cref="ChatRefusedException">There is no such message.</exception>
    public static async Task<Page<MessageVersion>> ReadVersionsPageAsync(this IMessageLog log, ConversationId conversation, long firstSeq, long seq, CancellationToken cancellation)
    {
        if (seq < firstSeq || await log.ReadAfterAsync(conversation, seq - 1, 1, cancellation) is not [var message] || message.Seq != seq)
        {
            throw new ChatRefusedException(ErrorCodes.NotFound, "There is no message of this seq here: there never was one, or it has been removed altogether.");
        }
        return new Page<MessageVersion>((await log.ReadVersionsAsync(conversation, seq, cancellation)).ToContract(), Next: null);
    }
}
