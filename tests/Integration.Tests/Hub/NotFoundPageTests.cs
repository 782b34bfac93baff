using System.Net;
using KaiChat.Integration.Tests.Admin;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Hub;

/// <summary>What is said of an address that leads nowhere: to a person a page, to programs a problem document.</summary>
public sealed class NotFoundPageTests
{
    private const string Browsers = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    [Fact]
    public async Task A_person_in_a_browser_gets_a_page_that_leads_to_the_chat()
    {
        await using var server = await ChatServer.StartAsync();
        using var answer = await AskAsync(server, "/xyz", Browsers);
        Assert.Equal((HttpStatusCode.NotFound, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains("<a href=\"/\">", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/xyz", "*/*")]
    [InlineData("/xyz", "application/json")]
    [InlineData("/api/v1/nowhere", Browsers)]
    public async Task Programs_and_everybody_at_the_api_get_a_problem_document(string path, string accept)
    {
        await using var server = await ChatServer.StartAsync();
        await Operator.ExpectProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound, AskAsync(server, path, accept));
    }

    private static Task<HttpResponseMessage> AskAsync(ChatServer server, string path, string accept)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd(accept);
        return server.Http.SendAsync(request);
    }
}
