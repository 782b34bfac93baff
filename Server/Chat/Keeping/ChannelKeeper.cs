using KaiChat.Server.Access;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.Names;

namespace KaiChat.Server.Chat.Keeping;

/// <summary>What operators do to channels and to other people's messages, from wherever: done, told to all it concerns, and recorded.</summary>
internal sealed class ChannelKeeper(ChannelDirectory channels, ChatService chat, AuditTrail audit)
{
    /// <summary>Opens a channel that stays open without members.</summary>
    /// <exception cref="ChatRefusedException">It is open already, or there can be no more.</exception>
    public async Task<Channel> CreateAsync(Actor by, ChannelName name, Func<SettledChannel, SettledChannel> settle)
    {
        var (_, after) = await channels.SettleAsync(name, (open, _) =>
        {
            if (open is not null) throw new ChatRefusedException(ErrorCodes.AlreadyExists, $"The channel {open.Name} is open already. Change its settings instead.");
            // Those of a closed channel of that name are not taken over unseen.
            return settle(SettledChannel.None(name)) with { Kept = true };
        });
        await audit.RecordAsync(by, "channel.create", name.Value, before: null, Shown(after));
        return channels.Find(name) ?? throw NotOpen(name);
    }

    /// <summary>Changes what is settled for an open channel. What is so already changes nothing and is not recorded.</summary>
    /// <param name="by">Who.</param>
    /// <param name="name">Which.</param>
    /// <param name="settle">The change. May refuse, when it sees how it is.</param>
    public async Task<Channel> UpdateAsync(Actor by, ChannelName name, Func<SettledChannel, SettledChannel> settle)
    {
        Channel? changed = null;
        var (before, after) = await channels.SettleAsync(name, (open, settled) =>
        {
            changed = open ?? throw NotOpen(name);
            return settle(settled);
        });
        if (before != after) await audit.RecordAsync(by, "channel.update", changed!.Name.Value, Shown(before), Shown(after));
        return changed!;
    }

    /// <summary>Closes a channel, whoever is in it, and forgets what was settled for its name. If there is neither, nothing happens.</summary>
    /// <param name="by">Who.</param>
    /// <param name="name">Which.</param>
    /// <param name="check">May refuse, when it sees how it is.</param>
    public async Task DeleteAsync(Actor by, ChannelName name, Action<SettledChannel> check)
    {
        var (before, _) = await channels.SettleAsync(name, (_, settled) =>
        {
            check(settled);
            return SettledChannel.None(name) with { Rev = settled.Rev };
        });
        var closed = await chat.CloseAsync(name, by.Told);
        if (closed || !before.IsNone) await audit.RecordAsync(by, "channel.delete", name.Value, Shown(before));
    }

    /// <summary>Deletes anybody's message for good. One that is gone already changes nothing.</summary>
    public async Task DeleteMessageAsync(Actor by, Channel channel, long seq, string? reason)
    {
        if (await chat.DeleteByOperatorAsync(channel, seq) is not { } deleted) return;
        await audit.RecordAsync(by, "message.delete", $"{channel.Name} {seq}", new { deleted.Id, Author = deleted.Author.Name.Value }, new { reason });
    }

    private static ChatRefusedException NotOpen(ChannelName name) => new(ErrorCodes.NotFound, $"The channel {name} is not open: nobody is in it.");

    private static object? Shown(SettledChannel settled) =>
        settled.IsNone ? null : new { settled.Topic, settled.ReadOnly, settled.Native, settled.RetentionDays, settled.Kept };
}
