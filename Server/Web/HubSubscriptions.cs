using System.Collections.Concurrent;
using System.Collections.Immutable;
using KaiChat.Server.Chat;

namespace KaiChat.Server.Web;

/// <summary>Which tabs get which conversation's events.</summary>
internal sealed class HubSubscriptions
{
    private readonly ConcurrentDictionary<ConversationId, ImmutableArray<HubClient>> _byConversation = new();
    private readonly ConcurrentDictionary<string, HubClient> _clients = new();

    public HubClient? Find(string connectionId) => _clients.GetValueOrDefault(connectionId);

    /// <summary>The tabs that get this conversation's events now.</summary>
    public ImmutableArray<HubClient> Of(ConversationId conversation) => _byConversation.GetValueOrDefault(conversation, []);

    public void Add(HubClient client) => _clients[client.Id] = client;

    /// <summary>Takes a tab out of everything.</summary>
    public void Remove(HubClient client)
    {
        _clients.TryRemove(client.Id, out _);
        ConversationId[] subscribed;
        lock (client.Subscribed) subscribed = [.. client.Subscribed];
        foreach (var conversation in subscribed) Unsubscribe(client, conversation);
    }

    public void Subscribe(HubClient client, ConversationId conversation)
    {
        // Both or neither: what another tab's Leave took out of the one only would stay in the other for ever.
        lock (client.Subscribed)
        {
            if (!client.Subscribed.Add(conversation)) return;
            _byConversation.AddOrUpdate(conversation, _ => [client], (_, clients) => clients.Add(client));
        }
        // The tab may have gone while it was joining; Remove did not see this subscription then.
        if (Find(client.Id) is null) Unsubscribe(client, conversation);
    }

    public void Unsubscribe(HubClient client, ConversationId conversation)
    {
        lock (client.Subscribed)
        {
            if (!client.Subscribed.Remove(conversation)) return;
            var left = _byConversation.AddOrUpdate(conversation, _ => [], (_, clients) => clients.Remove(client));
            if (left.IsEmpty) _byConversation.TryRemove(KeyValuePair.Create(conversation, left));
        }
    }
}
