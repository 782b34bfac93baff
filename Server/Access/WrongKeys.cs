using System.Net;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Access;

/// <summary>
/// Counts wrong keys by address, in a table of fixed size: whatever is tried from however many addresses takes the same memory and one look at one place. Two
/// addresses that meet in a place push each other out, which costs them a 429 instead of a 401 at the worst, since no count keeps a right key out. The first wrong
/// key of a minute is answered at once, since people mistype; each further one waits twice as long as the one before it.
/// </summary>
internal sealed class WrongKeys(IOptions<AdminOptions> options, TimeProvider clock)
{
    /// <summary>Answers that are held back at a time, on no thread: more are told at once that they are too many.</summary>
    public const int MostWaiting = 256;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(4);

    private readonly Count[] _counts = new Count[1024];
    private readonly Lock _lock = new();
    private int _waiting;

    /// <summary>Counts one more wrong key.</summary>
    public WrongKeyCount Add(IPAddress? address)
    {
        var (keys, reset) = AddOne(address);
        var limit = options.Value.WrongKeysPerMinute;
        return new WrongKeyCount(limit, Math.Max(0, limit - keys), reset, keys > limit ? reset : null);
    }

    /// <summary>Counts one more wrong key, and waits as long as "wrong" is to be held back; not if there were too many, or too many wait.</summary>
    public async Task<WrongKeyCount> AddAndWaitAsync(IPAddress? address, CancellationToken cancellation)
    {
        var count = Add(address);
        var keys = count.Limit - count.Remaining;
        if (count.TooMany is not null || keys <= 1) return count;
        var delay = DelayOf(keys);
        if (Interlocked.Increment(ref _waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return count with { TooMany = delay };
        }
        try
        {
            await Task.Delay(delay, clock, cancellation);
            return count;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>How long the answer to a wrong key is held back, by how many there were from its address.</summary>
    public static TimeSpan DelayOf(int keys)
    {
        if (keys <= 1) return TimeSpan.Zero;
        var delay = FirstDelay * Math.Pow(2, Math.Min(keys - 2, 30));
        return delay < LongestDelay ? delay : LongestDelay;
    }

    private (int Keys, TimeSpan Reset) AddOne(IPAddress? address)
    {
        var network = NetworkOf(address);
        lock (_lock)
        {
            ref var count = ref _counts[(uint)network.GetHashCode() % (uint)_counts.Length];
            if (count.Keys == 0 || count.Network != network || clock.GetElapsedTime(count.Since) >= Window) count = new Count(network, clock.GetTimestamp(), 0);
            count = count with { Keys = count.Keys + 1 };
            return (count.Keys, Window - clock.GetElapsedTime(count.Since));
        }
    }

    /// <summary>An IPv4 address, or the 64 bits of an IPv6 address that one customer has to himself (RFC 6177).</summary>
    private static UInt128 NetworkOf(IPAddress? address)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        if (address is null || !address.MapToIPv6().TryWriteBytes(bytes, out _)) return UInt128.Zero;
        if (!address.IsIPv4MappedToIPv6 && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6) bytes[8..].Clear();
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Count(UInt128 Network, long Since, int Keys);
}

/// <summary>How an address stands after one more wrong key.</summary>
/// <param name="Limit">How many there may be in a minute.</param>
/// <param name="Remaining">What is left of them.</param>
/// <param name="Reset">When they are counted anew.</param>
/// <param name="TooMany">Not null: it is not told that the key is wrong, but to come again after this time.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WrongKeyCount(int Limit, int Remaining, TimeSpan Reset, TimeSpan? TooMany);
