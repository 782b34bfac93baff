using System.Text.Json;
using KaiChat.Server.Access;
using KaiChat.Server.Chat.Moderation;
using KaiChat.Server.Storage;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.Names;

namespace KaiChat.Server.Chat.Keeping;

/// <summary>What operators do to channels and to other people's messages, from wherever: done, told to all it concerns, and recorded.</summary>
internal sealed class ChannelKeeper(ChannelDirectory channels, ChatService chat, AuditTrail audit)
{
    private const string DeletingMessage = "message.delete";

    /// <summary>Opens a channel that stays open without members.</summary>
    /// <exception cref="ChatRefusedException">It is open already, or there can be no more.</exception>
    public async Task<Channel> CreateAsync(Actor by, ChannelName name, Func<SettledChannel, SettledChannel> settle)
    {
        await channels.SettleAsync(
            name,
            (open, _) =>
            {
                if (open is not null) throw new ChatRefusedException(ErrorCodes.AlreadyExists, $"The channel {open.Name} is open already. Change its settings instead.");
                // Those of a closed channel of that name are not taken over unseen.
                return settle(SettledChannel.None(name)) with { Kept = true };
            },
            (_, after) => audit.EntryOf(by, "channel.create", name.Value, before: null, Shown(after)));
        return channels.Find(name) ?? throw NothingThere(name);
    }

    /// <summary>Changes what is settled for a channel that is open, or for whose name something is settled. What is so already changes nothing and is not recorded.</summary>
    /// <param name="by">Who.</param>
    /// <param name="name">Which.</param>
    /// <param name="settle">The change. May refuse, when it sees how it is.</param>
    /// <returns>The channel, if it is open now, and what is settled for it.</returns>
    public async Task<(Channel? Open, SettledChannel Settled)> UpdateAsync(Actor by, ChannelName name, Func<SettledChannel, SettledChannel> settle)
    {
        Channel? open = null;
        var (_, after) = await channels.SettleAsync(
            name,
            (found, settled) =>
            {
                open = found;
                return open is null && settled.IsNone ? throw NothingThere(name) : settle(settled);
            },
            (before, after) => audit.EntryOf(by, "channel.update", before.Name.Value, Shown(before), Shown(after)));
        // One that is to be kept from now on has been opened.
        return (open ?? channels.Find(name), after);
    }

    /// <summary>A channel that is open, or for whose name something is settled.</summary>
    /// <exception cref="ChatRefusedException">It is neither.</exception>
    public (Channel? Open, SettledChannel Settled) Find(ChannelName name)
    {
        var (open, settled) = channels.Look(name);
        return open is null && settled.IsNone ? throw NothingThere(name) : (open, settled);
    }

    /// <summary>The channels of a state, in no order, each once.</summary>
    public IEnumerable<(Channel? Open, SettledChannel Settled)> List(ChannelState state)
    {
        var open = state == ChannelState.Closed ? [] : channels.All.Select(channel => ((Channel?)channel, channel.Settings));
        var closed = state == ChannelState.Open ? [] : channels.Closed.Select(settled => ((Channel?)null, settled));
        // One that closes at this moment would be both.
        return open.Concat(closed).DistinctBy(channel => channel.Item2.Name);
    }

    /// <summary>Closes a channel, whoever is in it, and forgets what was settled for its name. If there is neither, nothing happens.</summary>
    /// <param name="by">Who.</param>
    /// <param name="name">Which.</param>
    /// <param name="check">May refuse, when it sees how it is.</param>
    public async Task DeleteAsync(Actor by, ChannelName name, Action<SettledChannel> check)
    {
        AuditEntry RecordOf(SettledChannel before) => audit.EntryOf(by, "channel.delete", name.Value, Shown(before));
        var (before, _) = await channels.SettleAsync(
            name,
            (_, settled) =>
            {
                check(settled);
                return SettledChannel.None(name) with { Rev = settled.Rev };
            },
            (before, _) => RecordOf(before));
        // Of one that is open and has no settings there is no record yet.
        if (before.IsNone && channels.Find(name) is not null) await audit.RecordAsync(RecordOf(before)).OrUnchangedAsync();
        await chat.CloseAsync(name, by.Told);
    }

    /// <summary>Deletes anybody's message for good. One that is gone already changes nothing.</summary>
    public async Task DeleteMessageAsync(Actor by, Channel channel, long seq, string? reason)
    {
        await chat.DeleteByOperatorAsync(
            channel, seq, deleted => audit.EntryOf(by, DeletingMessage, PlaceOf(channel, seq), new { deleted.Id, Author = deleted.Author.Name.Value }, new { reason }));
    }

    /// <summary>Why operators deleted these messages, as the audit log has it. Those that no operator deleted, or that are gone altogether, are left out.</summary>
    public async Task<IReadOnlyList<RemovalReason>> ReadRemovalReasonsAsync(Channel channel, IReadOnlyList<long> seqs, CancellationToken cancellation)
    {
        var reasons = new List<RemovalReason>();
        foreach (var seq in seqs.Where(seq => seq >= channel.Feed.FirstSeq).Distinct())
        {
            // A message is deleted once: of several lives of the name, the newest record is of the latest life that has one.
            if (await audit.FindLastAsync(DeletingMessage, PlaceOf(channel, seq), cancellation).OrRefusedAsync() is not { Before: { } before, After: { } after }) continue;
            if (Member(before, "id") == $"{channel.Id}-{seq}") reasons.Add(new RemovalReason(seq, Member(after, "reason")));
        }
        return reasons;
    }

    private static string PlaceOf(Channel channel, long seq) => $"{channel.Name} {seq}";

    private static string? Member(string json, string name)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.TryGetProperty(name, out var member) ? member.GetString() : null;
    }

    private static ChatRefusedException NothingThere(ChannelName name) => new(
        ErrorCodes.NotFound, $"The channel {name} is not open, and nothing is settled for it. POST /api/v1/channels opens one that stays open.");

    private static object? Shown(SettledChannel settled) =>
        settled.IsNone ? null : new { settled.Topic, settled.ReadOnly, settled.Native, settled.RetentionDays, settled.Kept };
}
