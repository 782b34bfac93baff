using System.Collections.Concurrent;
using KaiChat.Server.Chat.Keeping;
using KaiChat.Server.Cluster;
using KaiChat.Server.Storage;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.Names;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Chat;

/// <summary>
/// The open channels: a channel exists from the first join to the last leave, unless operators keep it open. Opening and closing one name happen one after the other; different names
/// do not wait for one another.
/// </summary>
internal sealed partial class ChannelDirectory(
    IMessageLog log, IChatBus bus, IPresence presence, IEnumerable<IChatObserver> observers, SettledChannels settled, IOptions<LimitsOptions> limits, TimeProvider clock,
    ILogger<ChannelDirectory> logger) : IDisposable
{
    private readonly IReadOnlyList<IChatObserver> _observers = [.. observers];
    private readonly ConcurrentDictionary<ChannelName, Channel> _byName = new();
    private readonly ConcurrentDictionary<ConversationId, Channel> _byId = new();
    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];
    private IDisposable? _subscription;

    /// <summary>The channels that are open now, in no order.</summary>
    public IEnumerable<Channel> All => _byName.Values;

    public int Count => _byName.Count;

    public Channel? Find(ChannelName name) => _byName.GetValueOrDefault(name);

    public Channel? Find(ConversationId id) => _byId.GetValueOrDefault(id);

    /// <summary>Takes up the channels that were open when the log was last used. A restart is not a leave: they wait for their members.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        _subscription = bus.Subscribe(Accept);
        await settled.LoadAsync(cancellation);
        var keepUntil = clock.GetTimestamp() + (long)(limits.Value.ResumeGrace.TotalSeconds * clock.TimestampFrequency);
        foreach (var conversation in await log.ReadOpenConversationsAsync(cancellation)) Add(conversation).KeepUntil = keepUntil;
        await OpenKeptAsync(cancellation);
    }

    /// <summary>Makes a user a member, opening the channel if it is the first one.</summary>
    public async Task<Channel> EnterAsync(ChannelName name, PresentMember member, CancellationToken cancellation)
    {
        using var gate = await LockAsync(name, cancellation);
        var channel = Find(name) ?? await OpenAsync(name, cancellation);
        if (channel.Feed.IsCold)
        {
            channel.Feed.Prime(await log.ReadBeforeAsync(channel.Id, long.MaxValue, limits.Value.FeedLength, cancellation).OrRefusedAsync());
        }
        channel.KeepUntil = null;
        if (await presence.EnterAsync(channel.Id, member, cancellation))
        {
            await bus.PublishAsync(new MemberJoined(channel.Id, member), cancellation);
        }
        return channel;
    }

    /// <summary>Ends a membership, closing the channel if it was the last one, unless <paramref name="keepOpen"/>.</summary>
    public async Task ExitAsync(Channel channel, SessionId session, bool keepOpen)
    {
        using var gate = await LockAsync(channel.Name, CancellationToken.None);
        if (await presence.LeaveAsync(channel.Id, session, CancellationToken.None))
        {
            await bus.PublishAsync(new MemberLeft(channel.Id, session), CancellationToken.None);
        }
        if (!keepOpen) await CloseIfEmptyAsync(channel);
    }

    /// <summary>Closes the empty channels whose time to wait for their members is over.</summary>
    public async Task SweepAsync()
    {
        foreach (var channel in All.Where(channel => channel.KeepUntil <= clock.GetTimestamp()))
        {
            using var gate = await LockAsync(channel.Name, CancellationToken.None);
            if (channel.KeepUntil is not null) await CloseIfEmptyAsync(channel);
        }
        await OpenKeptAsync(CancellationToken.None);
    }

    private async Task<Channel> OpenAsync(ChannelName name, CancellationToken cancellation)
    {
        if (Count >= limits.Value.MaxChannels)
        {
            throw new ChatRefusedException(ErrorCodes.LimitReached, $"The server has as many channels as it can: {Count}. Join one of those that are open.");
        }
        try
        {
            return Add(await log.OpenAsync(name, clock.GetUtcNow(), cancellation));
        }
        catch (LogUnavailableException)
        {
            throw ChatRefusedException.StorageUnavailable();
        }
    }

    private async Task CloseIfEmptyAsync(Channel channel)
    {
        if (Find(channel.Name) != channel || await presence.CountAsync(channel.Id, CancellationToken.None) > 0) return;
        if (channel.Settings.Kept)
        {
            channel.KeepUntil = null;
            return;
        }
        try
        {
            await log.CloseAsync(channel.Id, clock.GetUtcNow(), CancellationToken.None);
        }
        catch (LogUnavailableException fault)
        {
            CloseFailed(logger, channel.Id.Value, fault.Message);
            channel.KeepUntil = clock.GetTimestamp();
            return;
        }
        _byName.TryRemove(channel.Name, out _);
        _byId.TryRemove(channel.Id, out _);
        channel.Feed.Dispose();
    }

    private Channel Add(LoggedConversation conversation)
    {
        var channel = new Channel(conversation.Id, conversation.Name, conversation.OpenedAt)
        {
            Settings = settled.Of(conversation.Name),
            Feed = new ChannelFeed(conversation.FirstSeq, conversation.LastSeq, conversation.Rev, limits.Value.FeedLength, log, _observers, clock, logger),
        };
        channel.Feed.Attach(channel);
        _byId[channel.Id] = channel;
        _byName[channel.Name] = channel;
        return channel;
    }

    private async Task<Releaser> LockAsync(ChannelName name, CancellationToken cancellation)
    {
        var gate = _gates[(uint)name.GetHashCode() % _gates.Length];
        await gate.WaitAsync(cancellation);
        return new Releaser(gate);
    }

    public void Dispose()
    {
        _subscription?.Dispose();
        foreach (var channel in All) channel.Feed.Dispose();
        foreach (var gate in _gates) gate.Dispose();
    }

    private readonly struct Releaser(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }

    [LoggerMessage(1201, LogLevel.Warning, "Conversation {Conversation} is empty but could not be closed yet: {Reason}")]
    private static partial void CloseFailed(ILogger logger, long conversation, string reason);
}
