using KaiChat.Server.Storage;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.Names;

namespace KaiChat.Server.Chat;

/// <summary>How a text becomes a message.</summary>
internal sealed partial class ChatService
{
    /// <summary>
    /// Posts a text: into the log first, then to everybody. The answer comes when the message is durable. Repeating a client message id returns the
    /// message it made the first time.
    /// </summary>
    /// <param name="session">Who.</param>
    /// <param name="name">Where.</param>
    /// <param name="text">The text.</param>
    /// <param name="clientMessageId">The client's own id for it, if it has one.</param>
    /// <param name="replyTo">The seq of the message it answers, if it does.</param>
    /// <remarks>Once begun it is finished, whoever went away meanwhile: a message that is in the log but was told to nobody would be missing for all.</remarks>
    public async Task<ChatMessage> PostAsync(ChatSession session, ChannelName name, string? text, string? clientMessageId, long? replyTo = null)
    {
        if (!_posts.TryEnter()) throw Stopping();
        try
        {
            MessageDraft draft;
            try
            {
                draft = DraftOf(session, name, text, clientMessageId, replyTo);
            }
            catch (ChatRefusedException refused) when (clientMessageId is not null && refused.Code is not (ErrorCodes.RateLimited or ErrorCodes.SessionEnded))
            {
                // What was posted before its author was muted, put out or else kept from posting is posted; only the answer was lost.
                if (await FindSentAsync(session, clientMessageId) is { } sent) return await TellAsync(session, new AppendResult(sent, Repeated: true), clock.GetTimestamp());
                throw;
            }
            var taken = clock.GetTimestamp();
            AppendResult appended;
            try
            {
                appended = await log.AppendAsync(draft, CancellationToken.None);
            }
            catch (LogUnavailableException)
            {
                throw ChatRefusedException.StorageUnavailable();
            }
            catch (ConversationClosedException)
            {
                // The session left, as the last one, while this was on its way.
                throw ChatRefusedException.NotAMember(name.Value);
            }
            catch (MessageMissingException)
            {
                throw Missing();
            }
            return await TellAsync(session, appended, taken);
        }
        finally
        {
            _posts.Leave();
        }
    }

    /// <exception cref="ChatRefusedException">The session may not post that there, or not now.</exception>
    private MessageDraft DraftOf(ChatSession session, ChannelName name, string? text, string? clientMessageId, long? replyTo)
    {
        var channel = Entered(session, name);
        rules.ThrowIfMayNotPost(session, name);
        ThrowIfReadOnly(session, channel);
        var normal = MessageText.Normalize(text, _limits);
        ThrowIfTooFast(session);
        return new MessageDraft(channel.Id, session.Who, session.Origin, clock.GetUtcNow(), normal, clientMessageId, replyTo);
    }

    /// <summary>What a session posted before under the same id. To look is as good as to post: it is done no faster.</summary>
    private async Task<ChatMessage?> FindSentAsync(ChatSession session, string clientMessageId)
    {
        ThrowIfTooFast(session);
        try
        {
            return await log.FindSentAsync(session.Id, clientMessageId, CancellationToken.None);
        }
        catch (LogUnavailableException)
        {
            throw ChatRefusedException.StorageUnavailable();
        }
    }

    private async Task<ChatMessage> TellAsync(ChatSession session, AppendResult appended, long taken)
    {
        // Published also if repeated: the first sender may have died between log and bus, and a feed knows what it has.
        await bus.PublishAsync(new MessagePosted(appended.Message), CancellationToken.None);
        metrics.MessagePosted(session.Origin, appended.Repeated, clock.GetElapsedTime(taken));
        return appended.Message;
    }

    private static void ThrowIfTooFast(ChatSession session)
    {
        var wait = session.Rate.TryTake();
        if (wait == TimeSpan.Zero) return;
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        throw new ChatRefusedException(ErrorCodes.RateLimited, $"You are posting too fast. Nothing was posted; go on in {seconds} s.", wait);
    }
}
