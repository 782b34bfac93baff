using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using KaiChat.Server.Chat;
using KaiChat.Server.Chat.Moderation;
using KaiChat.Server.Connections;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.Names;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Web;

/// <summary>
/// Browser sessions and their tabs. A session outlives its last connection by the grace period, so that a reload or a lost connection is no leave; its token
/// brings it back after that, too, and after a restart, as long as nobody else took the name.
/// </summary>
internal sealed partial class WebSessions(
    ChatService chat, ModerationRules rules, HubFanOut fanOut, KeptSessions kept, IOptions<WebOptions> web, IOptions<LimitsOptions> limits, TimeProvider clock, ILogger<WebSessions> logger)
{
    private readonly ConcurrentDictionary<SessionId, WebSession> _all = new();

    /// <summary>Signs a new user in; the name is reserved until the page connects, or <see cref="WebOptions.ConnectGrace"/> is over.</summary>
    public async Task<WebSession> SignInAsync(Username name, IPAddress? address, CancellationToken cancellation)
    {
        var session = new WebSession(await chat.SignInAsync(name, Origin.Web, address, cancellation));
        session.Absence = StartTimer(session, web.Value.ConnectGrace);
        _all[session.Chat.Id] = session;
        await kept.SaveAsync(session.Chat.Who);
        return session;
    }

    /// <summary>The browser session of one of the core's; null if it has ended.</summary>
    public WebSession? Find(ChatSession session) => _all.GetValueOrDefault(session.Id);

    /// <summary>Reserves the name of a session from before a restart, until its page is back or the grace period over.</summary>
    public async Task TakeUpAsync(Author who, CancellationToken cancellation)
    {
        var session = new WebSession(await chat.SignInAsync(who.Name, Origin.Web, address: null, cancellation, who.Session));
        session.Absence = StartTimer(session, limits.Value.ResumeGrace);
        _all[who.Session] = session;
        await chat.SetPresenceAsync(session.Chat, Presence.Late);
    }

    /// <summary>The session a token names, brought back if need be. Null if it was signed out or somebody else has the name now.</summary>
    /// <exception cref="ChatRefusedException">It may not come back: banned, or the server is full or stops.</exception>
    public async Task<WebSession?> FindOrReviveAsync(Author who, IPAddress? address, CancellationToken cancellation)
    {
        if (kept.WasJustSignedOut(who.Session)) return null;
        if (_all.TryGetValue(who.Session, out var session)) return session;
        if (await kept.IsSignedOutAsync(who.Session, cancellation)) return null;
        try
        {
            session = new WebSession(await chat.SignInAsync(who.Name, Origin.Web, address, cancellation, who.Session));
        }
        catch (ChatRefusedException refused) when (refused.Code == ErrorCodes.UsernameTaken)
        {
            return null;
        }
        // Started before a tab can find the session, or nobody would stop it any more.
        session.Absence = StartTimer(session, web.Value.ConnectGrace);
        var winner = _all.GetOrAdd(who.Session, session);
        // Two tabs may bring the same session back at once; the one that was quicker counts.
        if (winner != session) session.Dispose();
        await kept.SaveAsync(who);
        if (!kept.WasJustSignedOut(who.Session)) return winner;
        // Signed out while it came back.
        await EndAsync(winner, "You signed out.");
        return null;
    }

    /// <summary>Takes a tab into the session. False if the session ended meanwhile or has too many tabs.</summary>
    /// <exception cref="ChatRefusedException">The tab comes from where the user is banned; the session goes on with its other tabs.</exception>
    public async Task<bool> AttachAsync(WebSession session, HubClient tab)
    {
        await session.Gate.WaitAsync(CancellationToken.None);
        try
        {
            if (session.HasEnded || session.Tabs.Length >= web.Value.MaxTabs) return false;
            var before = session.Chat.Addresses;
            session.Chat.Addresses = AddressesOf(session.Tabs.Add(tab));
            // Now that it is known where it comes from: a ban of this very moment either finds that or is found here.
            if (rules.RefusalOf(session.Chat.Name, tab.RemoteEndPoint?.Address) is { } refusal)
            {
                session.Chat.Addresses = before;
                throw refusal;
            }
            session.Absence?.Dispose();
            session.Absence = null;
            session.Tabs = session.Tabs.Add(tab);
            tab.WebSession = session;
            TellOperating(session, [tab]);
            await chat.SetPresenceAsync(session.Chat, Presence.Live);
            return true;
        }
        finally
        {
            session.Gate.Release();
        }
    }

    /// <summary>Tells tabs what their user may do beyond chatting. Read and posted in one step: whatever changes at that moment, the last word a tab hears is how it is.</summary>
    public void TellOperating(WebSession session, ImmutableArray<HubClient> tabs)
    {
        lock (session)
        {
            fanOut.Post(tabs, nameof(IChatClient.Operating), (object)(session.Chat.Operator?.Scopes ?? []));
        }
    }

    /// <summary>Takes a tab out of its session; the last one starts the grace period.</summary>
    public async Task DetachAsync(HubClient tab)
    {
        if (tab.WebSession is not { } session) return;
        await session.Gate.WaitAsync(CancellationToken.None);
        try
        {
            session.Tabs = session.Tabs.Remove(tab);
            // Without a tab it counts where it was last.
            if (!session.Tabs.IsEmpty) session.Chat.Addresses = AddressesOf(session.Tabs);
            if (session.Tabs.IsEmpty && !session.HasEnded) session.Absence = StartTimer(session, web.Value.LateAfter, lateFirst: true);
        }
        finally
        {
            session.Gate.Release();
        }
    }

    /// <summary>Ends a session at its user's wish or an operator's: the name is free at once, the token worth nothing.</summary>
    /// <param name="reason">The sentence its tabs show.</param>
    /// <param name="caller">The tab that asked for it: left open for its answer to arrive, and closed a little later.</param>
    /// <param name="end">What its tabs' connections end with.</param>
    public async Task SignOutAsync(WebSession session, string reason, HubClient? caller = null, ConnectionEndReason end = ConnectionEndReason.SessionEnded)
    {
        await kept.SignOutAsync(session.Chat.Who);
        await EndAsync(session, reason, caller, end: end);
    }

    /// <returns>Whether this call ended it.</returns>
    private async Task<bool> EndAsync(WebSession session, string reason, HubClient? caller = null, bool unlessPresent = false, ConnectionEndReason end = ConnectionEndReason.SessionEnded)
    {
        await session.Gate.WaitAsync(CancellationToken.None);
        try
        {
            if (session.HasEnded || (unlessPresent && !session.Tabs.IsEmpty)) return false;
            session.HasEnded = true;
            session.Absence?.Dispose();
            await chat.EndAsync(session.Chat);
            // Only now: a tab that brings it back must not get the half-ended one of the core.
            _all.TryRemove(session.Chat.Id, out _);
            if (caller is not null) fanOut.Post([caller], nameof(IChatClient.SessionEnded), reason);
            fanOut.SayLast([.. session.Tabs.Where(tab => tab != caller)], end, nameof(IChatClient.SessionEnded), reason);
            return true;
        }
        finally
        {
            session.Gate.Release();
        }
    }

    private static ImmutableArray<IPAddress> AddressesOf(ImmutableArray<HubClient> tabs) =>
        [.. tabs.Select(tab => tab.RemoteEndPoint?.Address).OfType<IPAddress>().Select(AddressNetwork.Plain).Distinct()];

    private ITimer StartTimer(WebSession session, TimeSpan due, bool lateFirst = false) =>
        clock.CreateTimer(_ => _ = OnAbsenceAsync(session, lateFirst), null, due, Timeout.InfiniteTimeSpan);

    private async Task OnAbsenceAsync(WebSession session, bool lateFirst)
    {
        // A restart is no leave, and what a session would be ended with may be gone already.
        if (chat.IsStopping) return;
        try
        {
            if (lateFirst) await BecomeLateAsync(session);
            else if (await EndAsync(session, "You were away for too long.", unlessPresent: true)) await kept.LeaveAsync(session.Chat.Id);
        }
#pragma warning disable CA1031 // Runs on a timer, with nobody above it to catch.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            AbsenceFailed(logger, session.Chat.Id.ToString(), fault);
        }
    }

    private async Task BecomeLateAsync(WebSession session)
    {
        await session.Gate.WaitAsync(CancellationToken.None);
        try
        {
            if (session.HasEnded || !session.Tabs.IsEmpty) return;
            await chat.SetPresenceAsync(session.Chat, Presence.Late);
            session.Absence?.Dispose();
            session.Absence = StartTimer(session, limits.Value.ResumeGrace);
        }
        finally
        {
            session.Gate.Release();
        }
    }

    [LoggerMessage(3001, LogLevel.Error, "Session {SessionId}: its absence could not be handled")]
    private static partial void AbsenceFailed(ILogger logger, string sessionId, Exception fault);
}
