using KaiChat.Server.Chat;
using KaiChat.Server.Chat.Moderation;
using KaiChat.Server.Connections;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Web;

/// <summary>Operators' decisions as browsers' users meet them: events to all tabs of the session.</summary>
internal sealed class HubDoor(WebSessions sessions, HubSubscriptions subscriptions, HubFanOut fanOut) : ISessionDoor
{
    public Origin Origin => Origin.Web;

    public async Task EndAsync(ChatSession session, string sentence, ConnectionEndReason reason)
    {
        if (sessions.Find(session) is { } web) await sessions.SignOutAsync(web, sentence, end: reason);
    }

    public void TellKicked(ChatSession session, Channel channel, Kick kick)
    {
        if (sessions.Find(session) is not { } web) return;
        foreach (var tab in web.Tabs) subscriptions.Unsubscribe(tab, channel.Id);
        fanOut.Post(web.Tabs, nameof(IChatClient.Kicked), kick);
    }

    public void TellMuted(ChatSession session, MuteNews news)
    {
        if (sessions.Find(session) is not { } web) return;
        if (news.Channel is null) fanOut.Post(web.Tabs, nameof(IChatClient.Muted), null, news.Mute);
        // A page that only knows of each channel whether it may post there is right, too.
        foreach (var (channel, mute) in news.Channels) fanOut.Post(web.Tabs, nameof(IChatClient.Muted), channel.Value, mute);
    }

    public void TellOperating(ChatSession session)
    {
        if (sessions.Find(session) is { } web) sessions.TellOperating(web, web.Tabs);
    }

    public void TellNotice(IReadOnlyCollection<ChatSession> told, Notice notice) =>
        fanOut.Post([.. told.Select(sessions.Find).OfType<WebSession>().SelectMany(session => session.Tabs)], nameof(IChatClient.Notice), notice);
}
