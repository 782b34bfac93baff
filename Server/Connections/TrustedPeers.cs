using System.Net;
using System.Net.Sockets;

namespace KaiChat.Server.Connections;

/// <summary>The proxies whose word about a client's address is believed: addresses and CIDR networks, as in <c>127.0.0.1</c>, <c>10.0.0.0/8</c>, <c>fd00::/8</c>.</summary>
internal sealed class TrustedPeers
{
    /// <summary>The bits in front of an IPv4 address in IPv6 form.</summary>
    private const int MappedBits = 96;

    /// <exception cref="FormatException">Names the first entry that is neither.</exception>
    public TrustedPeers(IEnumerable<string> entries) => Networks = [.. entries.Select(entry => Parse(entry) ?? throw new FormatException($"{entry} is no address and no network."))];

    public IReadOnlyList<IPNetwork> Networks { get; }

    public bool Contains(IPAddress? address)
    {
        if (address is null) return false;
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Networks.Any(network => network.Contains(plain));
    }

    /// <summary>The first entry that is no address and no network; null if all are good.</summary>
    public static string? FindBad(IEnumerable<string> entries) => entries.FirstOrDefault(entry => Parse(entry) is null);

    /// <summary>What is wrong with an entry, for whoever configured it.</summary>
    public static string Describe(string key, string bad) =>
        $"{key} has {(bad.Length == 0 ? "an empty entry" : bad)}: each is an IP address or a network like 10.0.0.0/8, whose bits behind the prefix are 0.";

    /// <summary>An address or a CIDR network; null if it is neither. What is IPv4 in IPv6 form is IPv4.</summary>
    public static IPNetwork? Parse(string? entry)
    {
        var slash = entry?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        if (AddressText.Parse(slash < 0 ? entry : entry![..slash]) is not { } address) return null;
        var bits = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        if ((slash < 0 ? bits : AddressText.ParsePrefix(entry![(slash + 1)..])) is not { } length || length > bits) return null;
        if (address.IsIPv4MappedToIPv6 && length >= MappedBits) (address, length) = (address.MapToIPv4(), length - MappedBits);
        // Bits behind the prefix mean that one of the two is a mistake, and the framework takes the wider meaning.
        var network = new IPNetwork(Masked(address, length), length);
        return network.BaseAddress.Equals(address) ? network : null;
    }

    private static IPAddress Masked(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++) bytes[i] &= (byte)(0xFF00 >> Math.Clamp(length - (i * 8), 0, 8));
        return new IPAddress(bytes);
    }
}
