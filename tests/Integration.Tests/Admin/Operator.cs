using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Admin;

/// <summary>Somebody at the admin API, with the server's key unless given another. Reads strictly: an answer with a member its contract lacks, or without one it has, fails.</summary>
internal sealed class Operator(ChatServer server, string? key) : IDisposable
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerOptions.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Who has announced a body waits for the answer to that: on a busy machine, longer than the second after which the framework sends it unasked.</summary>
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, Expect100ContinueTimeout = Patience.Limit })
    {
        BaseAddress = server.Web,
    };

    public Operator(ChatServer server)
        : this(server, File.ReadAllText(Path.Combine(server.Directory, "admin.key")).Trim())
    {
    }

    public Task<T> GetAsync<T>(string path) => ReadAsync<T>(SendAsync(HttpMethod.Get, path));

    /// <summary>A page and what its Link header calls the next.</summary>
    public async Task<(Page<T> Page, string? Next)> GetPageAsync<T>(string path)
    {
        using var answer = await SendAsync(HttpMethod.Get, path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var link = answer.Headers.TryGetValues("Link", out var links) ? links.Single() : null;
        var page = JsonSerializer.Deserialize<Page<T>>(await answer.Content.ReadAsStringAsync(), Strict)!;
        Assert.Equal(page.Next is null, link is null);
        if (link is null) return (page, null);
        Assert.Matches("^</[^>]+>; rel=\"next\"$", link);
        return (page, link[1..link.IndexOf('>', StringComparison.Ordinal)]);
    }

    /// <summary>Sends a body and reads the answer, which has this status.</summary>
    public async Task<T> SendAsync<T>(HttpStatusCode status, HttpMethod method, string path, object body, params (string Name, string Value)[] headers)
    {
        using var answer = await SendAsync(method, path, JsonContent.Create(body), headers);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, text);
        return JsonSerializer.Deserialize<T>(text, Strict)!;
    }

    public async Task<HttpStatusCode> DeleteAsync(string path)
    {
        using var answer = await SendAsync(HttpMethod.Delete, path);
        return answer.StatusCode;
    }

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? body = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path) { Content = body };
        if (key is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        foreach (var (name, value) in headers) Assert.True(request.Headers.TryAddWithoutValidation(name, value), name);
        // A stream of events has no end to wait for.
        return _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>Asks for something and gets a whole problem document.</summary>
    public Task<Problem> ExpectProblemAsync(HttpStatusCode status, string code, string path) => ExpectProblemAsync(status, code, SendAsync(HttpMethod.Get, path));

    /// <inheritdoc cref="ExpectProblemAsync(HttpStatusCode, string, string)"/>
    public static async Task<Problem> ExpectProblemAsync(HttpStatusCode status, string code, Task<HttpResponseMessage> asking)
    {
        using var answer = await asking;
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonSerializer.Deserialize<Problem>(await answer.Content.ReadAsStringAsync(), Strict)!;
        Assert.Equal((status, (int)status, code), (answer.StatusCode, problem.Status, problem.Code));
        Assert.Equal("/docs/errors#" + code, problem.Type);
        Assert.NotEmpty(problem.Title);
        Assert.EndsWith(".", problem.Detail, StringComparison.Ordinal);
        Assert.NotEmpty(problem.TraceId);
        return problem;
    }

    public void Dispose() => _http.Dispose();

    private static async Task<T> ReadAsync<T>(Task<HttpResponseMessage> asking)
    {
        using var answer = await asking;
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return JsonSerializer.Deserialize<T>(text, Strict)!;
    }
}
