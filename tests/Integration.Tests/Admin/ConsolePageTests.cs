using System.Net;
using KaiChat.Server.Admin;
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
    [InlineData("/" + ConsolePage.Document)]
    public async Task Whom_the_api_is_closed_to_does_not_get_it(string path)
    {
        await using var server = await StartAsync();
        using var stranger = new Operator(server, key: null);
        await Operator.ExpectProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.Forbidden, stranger.SendAsync(HttpMethod.Get, path, body: null, ("X-Forwarded-For", "192.0.2.1")));
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
        await File.WriteAllTextAsync(Path.Combine(root, ConsolePage.Document), "the console");
        server.Services.GetRequiredService<IWebHostEnvironment>().WebRootFileProvider = new PhysicalFileProvider(root);
        return server;
    }
}
