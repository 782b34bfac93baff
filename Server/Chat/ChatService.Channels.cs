using KaiChat.Server.Storage;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.Names;

namespace KaiChat.Server.Chat;

/// <summary>What operators settle for channels, and what they do to other people's messages: what that means for the users.</summary>
internal sealed partial class ChatService
{
    /// <summary>Closes a channel and takes its members out. False if it is not open.</summary>
    /// <param name="name">Which.</param>
    /// <param name="by">Who, as the members are told.</param>
    public async Task<bool> CloseAsync(ChannelName name, string by)
    {
        if (await channels.CloseAsync(name) is not { } channel) return false;
        foreach (var session in Sessions.Where(session => session.Channels.TryGetValue(name, out var held) && held == channel)) await TakeOutAsync(session, channel);
        // Told only now: a tab that enters at this moment either hears of it or finds that it is not a member.
        await bus.PublishAsync(new ChannelClosed(channel.Id, by), CancellationToken.None);
        channels.Release(channel);
        return true;
    }

    /// <summary>Deletes anybody's message for good. Null if it is gone already, or never was.</summary>
    /// <remarks>Once begun it is finished, as every change.</remarks>
    public async Task<ChatMessage?> DeleteByOperatorAsync(Channel channel, long seq, Func<ChatMessage, AuditEntry> record)
    {
        var deletion = new Deletion(channel.Id, seq, MessageChange.AnOperator, clock.GetUtcNow()) { Record = record };
        try
        {
            var changed = await ChangeAndTellAsync(deletion);
            return changed.Outcome == ChangeOutcome.Changed ? changed.Message : null;
        }
        catch (ConversationClosedException)
        {
            return null;
        }
    }

    /// <summary>Under the session's gate, or a change of its presence at this moment would make it a member again.</summary>
    private async Task TakeOutAsync(ChatSession session, Channel channel)
    {
        await session.Gate.WaitAsync(CancellationToken.None);
        try
        {
            session.Channels.TryRemove(KeyValuePair.Create(channel.Name, channel));
            session.Typed.TryRemove(channel.Id, out _);
            await presence.LeaveAsync(channel.Id, session.Id, CancellationToken.None);
        }
        finally
        {
            session.Gate.Release();
        }
    }

    private static void ThrowIfReadOnly(ChatSession session, Channel channel)
    {
        if (!channel.Settings.ReadOnly || session.Operator is not null) return;
        throw new ChatRefusedException(ErrorCodes.ChannelReadOnly, $"Only operators may post in {channel.Name}. Nothing was posted.");
    }
}
