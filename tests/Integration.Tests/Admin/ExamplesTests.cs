using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Admin;

/// <summary>The examples of the OpenAPI document do what they say, on a server on which their people are.</summary>
public sealed class ExamplesTests
{
    [Fact]
    public async Task Every_example_of_a_request_is_answered_as_the_document_says()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var someone = new Operator(server);
        var document = JsonNode.Parse(await server.Http.GetStringAsync("/swagger/v1/swagger.json"))!;
        var operations = document["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(operation => (Path: path.Key, Method: operation.Key.ToUpperInvariant(), Operation: operation.Value!)))
            .ToDictionary(operation => (string)operation.Operation["operationId"]!, StringComparer.Ordinal);
        var done = new List<string>();
        var (connection, seq) = ("", 0L);

        // The first makes the channel in which the others act.
        await RunAsync("createChannel");
        await RunAsync("signIn");
        await using var loud = await WebUser.SignInAsync(server, "loud", "@dev");
        await using var native = await RawKaiClient.SignInAsync(server.Native, "native", "@dev");
        seq = (await loud.SendAsync("@dev", "hello")).Seq;
        connection = (await someone.GetAsync<Page<ClientConnection>>("/api/v1/connections?kind=native")).Items[0].Id;
        foreach (var id in operations.Keys.Where(id => operations[id].Operation["requestBody"] is not null).Except(done).ToArray()) await RunAsync(id);

        async Task RunAsync(string id)
        {
            done.Add(id);
            var (path, method, operation) = operations[id];
            path = path.Replace("{name}", "@dev", StringComparison.Ordinal).Replace("{id}", connection, StringComparison.Ordinal).Replace("{seq}", $"{seq}", StringComparison.Ordinal);
            var body = operation["requestBody"]!["content"]!["application/json"]!["example"]!.DeepClone();
            // The one thing that no document can know.
            if (id == "signInToConsole") body["key"] = File.ReadAllText(Path.Combine(server.Directory, "admin.key")).Trim();
            using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            using var answer = await someone.SendAsync(new HttpMethod(method), path, content);
            var status = ((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
            Assert.True(status[0] == '2' && operation["responses"]![status] is not null, $"{id}: {status} {await answer.Content.ReadAsStringAsync()}");
            if (answer.StatusCode is not HttpStatusCode.NoContent) ExpectSameMembers(id, operation["responses"]![status]!["content"]!["application/json"]!["example"]!, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
        }
    }

    /// <summary>What is answered has the members of the example; those that may be left out are left out in one of them only.</summary>
    private static void ExpectSameMembers(string id, JsonNode example, JsonNode answer)
    {
        string[] Members(JsonNode node) => [.. node.AsObject().Where(member => member.Value is not null).Select(member => member.Key)];
        Assert.True(Members(example).Intersect(Members(answer)).Any(), $"{id}: {answer.ToJsonString()} is not like {example.ToJsonString()}");
        Assert.Empty(answer.AsObject().Select(member => member.Key).Except(example.AsObject().Select(member => member.Key)));
    }
}
