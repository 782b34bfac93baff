using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using KaiChat.Integration.Tests.Admin;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.KaiChat;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Moderation;

/// <summary>What tests of moderation ask of the admin API and of native clients.</summary>
internal static class Desk
{
    /// <summary>What the audit log and users call whoever uses that key over REST.</summary>
    public const string Name = "admin";

    /// <summary>The key of <c>admin.key</c>.</summary>
    public static string KeyOf(ChatServer server) => File.ReadAllText(Path.Combine(server.Directory, "admin.key")).Trim();

    public static Task<HttpResponseMessage> PostAsync(this Operator desk, string path, object body) => desk.SendAsync(HttpMethod.Post, path, JsonContent.Create(body));

    public static async Task<T> PostAsync<T>(this Operator desk, string path, object body, HttpStatusCode expected = HttpStatusCode.Created)
    {
        using var answer = await desk.PostAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == expected, text);
        return JsonSerializer.Deserialize<T>(text, JsonSerializerOptions.Web)!;
    }

    public static async Task<RaidLevelInfo> SetRaidLevelAsync(this Operator desk, int level, int? minutes = null)
    {
        using var answer = await desk.SendAsync(HttpMethod.Put, "/api/v1/raid-level", JsonContent.Create(new { level, minutes }));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return JsonSerializer.Deserialize<RaidLevelInfo>(text, JsonSerializerOptions.Web)!;
    }

    /// <summary>The notices among what a native client gets next.</summary>
    public static async Task<string[]> PollNoticesAsync(this RawKaiClient client) =>
        [.. (await client.PollAsync()).Where(pdu => pdu is { Username: "SERVER", UpToDate: false }).Select(pdu => pdu.Text)];

    /// <summary>Asks for news and is told why it cannot stay, which is the last it hears.</summary>
    public static async Task<string> AskWhyAsync(this RawKaiClient client)
    {
        await client.SendAsync(KaiPdu.Query);
        return await client.LastWordAsync();
    }

    /// <summary>What a native client hears until the server closes its connection.</summary>
    public static async Task<string> LastWordAsync(this RawKaiClient client)
    {
        KaiPdu? last = null;
        while (await client.TryReceiveAsync() is { } pdu) last = pdu;
        return last!.Value.Text;
    }

    /// <summary>The refusal of a hub call: <c>code: sentence</c>.</summary>
    public static async Task<string> RefusalAsync(Func<Task> call)
    {
        var refused = await Assert.ThrowsAsync<Microsoft.AspNetCore.SignalR.HubException>(call);
        return refused.Message[refused.Message.IndexOf("HubException: ", StringComparison.Ordinal) is var at and >= 0 ? (at + "HubException: ".Length).. : 0..];
    }

    /// <summary>Signs in by the page's API and says what came of it.</summary>
    public static async Task<(HttpStatusCode Status, string Text)> TrySignInAsync(this ChatServer server, string username, string? forwardedFor = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/sessions") { Content = JsonContent.Create(new SignInRequest(username)) };
        if (forwardedFor is not null) request.Headers.Add("X-Forwarded-For", forwardedFor);
        using var answer = await server.Http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
