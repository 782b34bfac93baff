using System.Net;
using System.Net.Http.Json;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Admin.Access;

/// <summary>Keys for tests.</summary>
internal static class Keys
{
    public const string Path = "/api/v1/keys";

    /// <summary>Makes a key over the API.</summary>
    public static async Task<ApiKey> MakeAsync(this Operator maker, string name, params string[] scopes)
    {
        using var answer = await maker.SendAsync(HttpMethod.Post, Path, JsonContent.Create(new KeyRequest(name, scopes)));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<ApiKey>())!;
    }

    /// <summary>Somebody with a new key of these scopes.</summary>
    public static async Task<Operator> WithScopesAsync(ChatServer server, string name, params string[] scopes)
    {
        using var admin = new Operator(server);
        return new Operator(server, (await admin.MakeAsync(name, scopes)).Secret);
    }

    /// <summary>What the audit log holds, newest first.</summary>
    public static async Task<IReadOnlyList<AuditItem>> AuditAsync(this Operator reader, string query = "") => (await reader.GetAsync<Page<AuditItem>>("/api/v1/audit" + query)).Items;

    public static StringContent Json(string text) => new(text, System.Text.Encoding.UTF8, "application/json");

    public static string? Member(this AuditItem item, string name) => item.After is { } after && after.TryGetProperty(name, out var member) ? member.ToString() : null;
}
