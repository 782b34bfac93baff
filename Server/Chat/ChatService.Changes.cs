using KaiChat.Server.Storage;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.Names;

namespace KaiChat.Server.Chat;

/// <summary>What users may do to messages that are there.</summary>
internal sealed partial class ChatService
{
    /// <summary>How long after one typing notice of a session the next one in the same channel passes on.</summary>
    public static readonly TimeSpan TypingEvery = TimeSpan.FromSeconds(2);

    /// <summary>Gives an own message another text: into the log first, then to everybody. The same text changes nothing.</summary>
    public Task<ChatMessage> EditAsync(ChatSession session, ChannelName name, long seq, string? text)
    {
        var channel = Entered(session, name);
        // Another text is as good as another message.
        ThrowIfReadOnly(session, channel);
        if (_limits.EditWindow == TimeSpan.Zero) throw TooLate();
        var now = clock.GetUtcNow();
        return ChangeAsync(session, new TextEdit(channel.Id, seq, session.Who, now, MessageText.Normalize(text, _limits), now - _limits.EditWindow), name);
    }

    /// <summary>Deletes an own message for good. Deleting it again changes nothing.</summary>
    public Task<ChatMessage> DeleteAsync(ChatSession session, ChannelName name, long seq) =>
        ChangeAsync(session, new Deletion(Entered(session, name).Id, seq, session.Who, clock.GetUtcNow()), name);

    /// <summary>Adds a reaction to a message, or takes it back. What is so already changes nothing.</summary>
    public Task<ChatMessage> ReactAsync(ChatSession session, ChannelName name, long seq, string? emoji, bool on)
    {
        var channel = Entered(session, name);
        if (!ReactionEmoji.IsOne(emoji))
        {
            throw new ChatRefusedException(ErrorCodes.ReactionInvalid, $"A reaction is one emoji of at most {ReactionEmoji.MaxLength} UTF-16 code units. Nothing was changed.");
        }
        return ChangeAsync(session, new ReactionChange(channel.Id, seq, session.Who, clock.GetUtcNow(), emoji!, on), name);
    }

    /// <summary>The texts a message has had, oldest first: an own one, or for moderators anybody's.</summary>
    public async Task<IReadOnlyList<TextVersion>> ReadVersionsAsync(ChatSession session, ChannelName name, long seq, CancellationToken cancellation)
    {
        var channel = Entered(session, name);
        if (await ReadAfterAsync(channel, seq - 1, 1, cancellation) is not [var message] || message.Seq != seq) throw Missing();
        if (message.Author.Session != session.Id && !session.Moderates) throw NotTheAuthor();
        return await log.ReadVersionsAsync(channel.Id, seq, cancellation).OrRefusedAsync();
    }

    /// <summary>The messages that changed after a revision, in order of revision.</summary>
    public Task<IReadOnlyList<ChatMessage>> ReadChangesAsync(Channel channel, long afterRev, int limit, CancellationToken cancellation) =>
        LeftOfAsync(channel, log.ReadChangesAsync(channel.Id, afterRev, limit, cancellation));

    /// <summary>Tells a channel that a user is typing; what comes sooner than <see cref="TypingEvery"/> after the last is dropped.</summary>
    public async Task TypingAsync(ChatSession session, ChannelName name)
    {
        var channel = Entered(session, name);
        // Nobody waits for a message that will not come.
        if (rules.MuteOf(session, name) is not null) return;
        var now = clock.GetTimestamp();
        if (session.Typed.TryGetValue(channel.Id, out var last))
        {
            // Of two tabs at the same time one passes.
            if (clock.GetElapsedTime(last, now) < TypingEvery || !session.Typed.TryUpdate(channel.Id, now, last)) return;
        }
        else if (!session.Typed.TryAdd(channel.Id, now))
        {
            return;
        }
        await bus.PublishAsync(new MemberTyping(channel.Id, session.Id), CancellationToken.None);
    }

    /// <remarks>Once begun it is finished: a change that is in the log but was told to nobody would be missing for all.</remarks>
    private async Task<ChatMessage> ChangeAsync(ChatSession session, MessageChange change, ChannelName name)
    {
        rules.ThrowIfSilent(session, name);
        ThrowIfTooFast(session);
        ChangeResult changed;
        try
        {
            changed = await ChangeAndTellAsync(change);
        }
        catch (ConversationClosedException)
        {
            throw ChatRefusedException.NotAMember(name.Value);
        }
        switch (changed.Outcome)
        {
            case ChangeOutcome.Changed or ChangeOutcome.Unchanged: return changed.Message!;
            case ChangeOutcome.NotTheAuthor: throw NotTheAuthor();
            case ChangeOutcome.TooLate: throw TooLate();
            case ChangeOutcome.TooMany:
                throw new ChatRefusedException(
                    ErrorCodes.LimitReached,
                    $"The message has as many reactions as it may: {ReactionChange.MostKinds} kinds, {ReactionChange.MostReactions} in all. Nothing was changed.");
            default: throw Missing();
        }
    }

    /// <summary>Into the log first, then to everybody; the server's stop waits for it.</summary>
    private async Task<ChangeResult> ChangeAndTellAsync(MessageChange change)
    {
        if (!_posts.TryEnter()) throw Stopping();
        try
        {
            var changed = await log.ChangeAsync(change, CancellationToken.None);
            if (changed.Outcome == ChangeOutcome.Changed) await bus.PublishAsync(new MessageChanged(changed.Message!, change), CancellationToken.None);
            return changed;
        }
        catch (LogUnavailableException)
        {
            throw ChatRefusedException.StorageUnavailable();
        }
        finally
        {
            _posts.Leave();
        }
    }

    /// <summary>A channel that a session may do something in.</summary>
    private Channel Entered(ChatSession session, ChannelName name)
    {
        ThrowIfStopping();
        if (session.HasEnded) throw ChatRefusedException.SessionEnded();
        return session.Channels.TryGetValue(name, out var channel) ? channel : throw ChatRefusedException.NotAMember(name.Value);
    }

    private static ChatRefusedException Missing() => new(ErrorCodes.MessageNotFound, "The message is not there any more. Nothing was changed or posted.");

    private static ChatRefusedException NotTheAuthor() => new(ErrorCodes.NotTheAuthor, "The message is somebody else's. Nothing was changed.");

    private ChatRefusedException TooLate() => new(
        ErrorCodes.EditTooLate,
        _limits.EditWindow == TimeSpan.Zero ? "Messages cannot be edited here. Nothing was changed." : "The message is too old to be edited. Nothing was changed.");
}
