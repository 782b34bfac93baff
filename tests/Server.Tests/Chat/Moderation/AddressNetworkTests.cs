using System.Net;
using KaiChat.Server.Chat.Moderation;

namespace KaiChat.Server.Tests.Chat.Moderation;

/// <summary>Addresses and networks as bans know them.</summary>
public sealed class AddressNetworkTests
{
    [Theory]
    [InlineData("192.0.2.17", "192.0.2.17")]
    [InlineData("192.0.2.17/32", "192.0.2.17")]
    [InlineData("192.0.2.0/24", "192.0.2.0/24")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("::ffff:192.0.2.17", "192.0.2.17")]
    [InlineData("::ffff:192.0.2.0/120", "192.0.2.0/24")]
    [InlineData("2001:DB8::1", "2001:db8::1")]
    [InlineData("2001:db8::/32", "2001:db8::/32")]
    [InlineData("::/0", "::/0")]
    public void Is_shown_in_one_form(string text, string shown) => Assert.Equal(shown, AddressNetwork.Parse(text)?.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("0x7f.1")]
    [InlineData("192.0.2.1/24")]
    [InlineData("192.0.2.0/33")]
    [InlineData("anna")]
    public void Is_refused_if_it_is_neither(string text) => Assert.Null(AddressNetwork.Parse(text));

    [Theory]
    [InlineData("192.0.2.0/24", "192.0.2.255", true)]
    [InlineData("192.0.2.0/24", "192.0.3.0", false)]
    [InlineData("192.0.2.0/24", "::ffff:192.0.2.9", true)]
    [InlineData("::ffff:192.0.2.9", "192.0.2.9", true)]
    [InlineData("2001:db8::/33", "2001:db8:7fff::1", true)]
    [InlineData("2001:db8::/33", "2001:db8:8000::1", false)]
    [InlineData("0.0.0.0/0", "203.0.113.5", true)]
    [InlineData("0.0.0.0/0", "::1", false)]
    [InlineData("::/0", "::1", true)]
    [InlineData("::/0", "203.0.113.5", false)]
    public void Holds_addresses_of_its_own_kind(string network, string address, bool held) => Assert.Equal(held, AddressNetwork.Parse(network)!.Value.Contains(IPAddress.Parse(address)));

    [Theory]
    [InlineData("192.0.2.17", "192.0.2.17")]
    [InlineData("::ffff:192.0.2.17", "192.0.2.17")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    public void A_customer_has_an_address_or_64_bits(string address, string network) => Assert.Equal(network, AddressNetwork.OfCustomer(IPAddress.Parse(address)).ToString());
}
