using System.Net;
using KaiChat.Server.Access;
using KaiChat.TestKit;
using Microsoft.Extensions.Options;

namespace KaiChat.Integration.Tests.Admin;

/// <summary>The count of wrong keys.</summary>
public sealed class WrongKeysTests
{
    private readonly FakeTimeProvider _clock = new();

    private WrongKeys Counting(int perMinute) => new(Options.Create(new AdminOptions { WrongKeysPerMinute = perMinute }), _clock);

    [Fact]
    public void Addresses_are_counted_apart()
    {
        var wrongKeys = Counting(1);
        Assert.Null(wrongKeys.Add(IPAddress.Parse("192.0.2.1")).TooMany);
        Assert.NotNull(wrongKeys.Add(IPAddress.Parse("192.0.2.1")).TooMany);
        // Also if the two should meet in the table: then one pushes out the other.
        Assert.Null(wrongKeys.Add(IPAddress.Parse("192.0.2.2")).TooMany);
    }

    [Fact]
    public void One_customer_with_many_addresses_of_IPv6_is_one()
    {
        var wrongKeys = Counting(1);
        Assert.Null(wrongKeys.Add(IPAddress.Parse("2001:db8:1:2::1")).TooMany);
        Assert.NotNull(wrongKeys.Add(IPAddress.Parse("2001:db8:1:2:ffff::1")).TooMany);
    }

    [Fact]
    public void An_IPv4_address_is_the_same_on_a_socket_of_both_families()
    {
        var wrongKeys = Counting(1);
        Assert.Null(wrongKeys.Add(IPAddress.Parse("192.0.2.1")).TooMany);
        Assert.NotNull(wrongKeys.Add(IPAddress.Parse("::ffff:192.0.2.1")).TooMany);
    }

    [Fact]
    public void A_minute_later_all_is_forgotten()
    {
        var wrongKeys = Counting(1);
        Assert.Null(wrongKeys.Add(IPAddress.Loopback).TooMany);
        Assert.Equal(TimeSpan.FromMinutes(1), wrongKeys.Add(IPAddress.Loopback).TooMany);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(wrongKeys.Add(IPAddress.Loopback).TooMany);
    }

    [Fact]
    public void Counting_takes_no_memory_however_many_come()
    {
        var wrongKeys = Counting(10);
        var addresses = Enumerable.Range(0, 10_000).Select(i => new IPAddress(BitConverter.GetBytes(i))).ToArray();
        foreach (var address in addresses) wrongKeys.Add(address);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var address in addresses) wrongKeys.Add(address);
        // IPAddress.MapToIPv6 makes a short-lived copy; nothing is kept.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200 * addresses.Length);
    }
}
