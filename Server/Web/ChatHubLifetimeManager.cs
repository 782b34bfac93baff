using KaiChat.Server.Chat;
using KaiChat.Server.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Web;

/// <summary>Keeps a <see cref="HubClient"/> for each hub connection: the way to write to it in order and within bounds, and to say why it ended.</summary>
internal sealed class ChatHubLifetimeManager(
    HubSubscriptions subscriptions, WebSessions sessions, ConnectionRegistry connections, IOptions<LimitsOptions> limits, TimeProvider clock,
    ILogger<DefaultHubLifetimeManager<ChatHub>> logger) : DefaultHubLifetimeManager<ChatHub>(logger)
{
    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        var client = new HubClient(connection, sessions, limits.Value, clock);
        subscriptions.Add(client);
        connections.Add(client);
        // It has ended when its request has, not when the hub has let go of it: its last words are on their way until then, and a stopping server waits for them.
        connection.GetHttpContext()!.Response.OnCompleted(() =>
        {
            connections.Remove(client, client.Reason ?? ConnectionEndReason.PeerClosed);
            return Task.CompletedTask;
        });
        return base.OnConnectedAsync(connection);
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        if (subscriptions.Find(connection.ConnectionId) is { } client) subscriptions.Remove(client);
        return base.OnDisconnectedAsync(connection);
    }
}
