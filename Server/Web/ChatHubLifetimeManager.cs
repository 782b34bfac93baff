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
        var client = new HubClient(connection, sessions, limits.Value.BrowserBacklog, clock.GetUtcNow());
        subscriptions.Add(client);
        connections.Add(client);
        return base.OnConnectedAsync(connection);
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        if (subscriptions.Find(connection.ConnectionId) is { } client)
        {
            subscriptions.Remove(client);
            connections.Remove(client, client.Reason ?? ConnectionEndReason.PeerClosed);
        }
        return base.OnDisconnectedAsync(connection);
    }
}
