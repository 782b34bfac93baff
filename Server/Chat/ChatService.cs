using System.Collections.Concurrent;
using System.Net;
using KaiChat.Server.Chat.Moderation;
using KaiChat.Server.Cluster;
using KaiChat.Server.Diagnostics;
using KaiChat.Server.Storage;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.Names;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Chat;

/// <summary>
/// The core's one door for all front-ends: signing in, entering and leaving channels, posting, reading. Knows no protocol. What it refuses, it refuses
/// with <see cref="ChatRefusedException"/>.
/// </summary>
internal sealed partial class ChatService(
    ChannelDirectory channels, IMessageLog log, IChatBus bus, IPresence presence, IOptions<LimitsOptions> limits, ReadState readState, ModerationRules rules,
    TimeProvider clock, ChatMetrics metrics)
{
    private readonly LimitsOptions _limits = limits.Value;
    private readonly ConcurrentDictionary<SessionId, ChatSession> _sessions = new();
    private readonly WorkUnderWay _posts = new();

    /// <summary>The users signed in now, in no order.</summary>
    public IEnumerable<ChatSession> Sessions => _sessions.Values;

    /// <summary>The open channels, in no order.</summary>
    public IEnumerable<Channel> Channels => channels.All;

    public ChatSession? FindSession(SessionId id) => _sessions.GetValueOrDefault(id);

    public Channel? FindChannel(ChannelName name) => channels.Find(name);

    /// <summary>Signs a user in. With <paramref name="id"/>, a session from before a restart comes back under the same identity.</summary>
    /// <param name="address">Where it comes from; null if that is not known.</param>
    public async Task<ChatSession> SignInAsync(Username name, Origin origin, IPAddress? address, CancellationToken cancellation, SessionId? id = null)
    {
        ThrowIfStopping();
        if (_sessions.Count >= _limits.MaxSessions)
        {
            throw new ChatRefusedException(ErrorCodes.LimitReached, "The server is full. Try again later.", TimeSpan.FromSeconds(30));
        }
        if (address is not null) address = AddressNetwork.Plain(address);
        if (id is null) rules.ThrowIfClosedToNewcomers(address, Sessions);
        var who = new Author(id ?? SessionId.New(), name);
        while (true)
        {
            var fresh = MakeSession(who, origin, address);
            var session = _sessions.GetOrAdd(who.Session, fresh);
            // Under its gate, or a session that comes back while it ends would lose its name to the end, or be an ended one.
            // A fresh one has it at once: nobody who gives up leaves it behind.
            await session.Gate.WaitAsync(session == fresh ? CancellationToken.None : cancellation);
            try
            {
                if (session.HasEnded) continue;
                // Now that it can be found: a ban of this very moment either finds it or is found here.
                if (rules.RefusalOf(name, address) is { } refusal) throw refusal;
                if (await presence.ClaimAsync(name, who.Session, cancellation))
                {
                    if (id is not null) await readState.LoadAsync(session, cancellation);
                    return session;
                }
                Forget(session);
                throw ChatRefusedException.UsernameTaken(name.Value);
            }
            catch when (session == fresh)
            {
                // Nobody else knows of it, so nobody else would end it.
                await presence.ReleaseAsync(name, who.Session, CancellationToken.None);
                Forget(session);
                throw;
            }
            finally
            {
                session.Gate.Release();
            }
        }
    }

    /// <summary>Ends a session: it leaves its channels and its name is free. Ending it again does nothing.</summary>
    public async Task EndAsync(ChatSession session)
    {
        await session.Gate.WaitAsync(CancellationToken.None);
        try
        {
            if (session.HasEnded) return;
            session.HasEnded = true;
            // The server's stop is not the user's leave: the channels stay open for everybody to come back.
            foreach (var channel in session.Channels.Values) await channels.ExitAsync(channel, session.Id, keepOpen: IsStopping);
            session.Channels.Clear();
            await presence.ReleaseAsync(session.Name, session.Id, CancellationToken.None);
            _sessions.TryRemove(session.Id, out _);
        }
        finally
        {
            session.Gate.Release();
        }
    }

    /// <summary>Enters a channel. Entering one that the session is in already changes nothing.</summary>
    public async Task<Channel> JoinAsync(ChatSession session, ChannelName name, CancellationToken cancellation)
    {
        await session.Gate.WaitAsync(cancellation);
        try
        {
            ThrowIfStopping();
            if (session.HasEnded) throw ChatRefusedException.SessionEnded();
            if (session.Channels.TryGetValue(name, out var present) && !present.IsClosed) return present;
            rules.ThrowIfBanned(session, name);
            if (session.Channels.Count >= _limits.MaxChannelsPerSession)
            {
                throw new ChatRefusedException(
                    ErrorCodes.LimitReached, $"You are in {session.Channels.Count} channels, which is the most possible. Leave one first.");
            }
            if (session.Joins.TryTake() is var wait && wait > TimeSpan.Zero)
            {
                throw new ChatRefusedException(ErrorCodes.RateLimited, $"You are entering channels too fast. Go on in {Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds))} s.", wait);
            }
            // Once begun it is finished, or a member would be left that no session knows of.
            while (true)
            {
                var channel = await channels.EnterAsync(name, session.AsMember(), CancellationToken.None);
                session.Channels[name] = channel;
                // Closed between the two: CloseAsync may have looked for its members before this one was noted.
                if (!channel.IsClosed) return channel;
            }
        }
        finally
        {
            session.Gate.Release();
        }
    }

    /// <summary>Leaves a channel, or is made to. Returns which one it was; null if the session is not in it. One that is just entering it leaves it then.</summary>
    /// <param name="session">Who leaves.</param>
    /// <param name="name">Which channel.</param>
    /// <param name="told">Tells of it, before the session can enter again. Waits for nothing.</param>
    public async Task<Channel?> LeaveAsync(ChatSession session, ChannelName name, Action<Channel>? told = null)
    {
        await session.Gate.WaitAsync(CancellationToken.None);
        try
        {
            if (!session.Channels.TryRemove(name, out var channel)) return null;
            session.Typed.TryRemove(channel.Id, out _);
            await channels.ExitAsync(channel, session.Id, keepOpen: false);
            told?.Invoke(channel);
            return channel;
        }
        finally
        {
            session.Gate.Release();
        }
    }

    /// <summary>Notes whether a user is there right now, and tells its channels if that changed.</summary>
    /// <param name="unlessBusy">Do nothing if the session is entering or leaving just now, which may wait for the disk.</param>
    public async Task SetPresenceAsync(ChatSession session, Presence present, bool unlessBusy = false)
    {
        if (!await session.Gate.WaitAsync(unlessBusy ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, CancellationToken.None)) return;
        try
        {
            if (session.HasEnded || session.Presence == present) return;
            session.Presence = present;
            foreach (var channel in session.Channels.Values)
            {
                await presence.EnterAsync(channel.Id, session.AsMember(), CancellationToken.None);
                await bus.PublishAsync(new MemberChanged(channel.Id, session.AsMember()), CancellationToken.None);
            }
        }
        finally
        {
            session.Gate.Release();
        }
    }

    public ValueTask<IReadOnlyList<PresentMember>> MembersAsync(Channel channel, CancellationToken cancellation) =>
        presence.MembersAsync(channel.Id, cancellation);

    /// <summary>The oldest messages after a seq, from memory if it reaches back so far.</summary>
    public ValueTask<IReadOnlyList<ChatMessage>> ReadAfterAsync(Channel channel, long afterSeq, int limit, CancellationToken cancellation) =>
        channel.Feed.TryReadAfter(afterSeq, limit, out var messages)
            ? new(messages)
            : new(LeftOfAsync(channel, log.ReadAfterAsync(channel.Id, Math.Max(afterSeq, channel.Feed.FirstSeq - 1), limit, cancellation)));

    /// <summary>The newest messages before a seq, oldest first, from memory if it reaches back so far.</summary>
    public ValueTask<IReadOnlyList<ChatMessage>> ReadBeforeAsync(Channel channel, long beforeSeq, int limit, CancellationToken cancellation) =>
        channel.Feed.TryReadBefore(beforeSeq, limit, out var messages)
            ? new(messages)
            : new(LeftOfAsync(channel, log.ReadBeforeAsync(channel.Id, beforeSeq, limit, cancellation)));

    /// <summary>What is being removed may still be in the log, and is shown to nobody.</summary>
    private static async Task<IReadOnlyList<ChatMessage>> LeftOfAsync(Channel channel, Task<IReadOnlyList<ChatMessage>> reading)
    {
        var read = await reading.OrRefusedAsync();
        var first = channel.Feed.FirstSeq;
        return read.Count > 0 && read.Min(message => message.Seq) < first ? [.. read.Where(message => message.Seq >= first)] : read;
    }

    /// <summary>Whether the log has a message of a seq, which the feed may not have heard of yet.</summary>
    public async Task<bool> IsStoredAsync(Channel channel, long seq, CancellationToken cancellation) =>
        await log.ReadAfterAsync(channel.Id, seq - 1, 1, cancellation).OrRefusedAsync() is [var message] && message.Seq == seq;

    /// <summary>Messages with one of this seq in their middle, oldest first: if it is not there, those nearest to where it was or will be.</summary>
    public async Task<IReadOnlyList<ChatMessage>> ReadAroundAsync(Channel channel, long seq, int limit, CancellationToken cancellation)
    {
        var older = await ReadBeforeAsync(channel, seq, limit, cancellation);
        var newer = await ReadAfterAsync(channel, seq - 1, limit, cancellation);
        // Where one side is short, the other makes up for it.
        var taken = Math.Min(older.Count, Math.Max(limit / 2, limit - newer.Count));
        return [.. older.Skip(older.Count - taken), .. newer.Take(limit - taken)];
    }

    /// <summary>
    /// From now on nothing is posted or entered, and a session that ends does not close its channels. Completes when every message and every change that was on its way has come to
    /// everybody: what a front-end passes on after that is all there is.
    /// </summary>
    public Task BeginStopAsync() => _posts.CloseAsync();

    /// <summary>True from the moment the server begins to stop.</summary>
    public bool IsStopping => _posts.IsClosed;

    private ChatSession MakeSession(Author who, Origin origin, IPAddress? address) => new(
        who, origin, clock.GetUtcNow(), new TokenBucket(_limits.MessagesPerSecond, _limits.MessageBurst, clock),
        new TokenBucket(_limits.SearchesPerMinute / 60, _limits.SearchBurst, clock), new TokenBucket(_limits.JoinsPerMinute / 60, _limits.JoinBurst, clock), clock)
    {
        Began = clock.GetTimestamp(),
        Addresses = address is null ? [] : [address],
        Reads = new TokenBucket(_limits.ReadsPerMinute / 60, _limits.ReadBurst, clock),
        Newcomer = new TokenBucket(1 / RaidLevels.NewcomersPostEvery.TotalSeconds, 1, clock),
    };

    private void Forget(ChatSession session)
    {
        session.HasEnded = true;
        _sessions.TryRemove(session.Id, out _);
    }

    private void ThrowIfStopping()
    {
        if (IsStopping) throw Stopping();
    }

    private static ChatRefusedException Stopping() =>
        new(ErrorCodes.ShuttingDown, "The server is restarting. Nothing was posted; it will be back in a moment.", TimeSpan.FromSeconds(5));
}
