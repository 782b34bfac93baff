using System.Net;
using KaiChat.Server.Connections;

namespace KaiChat.Server.Tests.Connections;

/// <summary>Which proxies are believed.</summary>
public sealed class TrustedPeersTests
{
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1", true)]
    [InlineData("127.0.0.1", "::ffff:127.0.0.1", true)]
    [InlineData("::ffff:127.0.0.1", "127.0.0.1", true)]
    [InlineData("127.0.0.1", "127.0.0.2", false)]
    [InlineData("127.0.0.1", "::1", false)]
    [InlineData("10.0.0.0/8", "10.255.0.1", true)]
    [InlineData("10.0.0.0/8", "11.0.0.1", false)]
    [InlineData("10.0.0.0/8", null, false)]
    [InlineData("fd00::/8", "fd12:3456::1", true)]
    [InlineData("fd00::/8", "fe80::1", false)]
    [InlineData("0.0.0.0/0", "203.0.113.5", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    public void A_peer_is_believed_if_it_is_listed(string entry, string? peer, bool believed) =>
        Assert.Equal(believed, new TrustedPeers([entry]).Contains(peer is null ? null : IPAddress.Parse(peer)));

    [Theory]
    [InlineData("")]
    [InlineData("proxy")]
    [InlineData("10")]
    [InlineData("10.0.0.1/8")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/")]
    public void What_is_no_address_and_no_network_is_named(string entry)
    {
        Assert.Equal(entry, TrustedPeers.FindBad(["127.0.0.1", entry]));
        Assert.Contains("Web:TrustedProxies has", TrustedPeers.Describe("Web:TrustedProxies", entry), StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_is_believed_unless_listed() => Assert.False(new TrustedPeers([]).Contains(IPAddress.Loopback));
}
