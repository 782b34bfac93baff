using KaiChat.Server.Chat.Moderation;
using KaiChat.Server.Connections;

namespace KaiChat.Server.Tests.Connections;

public sealed class AddressTextTests
{
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("0.0.0.0", "0.0.0.0")]
    [InlineData("255.255.255.255", "255.255.255.255")]
    [InlineData("::1", "::1")]
    [InlineData("FE80::1", "fe80::1")]
    [InlineData("::ffff:10.0.0.1", "::ffff:10.0.0.1")]
    public void An_address_is_read(string text, string address) => Assert.Equal(address, AddressText.Parse(text)?.ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("010.0.0.1")]
    [InlineData("192.168.010.020")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("10")]
    [InlineData("10.1")]
    [InlineData("10.0.0.256")]
    [InlineData("10.0.0.1 ")]
    [InlineData("10.0.0.1:80")]
    [InlineData("[::1]")]
    [InlineData("[::1]:80")]
    [InlineData("fe80::1%eth0")]
    [InlineData("fe80::1%1")]
    [InlineData("::ffff:010.0.0.1")]
    [InlineData("::1/64")]
    [InlineData("1:2:3")]
    [InlineData("١.0.0.1")]
    public void Nothing_else_is_one(string? text)
    {
        Assert.Null(AddressText.Parse(text));
        if (text?.Contains('/', StringComparison.Ordinal) != true) Assert.Null(AddressNetwork.Parse(text));
    }

    [Theory]
    [InlineData("10.0.0.0/8", "10.0.0.0/8")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("10.1.2.3/32", "10.1.2.3")]
    [InlineData("fd00::/8", "fd00::/8")]
    [InlineData("::ffff:10.0.0.0/104", "10.0.0.0/8")]
    [InlineData("010.0.0.0/8", null)]
    [InlineData("10.0.0.0/08", null)]
    [InlineData("10.0.0.0/+8", null)]
    [InlineData("10.0.0.0/33", null)]
    [InlineData("10.0.0.1/8", null)]
    [InlineData("10.0.0.0/", null)]
    [InlineData("10.0.0.0/8/8", null)]
    [InlineData("fd00::%1/8", null)]
    [InlineData("fd00::/129", null)]
    public void A_network_is_an_address_whose_bits_behind_the_prefix_are_0(string text, string? network) => Assert.Equal(network, AddressNetwork.Parse(text)?.ToString());

    [Fact]
    public void A_proxy_that_is_listed_in_the_form_of_IPv6_is_believed() =>
        Assert.True(new TrustedPeers(["::ffff:10.0.0.0/104"]).Contains(System.Net.IPAddress.Parse("10.1.2.3")));
}
