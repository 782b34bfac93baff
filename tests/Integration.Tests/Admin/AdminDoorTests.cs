using System.Net;
using KaiChat.Server.Access;
using KaiChat.Server.Admin;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace KaiChat.Integration.Tests.Admin;

/// <summary>Which addresses the admin API is open to.</summary>
public sealed class AdminDoorTests
{
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.8.9.10", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("::ffff:127.8.9.10", true)]
    [InlineData("192.0.2.1", false)]
    [InlineData("::ffff:192.0.2.1", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData(null, false)]
    public void Is_open_to_this_machine_alone_unless_configured(string? address, bool open)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = address is null ? null : IPAddress.Parse(address);
        Assert.Equal(open, new AdminDoor(Options.Create(new AdminOptions())).IsOpenTo(context));
        Assert.True(new AdminDoor(Options.Create(new AdminOptions { AllowRemote = true })).IsOpenTo(context));
    }
}
