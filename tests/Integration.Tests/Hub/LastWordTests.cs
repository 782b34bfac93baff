using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using KaiChat.Server.Connections;
using KaiChat.Server.Hosting;
using KaiChat.Server.Web;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace KaiChat.Integration.Tests.Hub;

/// <summary>Why a connection is closed reaches its page behind everything that was on its way, however slowly it reads; a page that does not read at all is cut off.</summary>
public sealed class LastWordTests
{
    [Fact]
    public async Task A_page_that_is_behind_hears_that_the_server_restarts_after_all_that_came_before()
    {
        await using var server = await StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        await using var slow = await WebUser.SignInAsync(server, "slow");
        using var page = await OpenAsync(server, slow);
        var sent = await FallBehindAsync(server, ben, "slow", page);
        var drained = server.Services.GetRequiredService<Drain>().RunAsync();
        Assert.Equal(2, await ben.WaitForAsync<int>(nameof(IChatClient.ServerRestarting)));
        var heard = await HearAsync(page);
        Assert.Equal(Enumerable.Range(1, sent), heard.Where(Is(nameof(IChatClient.MessagePosted))).Select(SeqOf));
        Assert.Equal(nameof(IChatClient.ServerRestarting), heard[^1].GetProperty("target").GetString());
        await drained;
    }

    [Fact]
    public async Task A_page_that_is_behind_hears_that_its_session_has_ended_after_all_that_came_before()
    {
        await using var server = await StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        await using var slow = await WebUser.SignInAsync(server, "slow");
        using var page = await OpenAsync(server, slow);
        var sent = await FallBehindAsync(server, ben, "slow", page);
        await slow.SignOutAsync();
        var heard = await HearAsync(page);
        Assert.Equal(Enumerable.Range(1, sent), heard.Where(Is(nameof(IChatClient.MessagePosted))).Select(SeqOf));
        Assert.Equal(nameof(IChatClient.SessionEnded), heard[^1].GetProperty("target").GetString());
        await server.ExpectEndAsync("SessionEnded");
    }

    [Fact]
    public async Task A_page_that_does_not_read_its_last_word_is_cut_off()
    {
        await using var server = await StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        await using var deaf = await WebUser.SignInAsync(server, "deaf");
        using var page = await OpenAsync(server, deaf);
        await FallBehindAsync(server, ben, "deaf", page);
        await deaf.SignOutAsync();
        Assert.False(server.HasEnded("SessionEnded"));
        server.Clock!.Advance(TimeSpan.FromSeconds(2));
        await server.ExpectEndAsync("SessionEnded");
    }

    [Fact]
    public async Task Pages_that_are_written_to_all_the_time_hear_it_every_time()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync("Limits:MessageBurst=1000000", "Limits:MessagesPerSecond=1000000", "Limits:BrowserBacklog=1000000");
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        using var enough = new CancellationTokenSource();
        var posting = PostAsync(ben, enough.Token);
        for (var i = 0; i < 20; i++)
        {
            await using var one = await WebUser.SignInAsync(server, $"user{i}", "@room");
            await using var two = await WebUser.ConnectAsync(server, one.Session);
            await two.JoinAsync("@room");
            await one.SignOutAsync();
            Assert.Equal("You signed out.", await two.WaitForAsync<string>(nameof(IChatClient.SessionEnded)));
            await two.WaitForCloseAsync();
        }
        var pages = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => WebUser.SignInAsync(server, $"last{i}", "@room")));
        var drained = server.Services.GetRequiredService<Drain>().RunAsync();
        foreach (var page in pages)
        {
            Assert.Equal(2, await page.WaitForAsync<int>(nameof(IChatClient.ServerRestarting)));
            await page.WaitForCloseAsync();
            await page.DisposeAsync();
        }
        await drained;
        await enough.CancelAsync();
        await posting;
    }

    private static Task<ChatServer> StartAsync() => ChatServer.StartWithFakeClockAsync(
        "Limits:BrowserBacklog=100000", "Limits:BrowserBacklogMegabytes=1000", "Limits:MessageBurst=100000", "Limits:MaxTextLength=20000");

    private static async Task PostAsync(WebUser user, CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested) await user.SendAsync("@room", new string('x', 1_000));
        }
        catch (Exception over) when (Simulation.Loss.Is(over) || over is Microsoft.AspNetCore.SignalR.HubException)
        {
            // The server takes no more.
        }
    }

    /// <summary>A tab in @room that does not read.</summary>
    private static async Task<ClientWebSocket> OpenAsync(ChatServer server, WebUser user)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetBuffer(1024, 1024);
        await socket.ConnectAsync(new Uri($"ws://{server.Web.Authority}/hub?access_token={user.Session.Token}"), TestContext.Current.CancellationToken);
        var hello = "{\"protocol\":\"json\",\"version\":1}\u001e{\"type\":1,\"target\":\"Join\",\"arguments\":[\"@room\"]}\u001e";
        await socket.SendAsync(Encoding.UTF8.GetBytes(hello), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);
        await server.WaitUntilAsync(() => server.SubscribersOf("@room") == 2, "The page did not get in.");
        return socket;
    }

    /// <summary>Posts until a page does not get it all at once. Returns how many messages that took.</summary>
    private static async Task<int> FallBehindAsync(ChatServer server, WebUser poster, string username, ClientWebSocket page)
    {
        var tabs = server.Services.GetRequiredService<ConnectionRegistry>().All.OfType<HubClient>().Where(tab => tab.Session?.Name.Value == username).ToArray();
        for (var sent = 1; ; sent++)
        {
            Assert.InRange(sent, 1, 5_000);
            await poster.SendAsync("@room", new string('x', 20_000));
            // It reads nothing, but it is there: on a busy machine this takes longer than the server waits for a page's pings.
            if (sent % 10 == 0) await page.SendAsync("{\"type\":6}\u001e"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);
            if (tabs.Any(tab => tab.Outbox.Waiting > 10)) return sent;
        }
    }

    /// <summary>Reads up to the close: the methods that were called.</summary>
    private static async Task<List<JsonElement>> HearAsync(ClientWebSocket page)
    {
        using var all = new MemoryStream();
        var buffer = new byte[65_536];
        while (await page.ReceiveAsync(buffer, TestContext.Current.CancellationToken) is { MessageType: not WebSocketMessageType.Close } received)
        {
            all.Write(buffer.AsSpan(0, received.Count));
        }
        await page.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, TestContext.Current.CancellationToken);
        return [.. Encoding.UTF8.GetString(all.ToArray()).Split('\u001e', StringSplitOptions.RemoveEmptyEntries)
            .Select(record => JsonSerializer.Deserialize<JsonElement>(record))
            .Where(record => record.TryGetProperty("target", out _))];
    }

    private static Func<JsonElement, bool> Is(string method) => call => call.GetProperty("target").GetString() == method;

    private static int SeqOf(JsonElement call) => call.GetProperty("arguments")[0].GetProperty("seq").GetInt32();
}
