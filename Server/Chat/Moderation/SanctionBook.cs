using System.Collections.Immutable;
using System.Net;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.Names;

namespace KaiChat.Server.Chat.Moderation;

/// <summary>The sanctions in force. Asked with every sign-in, join and message, from any thread, without a lock; changed by <see cref="ModerationService"/> only.</summary>
internal sealed class SanctionBook(TimeProvider clock)
{
    private SanctionIndex _index = SanctionIndex.Empty;

    public SanctionIndex Index => Volatile.Read(ref _index);

    public void Add(ChatSanction sanction) => ImmutableInterlocked.Update(ref _index, static (index, one) => index.With(one), sanction);

    /// <summary>Takes one out; null if it is not there any more.</summary>
    public ChatSanction? Remove(long id)
    {
        var found = Index.Find(id);
        return found is not null && ImmutableInterlocked.Update(ref _index, static (index, gone) => index.Without(gone), id) ? found : null;
    }

    /// <inheritdoc cref="SanctionIndex.Find(SanctionKind, Username?, ImmutableArray{IPAddress}, ChannelName?, DateTimeOffset)"/>
    public ChatSanction? Find(SanctionKind kind, Username? name, ImmutableArray<IPAddress> addresses, ChannelName? channel) =>
        Index is { Count: > 0 } index ? index.Find(kind, name, addresses, channel, clock.GetUtcNow()) : null;

    /// <summary>The same for somebody signed in. Nothing holds for an operator.</summary>
    public ChatSanction? Find(SanctionKind kind, ChatSession session, ChannelName? channel) =>
        session.Operator is null ? Find(kind, session.Name, session.Addresses, channel) : null;
}
