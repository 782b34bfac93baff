using System.Net;
using System.Net.Sockets;
using System.Text;
using KaiChat.Server.Web;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;

namespace KaiChat.Integration.Tests.Admin;

/// <summary>Who gets the operators' console, and under which addresses. What it does is tested in a browser.</summary>
public sealed class ConsolePageTests
{
    [Theory]
    [InlineData("/admin")]
    [InlineData("/admin/")]
    [InlineData("/admin/connections/0HNJ5K3R7Q2V1?kind=native")]
    [InlineData("/admin/channels/%40a%2Fb")]
    public async Task Every_screen_has_its_address_and_is_the_same_document(string path)
    {
        await using var server = await StartAsync();
        using var answer = await server.Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.True(answer.Headers.CacheControl!.NoCache);
        Assert.Contains("require-trusted-types-for 'script'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal("the console", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/admin")]
    [InlineData("/admin/keys")]
    public async Task Whom_the_api_is_closed_to_does_not_get_it(string path)
    {
        await using var server = await StartAsync();
        using var stranger = new Operator(server, key: null);
        await Operator.ExpectProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.Forbidden, stranger.SendAsync(HttpMethod.Get, path, body: null, ("X-Forwarded-For", "192.0.2.1")));
    }

    [Theory]
    [InlineData("/admin.html")]
    [InlineData("//admin.html")]
    [InlineData("/./admin.html")]
    public async Task Its_file_is_not_to_be_had_past_that_door(string path)
    {
        await using var server = await StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Web.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 192.0.2.1\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.StartsWith("HTTP/1.1 404 ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("the console", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setting_lets_others_in()
    {
        await using var server = await StartAsync("Admin:AllowRemote=true");
        using var someone = new Operator(server, key: null);
        using var answer = await someone.SendAsync(HttpMethod.Get, "/admin", body: null, ("X-Forwarded-For", "192.0.2.1"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>A server over a root in which the built console stands, as no suite but that of the browser builds the real one.</summary>
    private static async Task<ChatServer> StartAsync(params string[] settings)
    {
        var server = await ChatServer.StartAsync(settings);
        var root = Directory.CreateDirectory(Path.Combine(server.Directory, "wwwroot")).FullName;
        await File.WriteAllTextAsync(Path.Combine(root, WebClientFiles.ConsoleDocument), "the console");
        server.Services.GetRequiredService<IWebHostEnvironment>().WebRootFileProvider = new PhysicalFileProvider(root);
        return server;
    }
}
