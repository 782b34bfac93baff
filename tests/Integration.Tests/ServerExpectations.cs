using KaiChat.Server.Chat;
using KaiChat.Server.Connections;
using KaiChat.Server.Protocols.KaiChat;
using KaiChat.Server.Web;
using KaiChat.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace KaiChat.Integration.Tests;

/// <summary>What tests look for in a server's log.</summary>
internal static class ServerExpectations
{
    private const int ConnectionEnded = 1401;

    /// <summary>Waits until so many connections have ended for a reason.</summary>
    public static Task ExpectEndAsync(this ChatServer server, string reason, int count = 1)
    {
        return server.WaitUntilAsync(
            () => Ends(server).Count(line => line.Contains($"ended: {reason},", StringComparison.Ordinal)) >= count,
            () => $"No connection ended for {reason}. Ended: {string.Join("; ", Ends(server))}");
    }

    /// <summary>Waits until so many connections have ended, for whatever reason.</summary>
    public static Task ExpectAnyEndAsync(this ChatServer server, int count) =>
        server.WaitUntilAsync(() => Ends(server).Count() >= count, () => $"Only {Ends(server).Count()} connections ended.");

    /// <summary>Waits until so many native connections are open.</summary>
    public static Task WaitForConnectionsAsync(this ChatServer server, int count)
    {
        return server.WaitUntilAsync(() => Natives(server).Count() == count, () => $"{Natives(server).Count()} native connections instead of {count}.");
    }

    public static bool HasChannel(this ChatServer server, string name) =>
        server.Services.GetRequiredService<ChatService>().Channels.Any(channel => channel.Name.Value == name);

    /// <summary>How many pages get a channel's events.</summary>
    public static int SubscribersOf(this ChatServer server, string name)
    {
        var channel = server.Services.GetRequiredService<ChatService>().Channels.Single(channel => channel.Name.Value == name);
        return server.Services.GetRequiredService<HubSubscriptions>().Of(channel.Id).Length;
    }

    /// <summary>Whether a connection has ended for a reason.</summary>
    public static bool HasEnded(this ChatServer server, string reason) =>
        Ends(server).Any(line => line.Contains($"ended: {reason},", StringComparison.Ordinal));

    public static bool IsConnected(this ChatServer server, string username) => Natives(server).Any(connection => connection.Session?.Name.Value == username);

    public static Task WaitUntilAsync(this ChatServer server, Func<bool> happened, string otherwise) => server.WaitUntilAsync(happened, () => otherwise);

    /// <summary>Waits for something that can only be looked at, giving way to everything else.</summary>
    public static async Task WaitUntilAsync(this ChatServer server, Func<bool> happened, Func<string> otherwise)
    {
        Assert.NotNull(server);
        using var patience = new CancellationTokenSource(Patience.Limit);
        for (var looks = 0; !happened(); looks++)
        {
            Assert.False(patience.IsCancellationRequested, patience.IsCancellationRequested ? otherwise() : "");
            // What has not happened at once is waited for without taking a processor from whoever is to do it.
            if (looks < 100) await Task.Yield();
            else await Task.Delay(TimeSpan.FromMilliseconds(1));
        }
    }

    /// <summary>Waits for something that has to be asked for.</summary>
    public static async Task WaitUntilAsync(this ChatServer server, Func<Task<bool>> happened, string otherwise)
    {
        Assert.NotNull(server);
        using var patience = new CancellationTokenSource(Patience.Limit);
        while (!await happened())
        {
            Assert.False(patience.IsCancellationRequested, otherwise);
            await Task.Yield();
        }
    }

    /// <summary>The native connection of a user.</summary>
    public static KaiConnection Connection(this ChatServer server, string username) =>
        Natives(server).Single(connection => connection.Session?.Name.Value == username);

    private static IEnumerable<KaiConnection> Natives(ChatServer server) =>
        server.Services.GetRequiredService<ConnectionRegistry>().All.OfType<KaiConnection>();

    private static IEnumerable<string> Ends(ChatServer server) => server.Logs.Lines.Where(line => line.EventId == ConnectionEnded).Select(line => line.Text);
}
