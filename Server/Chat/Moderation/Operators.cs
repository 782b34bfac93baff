using System.Globalization;
using System.Net;
using KaiChat.Server.Access;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Chat.Moderation;

/// <summary>Users who show an operator's key: what it allows is theirs until their session ends, the key is revoked, or its time is over.</summary>
internal sealed partial class Operators : IDisposable
{
    /// <summary>Timers run no longer than about 49 days, and a clock that is set forward is noticed within this time.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>What makes a user an operator in the chat; keys with neither are for programs.</summary>
    private static readonly string[] Either = [Scopes.ModerationWrite, Scopes.ChannelsWrite];

    private readonly ChatService _chat;
    private readonly KeyRing _keys;
    private readonly WrongKeys _wrongKeys;
    private readonly AuditTrail _audit;
    private readonly ModerationRules _rules;
    private readonly ModerationService _moderation;
    private readonly Dictionary<Origin, ISessionDoor> _doors;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly ITimer _ends;

    public Operators(
        ChatService chat, KeyRing keys, WrongKeys wrongKeys, AuditTrail audit, ModerationRules rules, ModerationService moderation, IEnumerable<ISessionDoor> doors,
        TimeProvider clock, ILogger<Operators> logger)
    {
        (_chat, _keys, _wrongKeys, _audit, _rules, _moderation, _clock, _logger) = (chat, keys, wrongKeys, audit, rules, moderation, clock, logger);
        _doors = doors.ToDictionary(door => door.Origin);
        _ends = clock.CreateTimer(_ => _ = DismissEndedAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        keys.Revoked += Dismiss;
    }

    /// <summary>Makes a session an operator's with what a key allows, as long as the key is good.</summary>
    /// <param name="address">Where it is shown from, for counting wrong ones.</param>
    /// <param name="cancellation">Whoever showed it is gone: the answer to a wrong one is held back no longer.</param>
    public async Task<KeyHolder> EnterAsync(ChatSession session, string? key, IPAddress? address, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(key) || await _keys.FindAsync(key.Trim()) is not { } holder)
        {
            throw Wrong((await _wrongKeys.AddAndWaitAsync(address, cancellation)).TooMany);
        }
        if (!Either.Any(holder.May)) throw ModerationWords.ScopeMissing(string.Join(" or ", Either));
        await _audit.RecordAsync(ActorOf(holder, session, address), "operator.enter", session.Name.Value, before: null, new { session.Origin }).OrUnchangedAsync();
        var mutes = MutesOf(session);
        await _chat.SetOperatorAsync(session, holder);
        // Revoked meanwhile, before the session could be found by it.
        if (await _keys.RecallAsync(holder.Ticket) is null)
        {
            await DismissAsync(session, holder);
            throw Wrong(wait: null);
        }
        _doors[session.Origin].TellOperating(session);
        if (IsMuted(mutes)) _doors[session.Origin].TellMuted(session, MutesOf(session));
        ArmEnds();
        return holder;
    }

    /// <summary>Whoever showed a key that is revoked is a user like the others.</summary>
    private void Dismiss(string ticket)
    {
        foreach (var session in _chat.Sessions)
        {
            if (session.ShownKey is { } key && key.Ticket == ticket) _ = DismissAsync(session, key);
        }
    }

    private async Task DismissAsync(ChatSession session, KeyHolder key)
    {
        if (!await _chat.DismissOperatorAsync(session, key)) return;
        _doors[session.Origin].TellOperating(session);
        if (MutesOf(session) is var mutes && IsMuted(mutes)) _doors[session.Origin].TellMuted(session, mutes);
        await _moderation.MeetAsync(session);
    }

    /// <summary>How it stands with a session's mutes, of which none holds for an operator.</summary>
    private MuteNews MutesOf(ChatSession session) =>
        new(Channel: null, _rules.MuteOf(session, channel: null), [.. session.Channels.Values.Select(channel => (channel.Name, _rules.MuteOf(session, channel.Name)))]);

    private static bool IsMuted(MuteNews news) => news.Mute is not null || news.Channels.Any(place => place.Mute is not null);

    /// <summary>Sets the timer to the next end of a key. What it allowed is over at that moment by itself; the timer is for those who are to know.</summary>
    private void ArmEnds()
    {
        var next = _chat.Sessions.Min(session => session.ShownKey?.ExpiresAt);
        _ends.Change(next is { } end ? TimeSpan.FromTicks(Math.Clamp((end - _clock.GetUtcNow()).Ticks, 0, LongestWait.Ticks)) : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private async Task DismissEndedAsync()
    {
        try
        {
            foreach (var session in _chat.Sessions)
            {
                if (session is { ShownKey: { } key, Operator: null }) await DismissAsync(session, key);
            }
            ArmEnds();
        }
#pragma warning disable CA1031 // Runs on a timer, with nobody above it to catch.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            EndFailed(_logger, fault);
        }
    }

    public void Dispose() => _ends.Dispose();

    /// <summary>Who changes something from the chat.</summary>
    public static Actor ActorOf(KeyHolder holder, ChatSession session, IPAddress? address) =>
        Actor.InChat(holder.Name, session.Name.Value, AddressNetwork.TextOf(address), System.Diagnostics.Activity.Current?.Id);

    private static ChatRefusedException Wrong(TimeSpan? wait)
    {
        if (wait is not { } time) return new ChatRefusedException(ErrorCodes.Unauthorized, "That is no operator's key.");
        var seconds = Math.Ceiling(time.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return new ChatRefusedException(ErrorCodes.RateLimited, $"Too many wrong keys from your address. Wait {seconds} s.", time);
    }

    [LoggerMessage(1513, LogLevel.Error, "Users could not be told that an operator's key has come to its end")]
    private static partial void EndFailed(ILogger logger, Exception fault);
}
