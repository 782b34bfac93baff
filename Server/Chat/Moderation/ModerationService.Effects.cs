using KaiChat.Server.Connections;
using KaiChat.Server.Storage;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.Names;

namespace KaiChat.Server.Chat.Moderation;

/// <summary>What sanctions do to those who are here, when they begin and when they end.</summary>
internal sealed partial class ModerationService
{
    /// <summary>Timers run no longer than about 49 days, and a clock that is set forward is noticed within this time.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly Lock _expiryLock = new();
    private ITimer? _expiry;

    /// <summary>Takes up the sanctions of before the start. To be done before any front-end listens.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        foreach (var sanction in await store.ReadAsync(cancellation)) book.Add(sanction);
        ArmExpiry();
    }

    /// <summary>Does to somebody who is no operator any more what the bans say that were in force meanwhile.</summary>
    public async Task MeetAsync(ChatSession session)
    {
        if (book.Find(SanctionKind.Ban, session, channel: null) is { } ban)
        {
            await EndAsync(session, ModerationWords.BannedSentence(ban), ConnectionEndReason.Banned);
            return;
        }
        foreach (var channel in session.Channels.Values)
        {
            if (book.Find(SanctionKind.Ban, session, channel.Name) is { } here) await PutOutAsync(session, channel.Name, KickOf(here));
        }
    }

    /// <returns>How many it hit.</returns>
    private async Task<int> TakeEffectAsync(ChatSanction sanction)
    {
        if (sanction.Kind == SanctionKind.Mute) return TellMuted(sanction);
        var met = chat.Sessions.Where(session => session.Operator is null && sanction.Meets(session.Name, session.Addresses)).ToArray();
        // Also those who are not in the channel as it seems: they may just be on their way in, and leaving waits for that.
        var hits = await Task.WhenAll(met.Select(async session => sanction.Channel is not { } channel
            ? await EndAsync(session, ModerationWords.BannedSentence(sanction), ConnectionEndReason.Banned)
            : await PutOutAsync(session, channel, KickOf(sanction))));
        return hits.Count(hit => hit);
    }

    private static Kick KickOf(ChatSanction ban) => new(Channel: "", ban.ByAsTold, ban.Reason, ban.Until ?? ModerationWords.Never);

    /// <returns>Whether it was in it.</returns>
    private async Task<bool> PutOutAsync(ChatSession session, ChannelName channel, Kick kick) =>
        await chat.LeaveAsync(session, channel, left => _doors[session.Origin].TellKicked(session, left, kick with { Channel = left.Name.Value })) is not null;

    private async Task<bool> EndAsync(ChatSession session, string sentence, ConnectionEndReason reason)
    {
        var ended = !session.HasEnded;
        await _doors[session.Origin].EndAsync(session, sentence, reason);
        // One that is only just being made has no connection yet that its front-end could find; this it finds.
        await chat.EndAsync(session);
        return ended;
    }

    /// <summary>Tells those whom a mute meets how it stands with them now that it has begun or ended. Nothing for a ban.</summary>
    /// <returns>How many it concerns where they are now.</returns>
    private int TellMuted(ChatSanction changed)
    {
        if (changed.Kind != SanctionKind.Mute) return 0;
        var hits = 0;
        foreach (var session in chat.Sessions.Where(changed.Hits))
        {
            hits++;
            var places = changed.Channel is null ? session.Channels.Values.Select(channel => channel.Name) : [changed.Channel];
            _doors[session.Origin].TellMuted(
                session, new MuteNews(changed.Channel, rules.MuteOf(session, changed.Channel), [.. places.Select(channel => (channel, rules.MuteOf(session, channel)))]));
        }
        return hits;
    }

    /// <summary>Sets the timer to the next end.</summary>
    private void ArmExpiry()
    {
        var now = clock.GetUtcNow();
        var next = book.Index.All.Min(sanction => sanction.Until);
        var due = next is null ? Timeout.InfiniteTimeSpan : TimeSpan.FromTicks(Math.Clamp((next.Value - now).Ticks, 0, LongestWait.Ticks));
        lock (_expiryLock)
        {
            _expiry ??= clock.CreateTimer(_ => _ = ExpireAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _expiry.Change(due, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task ExpireAsync()
    {
        try
        {
            var over = book.Index.All.Where(sanction => sanction.IsOver(clock.GetUtcNow())).ToArray();
            foreach (var sanction in over)
            {
                if (book.Remove(sanction.Id) is null) continue;
                TellMuted(sanction);
                Expired(logger, sanction.Kind, sanction.Id);
            }
            ArmExpiry();
            if (over.Length > 0) await store.RemoveAsync([.. over.Select(sanction => sanction.Id)], records: []);
        }
        catch (LogUnavailableException fault)
        {
            // They are over all the same, and the next start finds them so.
            NotForgotten(logger, fault.Message);
        }
#pragma warning disable CA1031 // Runs on a timer, with nobody above it to catch.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            ExpiryFailed(logger, fault);
        }
    }

    [LoggerMessage(1504, LogLevel.Information, "{Kind} {SanctionId} is over")]
    private static partial void Expired(ILogger logger, SanctionKind kind, long sanctionId);

    [LoggerMessage(1505, LogLevel.Debug, "Sanctions that are over could not be removed from the database yet: {Reason}")]
    private static partial void NotForgotten(ILogger logger, string reason);

    [LoggerMessage(1506, LogLevel.Error, "Sanctions whose time is over could not be ended")]
    private static partial void ExpiryFailed(ILogger logger, Exception fault);
}
