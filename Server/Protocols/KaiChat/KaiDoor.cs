using KaiChat.Server.Chat;
using KaiChat.Server.Chat.Moderation;
using KaiChat.Server.Connections;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Protocols.KaiChat;

/// <summary>Operators' decisions as native users meet them: version 1 has no command for any, so each is a word from <c>SERVER</c>.</summary>
internal sealed class KaiDoor(ConnectionRegistry connections) : ISessionDoor
{
    /// <summary>Words that wait for a client which sends nothing; of more, the oldest are dropped.</summary>
    private const int MostWords = 100;

    public Origin Origin => Origin.Native;

    public async Task EndAsync(ChatSession session, string sentence, ConnectionEndReason reason)
    {
        if (Find(session) is { } connection) await connections.DisconnectAsync(connection.Id, sentence, reason);
    }

    public void TellKicked(ChatSession session, Channel channel, Kick kick) => Tell(session, ModerationWords.Kicked(kick));

    public void TellMuted(ChatSession session, MuteNews news) => Tell(session, ModerationWords.MuteNews(news.Channel, news.Mute));

    /// <remarks>No native client shows a key.</remarks>
    public void TellOperating(ChatSession session)
    {
    }

    public void TellNotice(IReadOnlyCollection<ChatSession> sessions, Notice notice)
    {
        // One walk through the connections, however many are told.
        var told = sessions.ToHashSet();
        foreach (var connection in connections.All.OfType<KaiConnection>())
        {
            if (connection.Session is { } session && told.Contains(session)) Tell(connection, notice.Text);
        }
    }

    private void Tell(ChatSession session, string sentence)
    {
        if (Find(session) is { } connection) Tell(connection, sentence);
    }

    private static void Tell(KaiConnection connection, string sentence)
    {
        connection.Words.Enqueue(sentence);
        if (connection.Words.Count > MostWords) connection.Words.TryDequeue(out _);
    }

    private KaiConnection? Find(ChatSession session) => connections.All.OfType<KaiConnection>().FirstOrDefault(connection => connection.Session == session);
}
