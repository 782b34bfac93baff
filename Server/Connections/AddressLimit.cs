using System.Net;
using System.Runtime.InteropServices;
using KaiChat.Server.Chat;
using KaiChat.Server.Chat.Moderation;
using KaiChat.Shared.Contracts;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Connections;

/// <summary>
/// Counts the connections of all front-ends by address, and holds them to <see cref="LimitsOptions.ConnectionsPerAddress"/>. What counts is what one customer has: an IPv4
/// address, or 64 bits of IPv6. This machine itself is not counted, nor is a listed proxy that speaks for itself: neither is a stranger.
/// </summary>
internal sealed class AddressLimit(IOptions<LimitsOptions> limits)
{
    /// <summary>Connections over the limit that one address may have at a time to be told why; further ones are closed without a word, since telling takes a connection, too.</summary>
    public const int MostTold = 8;

    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(30);

    private readonly Dictionary<AddressNetwork, Count> _counts = [];
    private readonly Lock _lock = new();

    /// <summary>Counts a connection for as long as the place is held.</summary>
    /// <param name="address">From where; null if that is not known, which is not counted.</param>
    /// <param name="proxies">The front-end's listed proxies.</param>
    public AddressPlace Enter(IPAddress? address, TrustedPeers proxies)
    {
        if (KeyOf(address, proxies) is not { } key) return new AddressPlace(null, default, AddressAdmission.Admitted);
        lock (_lock)
        {
            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, key, out _);
            if (!IsFull(count))
            {
                count.Admitted++;
                return new AddressPlace(this, key, AddressAdmission.Admitted);
            }
            if (count.Told == MostTold) return new AddressPlace(null, default, AddressAdmission.Closed);
            count.Told++;
            return new AddressPlace(this, key, AddressAdmission.Told);
        }
    }

    /// <summary>Refuses what would be followed by a connection that is refused.</summary>
    /// <exception cref="ChatRefusedException">The address has as many as one may have.</exception>
    public void ThrowIfFull(IPAddress? address, TrustedPeers proxies)
    {
        if (KeyOf(address, proxies) is not { } key) return;
        lock (_lock)
        {
            if (!_counts.TryGetValue(key, out var count) || !IsFull(count)) return;
        }
        throw Refusal();
    }

    /// <summary>Why a connection is refused.</summary>
    public ChatRefusedException Refusal() => new(
        ErrorCodes.LimitReached,
        $"Your address has as many connections to this server as one may have ({limits.Value.ConnectionsPerAddress}). Close one of them, or try again later.",
        TryAgainAfter);

    internal void Leave(in AddressNetwork key, AddressAdmission admission)
    {
        lock (_lock)
        {
            ref var count = ref CollectionsMarshal.GetValueRefOrNullRef(_counts, key);
            if (admission == AddressAdmission.Admitted) count.Admitted--;
            else count.Told--;
            if (count is { Admitted: 0, Told: 0 }) _counts.Remove(key);
        }
    }

    private bool IsFull(in Count count) => limits.Value.ConnectionsPerAddress is var most and > 0 && count.Admitted >= most;

    /// <summary>Whose connections an address counts with; null if it is not counted.</summary>
    public static AddressNetwork? KeyOf(IPAddress? address, TrustedPeers proxies) =>
        address is null || IPAddress.IsLoopback(AddressNetwork.Plain(address)) || proxies.Contains(address) ? null : AddressNetwork.OfCustomer(address);

    [StructLayout(LayoutKind.Auto)]
    private struct Count
    {
        public int Admitted;
        public int Told;
    }
}

/// <summary>What becomes of a connection by its address.</summary>
internal enum AddressAdmission
{
    /// <summary>It is let in.</summary>
    Admitted,

    /// <summary>It is refused, and told so in its protocol's terms.</summary>
    Told,

    /// <summary>It is closed without a word.</summary>
    Closed,
}

/// <summary>A connection that counts for its address until this is disposed of.</summary>
internal sealed class AddressPlace(AddressLimit? limit, AddressNetwork key, AddressAdmission admission) : IDisposable
{
    private AddressLimit? _limit = limit;

    public AddressAdmission Admission => admission;

    public void Dispose() => Interlocked.Exchange(ref _limit, null)?.Leave(key, admission);
}
