using System.Globalization;
using System.Net;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.Names;

namespace KaiChat.Server.Chat.Moderation;

/// <summary>What <see cref="ChatService"/> asks before it lets somebody do something. Quick, and waits for nothing.</summary>
internal sealed class ModerationRules(SanctionBook book, TimeProvider clock)
{
    private RaidState _raid = RaidState.Normal;

    /// <summary>The raid level that holds now. Asked with every message: the clock is read only where a level has an end.</summary>
    public RaidState Raid
    {
        get
        {
            var raid = Volatile.Read(ref _raid);
            return raid.Until is { } until && until <= clock.GetUtcNow() ? RaidState.Normal : raid;
        }
        set => Volatile.Write(ref _raid, value);
    }

    /// <summary>Why somebody may not come in to the server; null if it may. Without a name: why nobody may from there.</summary>
    public ChatRefusedException? RefusalOf(Username? name, IPAddress? address) =>
        book.Find(SanctionKind.Ban, name, address is null ? [] : [address], channel: null) is { } ban ? ModerationWords.Banned(ban) : null;

    /// <summary>Keeps newcomers out at the higher raid levels. Who comes back to a session it had is none.</summary>
    /// <param name="address">From where.</param>
    /// <param name="sessions">Those signed in.</param>
    public void ThrowIfClosedToNewcomers(IPAddress? address, IEnumerable<ChatSession> sessions)
    {
        var raid = Raid;
        if (raid.Level < 2) return;
        if (raid.Level == 2 && address is not null && sessions.Any(session => session.Addresses.Contains(address))) return;
        throw new ChatRefusedException(ErrorCodes.RaidLevel, "The server takes no new users for now: its operators fend off an attack. Try again later.", WaitFor(raid));
    }

    /// <exception cref="ChatRefusedException">The session is banned from the channel.</exception>
    public void ThrowIfBanned(ChatSession session, ChannelName channel)
    {
        if (book.Find(SanctionKind.Ban, session, channel) is { } ban) throw ModerationWords.Banned(ban);
    }

    /// <summary>Why a session may not post in a channel; null if it may. Without a channel: why nowhere.</summary>
    public Mute? MuteOf(ChatSession session, ChannelName? channel) => book.Find(SanctionKind.Mute, session, channel)?.ToMute();

    /// <exception cref="ChatRefusedException">The session may not change messages of that channel.</exception>
    public void ThrowIfSilent(ChatSession session, ChannelName channel)
    {
        if (book.Find(SanctionKind.Mute, session, channel) is { } mute) throw ModerationWords.Muted(mute);
        var raid = Raid;
        if (raid.Level < 3 || session.Operator is not null) return;
        throw new ChatRefusedException(
            ErrorCodes.RaidLevel, "Only operators may post for now: they fend off an attack. Nothing was posted or changed; try again later.", WaitFor(raid));
    }

    /// <exception cref="ChatRefusedException">The session may not post in that channel, or not yet again.</exception>
    public void ThrowIfMayNotPost(ChatSession session, ChannelName channel)
    {
        ThrowIfSilent(session, channel);
        if (Raid.Level == 0 || session.Operator is not null || clock.GetElapsedTime(session.Began) >= RaidLevels.NewFor) return;
        var wait = session.Newcomer.TryTake();
        if (wait == TimeSpan.Zero) return;
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        throw new ChatRefusedException(
            ErrorCodes.RaidLevel, $"New users may post one message in {RaidLevels.NewcomersPostEvery.TotalSeconds} s for now. Nothing was posted; go on in {seconds} s.", wait);
    }

    private TimeSpan WaitFor(RaidState raid)
    {
        var left = raid.Until - clock.GetUtcNow();
        return left < TimeSpan.FromMinutes(1) ? left.Value : TimeSpan.FromMinutes(1);
    }
}
