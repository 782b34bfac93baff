using System.Collections.Immutable;
using System.Net;
using System.Runtime.InteropServices;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.Names;

namespace KaiChat.Server.Chat.Moderation;

/// <summary>
/// All sanctions at one moment, immutable. A look costs one step by name, and one for each length of prefix that some network has: one if only addresses are banned, 161
/// at the very most.
/// </summary>
internal sealed class SanctionIndex
{
    private readonly ImmutableDictionary<long, ChatSanction> _all;
    private readonly ImmutableDictionary<NameKey, ImmutableArray<ChatSanction>> _byName;
    private readonly ImmutableDictionary<NetworkKey, ImmutableArray<ChatSanction>> _byNetwork;
    private readonly ImmutableDictionary<(bool IsV4, int Length), int> _lengths;

    private SanctionIndex(
        ImmutableDictionary<long, ChatSanction> all,
        ImmutableDictionary<NameKey, ImmutableArray<ChatSanction>> byName,
        ImmutableDictionary<NetworkKey, ImmutableArray<ChatSanction>> byNetwork,
        ImmutableDictionary<(bool IsV4, int Length), int> lengths) =>
        (_all, _byName, _byNetwork, _lengths) = (all, byName, byNetwork, lengths);

    public static SanctionIndex Empty { get; } = new(
        ImmutableDictionary<long, ChatSanction>.Empty,
        ImmutableDictionary<NameKey, ImmutableArray<ChatSanction>>.Empty,
        ImmutableDictionary<NetworkKey, ImmutableArray<ChatSanction>>.Empty,
        ImmutableDictionary<(bool IsV4, int Length), int>.Empty);

    public int Count => _all.Count;

    /// <summary>All of them, in no order.</summary>
    public IEnumerable<ChatSanction> All => _all.Values;

    public ChatSanction? Find(long id) => _all.GetValueOrDefault(id);

    public SanctionIndex With(ChatSanction sanction)
    {
        var (byName, byNetwork, lengths) = (_byName, _byNetwork, _lengths);
        if (NameKey.Of(sanction) is { } name) byName = byName.SetItem(name, byName.GetValueOrDefault(name, []).Add(sanction));
        if (NetworkKey.Of(sanction) is { } network)
        {
            byNetwork = byNetwork.SetItem(network, byNetwork.GetValueOrDefault(network, []).Add(sanction));
            var length = (network.Network.IsV4, network.Network.Length);
            lengths = lengths.SetItem(length, lengths.GetValueOrDefault(length) + 1);
        }
        return new SanctionIndex(_all.Add(sanction.Id, sanction), byName, byNetwork, lengths);
    }

    public SanctionIndex Without(long id)
    {
        if (Find(id) is not { } sanction) return this;
        var (byName, byNetwork, lengths) = (_byName, _byNetwork, _lengths);
        if (NameKey.Of(sanction) is { } name) byName = Shorter(byName, name, sanction);
        if (NetworkKey.Of(sanction) is { } network)
        {
            byNetwork = Shorter(byNetwork, network, sanction);
            var length = (network.Network.IsV4, network.Network.Length);
            lengths = lengths[length] == 1 ? lengths.Remove(length) : lengths.SetItem(length, lengths[length] - 1);
        }
        return new SanctionIndex(_all.Remove(id), byName, byNetwork, lengths);
    }

    /// <summary>The sanction that holds for a user now; of several the one that holds longest. Null if none does.</summary>
    /// <param name="kind">Which kind.</param>
    /// <param name="name">Who.</param>
    /// <param name="addresses">From where.</param>
    /// <param name="channel">Where to: those of this channel count, too. Null: only those of the whole server.</param>
    /// <param name="now">Now.</param>
    public ChatSanction? Find(SanctionKind kind, Username? name, ImmutableArray<IPAddress> addresses, ChannelName? channel, DateTimeOffset now)
    {
        if (_all.IsEmpty) return null;
        var found = LookIn(null, kind, name, addresses, now);
        return channel is null ? found : Longer(found, LookIn(channel, kind, name, addresses, now), now);
    }

    private ChatSanction? LookIn(ChannelName? channel, SanctionKind kind, Username? name, ImmutableArray<IPAddress> addresses, DateTimeOffset now)
    {
        ChatSanction? found = null;
        if (name is not null)
        {
            foreach (var sanction in _byName.GetValueOrDefault(new NameKey(kind, name, channel), [])) found = Longer(found, sanction, now);
        }
        if (_lengths.IsEmpty) return found;
        foreach (var address in addresses)
        {
            var one = AddressNetwork.Of(address);
            foreach (var (isV4, length) in _lengths.Keys)
            {
                if (isV4 != one.IsV4) continue;
                foreach (var sanction in _byNetwork.GetValueOrDefault(new NetworkKey(kind, one.Widen(length), channel), [])) found = Longer(found, sanction, now);
            }
        }
        return found;
    }

    private static ChatSanction? Longer(ChatSanction? one, ChatSanction? other, DateTimeOffset now)
    {
        if (other is null || other.IsOver(now)) return one;
        return one is null || (one.Until is not null && (other.Until is null || other.Until > one.Until)) ? other : one;
    }

    private static ImmutableDictionary<TKey, ImmutableArray<ChatSanction>> Shorter<TKey>(
        ImmutableDictionary<TKey, ImmutableArray<ChatSanction>> from, TKey key, ChatSanction sanction)
        where TKey : notnull
    {
        var left = from[key].Remove(sanction);
        return left.IsEmpty ? from.Remove(key) : from.SetItem(key, left);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct NameKey(SanctionKind Kind, Username Name, ChannelName? Channel)
    {
        public static NameKey? Of(ChatSanction sanction) => sanction.Name is { } name ? new NameKey(sanction.Kind, name, sanction.Channel) : null;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct NetworkKey(SanctionKind Kind, AddressNetwork Network, ChannelName? Channel)
    {
        public static NetworkKey? Of(ChatSanction sanction) => sanction.Network is { } network ? new NetworkKey(sanction.Kind, network, sanction.Channel) : null;
    }
}
