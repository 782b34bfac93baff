using System.Globalization;
using System.Net;
using KaiChat.Server.Connections;

namespace KaiChat.Server.Chat.Moderation;

/// <summary>An IP network, a single address being the smallest. IPv4 addresses in IPv6 form are the IPv4 addresses.</summary>
/// <param name="IsV4">Which kind.</param>
/// <param name="Length">How many bits of an address it settles.</param>
/// <param name="Bits">Those bits, in their places; all others are 0.</param>
internal readonly record struct AddressNetwork(bool IsV4, int Length, UInt128 Bits)
{
    /// <summary>The bits of an IPv6 network that one customer has to himself (RFC 6177).</summary>
    private const int CustomerBits = 64;

    /// <summary>Reads an address or a network in CIDR notation, whose bits behind the prefix are 0; null if it is neither.</summary>
    public static AddressNetwork? Parse(string? text) => TrustedPeers.Parse(text) is { } network ? Of(network.BaseAddress).Widen(network.PrefixLength) : null;

    /// <summary>One address.</summary>
    public static AddressNetwork Of(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        Plain(address).TryWriteBytes(bytes, out var length);
        var isV4 = length == 4;
        var bits = isV4 ? System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes) : System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return new AddressNetwork(isV4, isV4 ? 32 : 128, bits);
    }

    /// <summary>What one customer has: an IPv4 address, or the 64 bits of an IPv6 network, in which its addresses change.</summary>
    public static AddressNetwork OfCustomer(IPAddress address) => Of(address) is { IsV4: false } v6 ? v6.Widen(CustomerBits) : Of(address);

    /// <summary>An address in the form under which it is compared and shown.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>An address as operators read it; null if it is not known.</summary>
    public static string? TextOf(IPAddress? address) => address is null ? null : Plain(address).ToString();

    public bool Contains(IPAddress address)
    {
        var one = Of(address);
        return one.IsV4 == IsV4 && one.Widen(Length) == this;
    }

    /// <summary>The network of so many bits, at most its own, around it.</summary>
    public AddressNetwork Widen(int length)
    {
        var rest = (IsV4 ? 32 : 128) - length;
        // A shift by all 128 bits would be one by none.
        return this with { Length = length, Bits = length == 0 ? 0 : Bits >> rest << rest };
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, Bits);
        var address = new IPAddress(IsV4 ? bytes[12..] : bytes).ToString();
        return Length == (IsV4 ? 32 : 128) ? address : string.Create(CultureInfo.InvariantCulture, $"{address}/{Length}");
    }
}
