using System.Text.Json.Nodes;
using KaiChat.Server.Access;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Admin;

/// <summary>The OpenAPI document, served and committed.</summary>
public sealed class OpenApiTests
{
    private const string Committed = "docs/openapi.json";
    private const string Renew = "RENEW_OPENAPI=1 dotnet test tests/Integration.Tests --filter FullyQualifiedName~OpenApiTests";

    [Fact]
    public async Task The_committed_document_is_the_served_one()
    {
        var served = await ServedAsync();
        var path = Repository.PathOf(Committed);
        if (Environment.GetEnvironmentVariable("RENEW_OPENAPI") == "1") await File.WriteAllTextAsync(path, served);
        var committed = (await File.ReadAllTextAsync(path)).ReplaceLineEndings("\n");
        Assert.True(served == committed, $"The API has changed, or {Committed} has. If the API was meant to, renew the document and commit it: {Renew}");
    }

    [Fact]
    public async Task Every_operation_has_an_id_of_its_own_a_summary_and_a_tag()
    {
        var operations = Operations(JsonNode.Parse(await ServedAsync())!);
        Assert.Equal(operations.Count, operations.Select(operation => (string?)operation.Value["operationId"]).Distinct().Count());
        Assert.All(operations, operation =>
        {
            Assert.False(string.IsNullOrEmpty((string?)operation.Value["operationId"]), operation.Name);
            Assert.EndsWith(".", (string?)operation.Value["summary"], StringComparison.Ordinal);
            Assert.Single(operation.Value["tags"]!.AsArray());
            foreach (var parameter in operation.Value["parameters"]?.AsArray() ?? []) Assert.False(string.IsNullOrEmpty((string?)parameter!["description"]), operation.Name);
        });
    }

    [Fact]
    public async Task Every_operation_shows_what_it_answers_and_each_error_as_a_problem_document()
    {
        Assert.All(Operations(JsonNode.Parse(await ServedAsync())!), operation =>
        {
            var responses = operation.Value["responses"]!.AsObject();
            Assert.Contains("500", responses.Select(response => response.Key));
            foreach (var (status, response) in responses)
            {
                var content = response!["content"]?.AsObject();
                if (status is "204" or "304") Assert.Null(content);
                else Assert.NotEmpty(content!);
                Assert.All(content ?? [], media => Assert.NotNull(media.Value!["example"]));
                if (status[0] >= '4') Assert.Equal("application/problem+json", Assert.Single(content!).Key);
            }
            // A body that is too large is refused wherever it goes, and what is no JSON wherever one is read.
            Assert.Contains("413", responses.Select(response => response.Key));
            Assert.Equal(operation.Value["requestBody"] is not null, responses.ContainsKey("415"));
            if (operation.Value["requestBody"] is { } body) Assert.NotNull(body["content"]!["application/json"]!["example"]);
        });
    }

    [Fact]
    public async Task Every_operation_but_those_for_strangers_says_what_opens_it_and_with_which_scope()
    {
        Assert.All(Operations(JsonNode.Parse(await ServedAsync())!), operation =>
        {
            var schemes = operation.Value["security"]?.AsArray().Select(requirement => Assert.Single(requirement!.AsObject()).Key).ToArray() ?? [];
            var isSession = operation.Name is "/api/v1/sessions/current get";
            // Who signs in to the console shows a key there, or the cookie itself.
            var isOpen = operation.Name is "/api/v1/sessions post" or "/api/v1/lobby get" or "/api/v1/usernames/{name} get"
                || operation.Name.StartsWith("/api/v1/console/session", StringComparison.Ordinal);
            string[] expected = isOpen ? [] : isSession ? ["SessionToken"] : ["AdminKey", "Console"];
            Assert.Equal(expected, schemes);
            if (isOpen || isSession) return;
            var scope = (string?)operation.Value["x-scope"];
            Assert.Contains(scope, Scopes.All.AsEnumerable());
            Assert.EndsWith($"Scope: `{scope}`.", (string?)operation.Value["description"], StringComparison.Ordinal);
            var errors = operation.Value["responses"]!.AsObject().Select(response => response.Key).ToArray();
            Assert.Subset(errors.ToHashSet(), new HashSet<string> { "400", "401", "403", "429" });
        });
    }

    private static async Task<string> ServedAsync()
    {
        await using var server = await ChatServer.StartAsync();
        return (await server.Http.GetStringAsync("/swagger/v1/swagger.json")).ReplaceLineEndings("\n") + "\n";
    }

    private static List<(string Name, JsonNode Value)> Operations(JsonNode document) =>
    [
        .. from path in document["paths"]!.AsObject()
           from operation in path.Value!.AsObject()
           select ($"{path.Key} {operation.Key}", operation.Value!),
    ];
}
