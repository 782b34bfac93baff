using System.Net;
using System.Net.Http.Headers;
using KaiChat.Server.Access;
using KaiChat.Server.Admin;
using KaiChat.TestKit;
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

    [Fact]
    public async Task On_a_port_of_its_own_it_answers_there_alone()
    {
        var port = UnusedPort.Of(IPAddress.Loopback);
        using var directory = new TemporaryDirectory();
        await using var server = await ServerChild.StartAsync(directory.Path, $"Kestrel:Endpoints:WebAdmin:Url=http://127.0.0.1:{port}", $"Admin:Port={port}");
        Assert.Contains($"Console          http://127.0.0.1:{port}/admin", server.Banner, StringComparison.Ordinal);
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(directory.File("admin.key"))).Trim());
        var own = new Uri($"http://127.0.0.1:{port}");
        Assert.NotEqual(own, server.Web);
        foreach (var path in (string[])["/api/v1/server", "/api/v1/keys"])
        {
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(own, path))).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await http.GetAsync(new Uri(server.Web, path))).StatusCode);
        }
        foreach (var path in (string[])["/admin", "/api/v1/console/session"]) Assert.Equal(HttpStatusCode.Forbidden, (await http.GetAsync(new Uri(server.Web, path))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(server.Web, "/api/v1/lobby"))).StatusCode);
    }
}
