using KaiChat.Server.Chat.Keeping;
using KaiChat.Server.Storage;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.Names;

namespace KaiChat.Server.Chat;

/// <summary>How what operators settle for a channel takes effect.</summary>
internal sealed partial class ChannelDirectory
{
    /// <summary>Changes what is settled for a name: into the database first, together with its record, then told to the channel, if it is open. One that is to be kept is opened if it is not.</summary>
    /// <param name="name">Which.</param>
    /// <param name="change">Makes of the channel, if it is open, and of what is settled what is to be. May refuse.</param>
    /// <param name="record">What is recorded of a change, of which it is told how it was and how it is. Nothing, if nothing changed.</param>
    /// <returns>How it was and how it is; the same if nothing changed.</returns>
    public async Task<(SettledChannel Before, SettledChannel After)> SettleAsync(
        ChannelName name, Func<Channel?, SettledChannel, SettledChannel> change, Func<SettledChannel, SettledChannel, AuditEntry> record)
    {
        using var gate = await LockAsync(name, CancellationToken.None);
        var (channel, before) = Look(name);
        var after = change(channel, before);
        if (after == before) return (before, before);
        if (channel is null && after.Kept)
        {
            channel = await OpenAsync(name, CancellationToken.None);
            // Swept away again if what follows fails.
            channel.KeepUntil = clock.GetTimestamp();
        }
        after = await settled.SaveAsync(before, after, record(before, after));
        if (channel is null) return (before, after);
        await bus.PublishAsync(new ChannelSettled(channel.Id, after), CancellationToken.None);
        if (after.Kept) channel.KeepUntil = null;
        else if (before.Kept) await CloseIfEmptyAsync(channel);
        return (before, after);
    }

    /// <summary>A channel, if it is open, and what is settled for its name.</summary>
    public (Channel? Open, SettledChannel Settled) Look(ChannelName name) => Find(name) is { } open ? (open, open.Settings) : (null, settled.Of(name));

    /// <summary>The channels that are closed, and for whose names something is settled, in no order.</summary>
    public IEnumerable<SettledChannel> Closed => settled.All.Where(one => Find(one.Name) is null);

    /// <summary>
    /// Closes a channel although it has members: its name is free from now on, and nothing can be posted into it. The caller takes the members out, tells them, and calls
    /// <see cref="Release"/>.
    /// </summary>
    /// <returns>The channel; null if none of this name was open.</returns>
    public async Task<Channel?> CloseAsync(ChannelName name)
    {
        using var gate = await LockAsync(name, CancellationToken.None);
        if (Find(name) is not { } channel) return null;
        try
        {
            await log.CloseAsync(channel.Id, clock.GetUtcNow(), CancellationToken.None);
        }
        catch (LogUnavailableException)
        {
            throw new ChatRefusedException(
                ErrorCodes.StorageUnavailable, "The server cannot close the channel right now, since its log cannot be written. Try again in a moment.", TimeSpan.FromSeconds(2));
        }
        channel.IsClosed = true;
        _byName.TryRemove(channel.Name, out _);
        foreach (var member in await presence.MembersAsync(channel.Id, CancellationToken.None)) await presence.LeaveAsync(channel.Id, member.Who.Session, CancellationToken.None);
        return channel;
    }

    /// <summary>Forgets a channel that <see cref="CloseAsync"/> closed. What it was told before is still passed on.</summary>
    public void Release(Channel channel)
    {
        _byId.TryRemove(channel.Id, out _);
        channel.Feed.Dispose();
    }

    /// <summary>Opens the channels that are to be kept and are not open: made by an operator just before the server died, or while the log could not be written.</summary>
    private async Task OpenKeptAsync(CancellationToken cancellation)
    {
        foreach (var kept in settled.Kept.Where(kept => Find(kept.Name) is null))
        {
            using var gate = await LockAsync(kept.Name, cancellation);
            if (Find(kept.Name) is not null || !settled.Of(kept.Name).Kept) continue;
            try
            {
                Add(await log.OpenAsync(kept.Name, clock.GetUtcNow(), cancellation));
            }
            catch (LogUnavailableException fault)
            {
                OpenFailed(logger, kept.Name.Value, fault.Message);
                return;
            }
        }
    }

    private void Accept(ChatEvent happened)
    {
        if (Find(happened.Conversation) is not { } channel) return;
        if (happened is ChannelSettled settling)
        {
            // The bus keeps no order.
            if (settling.Settings.Rev < channel.Settings.Rev) return;
            channel.Settings = settling.Settings;
        }
        channel.Feed.Accept(happened);
    }

    [LoggerMessage(1206, LogLevel.Warning, "{Channel} is to be kept open but could not be opened yet: {Reason}")]
    private static partial void OpenFailed(ILogger logger, string channel, string reason);
}
