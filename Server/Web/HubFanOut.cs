using System.Collections.Immutable;
using KaiChat.Server.Chat;
using KaiChat.Server.Connections;
using KaiChat.Shared.Contracts;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace KaiChat.Server.Web;

/// <summary>
/// The core's events on their way to the tabs: encoded once, posted to each in the feed's order. Stock group sends cannot do that: concurrent senders make members
/// see different orders, and one slow member holds up the rest (docs/decisions/0003-own-fan-out.md).
/// </summary>
internal sealed class HubFanOut(HubSubscriptions subscriptions, IHubProtocol protocol) : IChatObserver
{
    public void On(Channel channel, ChatEvent happened)
    {
        var clients = subscriptions.Of(channel.Id);
        // Who types sees that without being told.
        if (happened is MemberTyping by) clients = clients.RemoveAll(client => client.Session?.Id == by.Session);
        if (clients.IsEmpty) return;
        var name = channel.Name.Value;
        if (happened is ChannelClosed closed)
        {
            TellClosed(channel, closed, clients);
            return;
        }
        var frame = happened switch
        {
            MessagePosted posted => Encode(nameof(IChatClient.MessagePosted), posted.Message.ToContract(channel.Name)),
            MessageChanged changed => Encode(nameof(IChatClient.MessageChanged), changed.Message.ToContract(channel.Name)),
            MessagesRemoved removed => Encode(nameof(IChatClient.MessagesRemoved), name, removed.ThroughSeq),
            MemberTyping typing => Encode(nameof(IChatClient.Typing), name, typing.Session.ToString()),
            MemberJoined joined => Encode(nameof(IChatClient.MemberJoined), name, joined.Member.ToContract()),
            MemberLeft left => Encode(nameof(IChatClient.MemberLeft), name, left.Session.ToString()),
            MemberChanged changed => Encode(nameof(IChatClient.MemberChanged), name, changed.Member.ToContract()),
            ChannelSettled settled => Encode(nameof(IChatClient.ChannelChanged), name, settled.Settings.ToContract()),
            _ => null,
        };
        if (frame is not null) Post(clients, frame);
    }

    /// <summary>Calls a method of some tabs, in order with everything else they get.</summary>
    public void Post(ImmutableArray<HubClient> clients, string method, params object?[] arguments)
    {
        if (!clients.IsEmpty) Post(clients, Encode(method, arguments));
    }

    /// <summary>Calls a method of some tabs as the last thing they hear, and closes them.</summary>
    public void SayLast(ImmutableArray<HubClient> clients, ConnectionEndReason reason, string method, params object?[] arguments)
    {
        if (clients.IsEmpty) return;
        var lastWord = Encode(method, arguments);
        foreach (var client in clients) client.CloseAfter(lastWord, reason);
    }

    private void TellClosed(Channel channel, ChannelClosed closed, ImmutableArray<HubClient> clients)
    {
        // A tab that is in the next channel of that name already would take the word for that one.
        var left = clients.RemoveAll(client =>
            client.Session is { } session && session.Channels.TryGetValue(channel.Name, out var next) && next != channel && subscriptions.Of(next.Id).Contains(client));
        Post(left, nameof(IChatClient.Kicked), new Kick(channel.Name.Value, closed.By, "The channel was closed.", Until: null));
        foreach (var client in clients) subscriptions.Unsubscribe(client, channel.Id);
    }

    private static void Post(ImmutableArray<HubClient> clients, EncodedFrame frame)
    {
        foreach (var client in clients) client.Outbox.Post(frame);
    }

    private EncodedFrame Encode(string method, params object?[] arguments) => EncodedFrame.Of(protocol, method, arguments);
}
