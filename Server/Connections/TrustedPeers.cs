using System.Net;
using System.Net.Sockets;

namespace KaiChat.Server.Connections;

/// <summary>The proxies whose word about a client's address is believed: addresses and CIDR networks, as in <c>127.0.0.1</c>, <c>10.0.0.0/8</c>, <c>fd00::/8</c>.</summary>
internal sealed class TrustedPeers
{
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

    /// <summary>An address or a CIDR network; null if it is neither. An IPv4 address in IPv6 form is the IPv4 address.</summary>
    public static IPNetwork? Parse(string? entry)
    {
        // IPAddress reads "10" and "0x7f.1" as well, which are hardly meant.
        if (IPAddress.TryParse(entry, out var address))
        {
            if (address.AddressFamily == AddressFamily.InterNetwork && entry.Count(c => c == '.') != 3) return null;
            if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
            return new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);
        }
        // Bits behind the prefix mean that one of the two is a mistake, and the framework takes the wider meaning.
        return IPNetwork.TryParse(entry, out var network) && network.BaseAddress.Equals(IPAddress.Parse(entry!.Split('/')[0])) ? network : null;
    }
}
