using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using KaiChat.Server.Access;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.Names;

namespace KaiChat.Server.Chat;

/// <summary>One signed-in user. Made and changed by <see cref="ChatService"/> only; front-ends hold it to say who acts.</summary>
internal sealed class ChatSession(Author who, Origin origin, DateTimeOffset startedAt, TokenBucket rate, TokenBucket searches, TokenBucket joins, TimeProvider clock) : IDisposable
{
    public Author Who { get; } = who;

    public SessionId Id => Who.Session;

    public Username Name => Who.Name;

    public Origin Origin { get; } = origin;

    public DateTimeOffset StartedAt { get; } = startedAt;

    /// <summary>The same as a timestamp of the clock.</summary>
    public required long Began { get; init; }

    /// <summary>Where it is connected from, or was last; empty if that is not known, as after a restart. Each in the form of <see cref="Moderation.AddressNetwork.Plain"/>.</summary>
    public ImmutableArray<IPAddress> Addresses { get; set; } = [];

    /// <summary>The operator's key it has shown; null if none, or from the key's end on. Changed by <see cref="ChatService"/> only.</summary>
    public KeyHolder? Operator => ShownKey is { } key && !(key.ExpiresAt <= clock.GetUtcNow()) ? key : null;

    /// <summary>Whether it is a moderator's: the key it has shown allows to kick, mute and ban.</summary>
    public bool Moderates => Operator is { } key && key.May(Scopes.ModerationWrite);

    /// <summary>The same as <see cref="Operator"/>, also after its end, until all who are to know have been told.</summary>
    public KeyHolder? ShownKey { get; set; }

    /// <summary>How fast this user may post as a newcomer while the raid level is up.</summary>
    public required TokenBucket Newcomer { get; init; }

    /// <summary>How fast this user may post.</summary>
    public TokenBucket Rate { get; } = rate;

    /// <summary>How often this user may search.</summary>
    public TokenBucket Searches { get; } = searches;

    /// <summary>How often this user may read history and the like.</summary>
    public required TokenBucket Reads { get; init; }

    /// <summary>How often this user may enter channels.</summary>
    public TokenBucket Joins { get; } = joins;

    /// <summary>How far it has read each conversation: through this seq. Changed by <see cref="ReadState"/> only.</summary>
    public ConcurrentDictionary<ConversationId, long> Read { get; } = new();

    /// <summary>When it last told a conversation that it is typing; a timestamp of the clock. Only of those it is in.</summary>
    public ConcurrentDictionary<ConversationId, long> Typed { get; } = new();

    /// <summary>The channels it is in.</summary>
    public ConcurrentDictionary<ChannelName, Channel> Channels { get; } = new();

    /// <summary>Whether it is there right now.</summary>
    public Presence Presence { get; set; }

    /// <summary>True from the moment it is being ended: it enters nothing and posts nothing any more.</summary>
    public bool HasEnded { get; set; }

    /// <summary>Joining, leaving and ending happen one after the other.</summary>
    public SemaphoreSlim Gate { get; } = new(1, 1);

    public PresentMember AsMember() => new(Who, Origin, Presence, Operator is not null);

    public void Dispose() => Gate.Dispose();
}
