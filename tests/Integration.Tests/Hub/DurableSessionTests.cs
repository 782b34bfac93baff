using System.Net;
using System.Net.Http.Json;
using KaiChat.Server.Chat;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace KaiChat.Integration.Tests.Hub;

/// <summary>What of a browser session outlives the server.</summary>
public sealed class DurableSessionTests
{
    [Fact]
    public async Task A_restart_keeps_the_name_for_whoever_had_it()
    {
        await using var server = await ChatServer.StartAsync();
        SignInResponse session;
        await using (var anna = await WebUser.SignInAsync(server, "anna", "@room")) session = anna.Session;

        await server.RestartAsync();

        Assert.Equal(HttpStatusCode.Conflict, (await SignInAsync(server, "Anna")).StatusCode);
        await using var back = await WebUser.ConnectAsync(server, session);
        await back.JoinAsync("@room");
    }

    [Fact]
    public async Task The_name_is_free_when_nobody_came_back_in_time()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        await using (await WebUser.SignInAsync(server, "anna", "@room"))
        {
        }
        await server.RestartAsync();
        Assert.Equal(HttpStatusCode.Conflict, (await SignInAsync(server, "anna")).StatusCode);

        server.Clock!.Advance(TimeSpan.FromMinutes(2) + TimeSpan.FromSeconds(1));
        await server.WaitUntilAsync(async () => (await SignInAsync(server, "anna")).StatusCode != HttpStatusCode.Conflict, "The name is still taken.");

        // Nor does the next restart bring the first one back.
        await server.RestartAsync();
    }

    [Fact]
    public async Task A_session_that_cannot_be_brought_back_is_refused_with_a_reason_of_its_own()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync("Limits:MaxSessions=1");
        SignInResponse session;
        await using (var anna = await WebUser.SignInAsync(server, "anna")) session = anna.Session;
        await server.ExpectEndAsync("Quit");
        server.Clock!.Advance(TimeSpan.FromMinutes(2) + TimeSpan.FromSeconds(10));
        await server.WaitUntilAsync(async () => (await SignInAsync(server, "ben")).StatusCode == HttpStatusCode.Created, "There is no room for ben.");

        await using var late = await WebUser.ConnectAsync(server, session);
        await server.ExpectEndAsync("Refused");
    }

    [Fact]
    public async Task Signed_out_is_signed_out_after_a_restart_too()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        await anna.SignOutAsync();
        await anna.WaitForCloseAsync();

        await server.RestartAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, (await CurrentAsync(server, anna.Session)).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await SignInAsync(server, "anna")).StatusCode);
        await using var refused = await WebUser.ConnectAsync(server, anna.Session);
        await refused.WaitForAsync<string>(nameof(IChatClient.SessionEnded));
    }

    [Fact]
    public async Task A_name_taken_while_nothing_can_be_written_is_kept_later_and_one_given_up_is_not()
    {
        FailingSessions? store = null;
        await using var server = await ChatServer.StartAdjustedAsync(services => store = FailingSessions.Take(services), new FakeTimeProvider());
        await using (await WebUser.SignInAsync(server, "ben"))
        {
        }
        await server.ExpectEndAsync("Quit");
        store!.Fails = true;
        await using var anna = await WebUser.SignInAsync(server, "anna");
        server.Clock!.Advance(TimeSpan.FromMinutes(2) + TimeSpan.FromSeconds(10));
        await server.WaitUntilAsync(() => server.Services.GetRequiredService<ChatService>().Sessions.All(session => session.Name.Value != "ben"), "ben is still there.");

        store.Fails = false;

        await server.WaitUntilAsync(
            async () =>
            {
                await store.TidyAsync(server);
                return await store.ReadPresentAsync(server.Clock.GetUtcNow(), default) is [{ Who.Name.Value: "anna" }];
            },
            "The database does not hold anna's name alone.");
    }

    [Fact]
    public async Task A_sign_out_while_nothing_can_be_written_counts_and_is_written_later()
    {
        FailingSessions? store = null;
        await using var server = await ChatServer.StartAdjustedAsync(services => store = FailingSessions.Take(services));
        await using var anna = await WebUser.SignInAsync(server, "anna");
        store!.Fails = true;
        await anna.SignOutAsync();
        await anna.WaitForCloseAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await CurrentAsync(server, anna.Session)).StatusCode);

        store.Fails = false;
        await store.TidyAsync(server);
        await server.RestartAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, (await CurrentAsync(server, anna.Session)).StatusCode);
    }

    private static Task<HttpResponseMessage> SignInAsync(ChatServer server, string name) => server.Http.PostAsJsonAsync("/api/v1/sessions", new SignInRequest(name));

    private static async Task<HttpResponseMessage> CurrentAsync(ChatServer server, SignInResponse session)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/sessions/current");
        request.Headers.Authorization = new("Bearer", session.Token);
        return await server.Http.SendAsync(request);
    }
}
