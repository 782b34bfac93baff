using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Admin.Access;

/// <summary>
/// Bad requests of all kinds, made from the server's own document: none is a fault of the server, and each refusal is a problem document with a code that is known.
/// Nothing is left out; what a request ends (connections, backups, jobs) is not what the server needs to go on.
/// </summary>
public sealed class FuzzTests
{
    private const int Seed = 20260302;

    /// <summary>How often each operation is asked; <c>KAICHAT_FUZZ_ROUNDS</c> asks for more than the ordinary run's.</summary>
    private static readonly int Rounds = int.Parse(Environment.GetEnvironmentVariable("KAICHAT_FUZZ_ROUNDS") ?? "16", System.Globalization.CultureInfo.InvariantCulture);

    private static readonly HashSet<string> Codes = [.. typeof(ErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)];

    private static readonly string[] Values =
    [
        "", " ", "0", "-1", "1", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "1e400", "NaN", "null", "true", "[]", "{}", "x", "@dev", "dev", "SERVER", "..", ".", "%2e%2e",
        "a%2Fb", "a%252Fb", "%ff", "%00", "%0d%0a", "%F0%9F%91%8B", "'%20OR%201=1%20--", "2026-02-30T00:00:00Z", "9999-12-31T23:59:59.9999999-14:00", "0001-01-01T00:00:00Z", "kaichat-1.zip",
        "*", "%2A%3F", new('a', 300), new('9', 60),
    ];

    private static readonly string[] Json =
    [
        "null", "true", "0", "-1", "1e400", "9223372036854775808", "0.5", "\"\"", "\"x\"", "\"\\u0000\"", "\"\\ud800\"", "[]", "[null]", "[[[]]]", "[\"\"]", "[1]", "{}", "{\"a\":1}",
        "\"2026-02-30T00:00:00Z\"", "\"9999-12-31T23:59:59.9999999-14:00\"", "\"0001-01-01T00:00:00+14:00\"", "\"audit:read\"", "[\"audit:read\"]",
    ];

    private static readonly string[] Bodies =
        ["", " ", "x", "null", "[]", "1", "\"x\"", "{", "{}}", "{\"a\":", "{\"unknown\":1}", "{\"\":1}", "{\"$id\":\"1\",\"$ref\":\"1\"}", "\ufeff{}", "\0", new('[', 100), "{\"a\":\"" + new string('x', 70_000) + "\"}"];

    [Fact]
    public async Task No_request_is_a_fault_of_the_server()
    {
        await using var server = await ChatServer.StartAsync("Limits:SignInsPerMinute=1000000");
        using var admin = new Operator(server);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        await anna.SendAsync("@dev", "hello");
        var document = JsonNode.Parse(await server.Http.GetStringAsync("/swagger/v1/swagger.json"))!;
        var operations = document["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(operation => (Path: path.Key, Method: operation.Key.ToUpperInvariant(), Operation: operation.Value!))).ToArray();
        var random = new Random(Seed);
        Assert.NotEmpty(operations);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (path, method, operation) in operations) await SendAsync(admin, document, path, method, operation, random, round);
        }
        // What it did in earnest: closed the doors.
        await admin.SendAsync<RaidLevelInfo>(HttpStatusCode.OK, HttpMethod.Put, "/api/v1/raid-level", new { level = 0 });
        foreach (var kind in new[] { "bans", "mutes" })
        {
            while ((await admin.GetAsync<Page<Sanction>>($"/api/v1/{kind}")).Items is { Count: > 0 } imposed)
            {
                foreach (var sanction in imposed) Assert.Equal(HttpStatusCode.NoContent, await admin.DeleteAsync($"/api/v1/{kind}/{sanction.Id}"));
            }
        }
        // It works as ever, and nobody else was harmed: what is ended is told by the server to whom it concerns.
        await admin.GetAsync<ServerInfo>("/api/v1/server");
        await using var ben = await WebUser.SignInAsync(server, "ben", "@dev");
        await ben.SendAsync("@dev", "still there");
    }

    private static async Task SendAsync(Operator admin, JsonNode document, string path, string method, JsonNode operation, Random random, int round)
    {
        var query = new StringBuilder();
        var headers = new List<(string, string)>();
        foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
        {
            var (name, place) = ((string)parameter!["name"]!, (string)parameter["in"]!);
            var value = Values[random.Next(Values.Length)];
            if (place == "path") path = path.Replace($"{{{name}}}", value, StringComparison.Ordinal);
            else if (place == "query" && random.Next(3) == 0) query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(value);
            else if (place == "header" && random.Next(3) == 0) headers.Add((name, Uri.EscapeDataString(value)));
        }
        if (random.Next(10) == 0) query.Append(query.Length == 0 ? '?' : '&').Append("unknown=1");
        if (random.Next(20) == 0) method = new[] { "PUT", "PATCH", "OPTIONS", "HEAD", "TRACE", "NONSENSE" }[random.Next(6)];
        if (random.Next(10) == 0) headers.Add(("If-Match", Values[random.Next(Values.Length)]));
        if (random.Next(10) == 0) headers.Add(("If-None-Match", Values[random.Next(Values.Length)]));
        var content = operation["requestBody"] is { } body || random.Next(10) == 0 ? BodyOf(document, operation["requestBody"], random) : null;
        using var _ = content;
        var address = path + query;
        using var answer = await admin.SendAsync(new HttpMethod(method), address, content, [.. headers]);
        var what = $"{method} {address} (round {round}): {(int)answer.StatusCode}";
        var status = ((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.True((int)answer.StatusCode < 500 || (status == "503" && operation["responses"]![status] is not null), what);
        if ((int)answer.StatusCode < 400 || method == "HEAD") return;
        // What the web server itself cannot read as HTTP, it refuses without a word, and before anything of ours.
        if (answer.Content.Headers.ContentLength == 0 && answer.StatusCode == HttpStatusCode.BadRequest && answer.Headers.ConnectionClose == true) return;
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.Content.Headers.ContentType?.MediaType == "application/problem+json", $"{what} {text}");
        var code = (string?)JsonNode.Parse(text)!["code"];
        Assert.True(code is not null && Codes.Contains(code), $"{what} {text}");
        Assert.False(text.Contains("   at ", StringComparison.Ordinal) || text.Contains("KaiChat.Server", StringComparison.Ordinal) || text.Contains("System.", StringComparison.Ordinal), $"{what} {text}");
    }

    /// <summary>A body that is nearly right, or not at all.</summary>
    private static StringContent BodyOf(JsonNode document, JsonNode? declared, Random random)
    {
        var text = Bodies[random.Next(Bodies.Length)];
        var reference = (string?)declared?["content"]?["application/json"]?["schema"]?["$ref"];
        if (reference is not null && random.Next(3) != 0)
        {
            var schema = document["components"]!["schemas"]![reference.Split('/')[^1]]!;
            var example = declared!["content"]!["application/json"]!["example"]?.AsObject();
            var members = schema["properties"]!.AsObject().Where(_ => random.Next(4) != 0)
                .Select(property => $"\"{property.Key}\":{(random.Next(2) == 0 && example?[property.Key] is { } good ? good.ToJsonString() : Json[random.Next(Json.Length)])}").ToList();
            if (random.Next(6) == 0) members.Add($"\"unknown\":{Json[random.Next(Json.Length)]}");
            if (random.Next(6) == 0 && members.Count > 0) members.Add(members[0]);
            text = $"{{{string.Join(',', members)}}}";
        }
        var type = random.Next(12) == 0 ? "text/plain" : "application/json";
        return new StringContent(text, Encoding.UTF8, type);
    }
}
