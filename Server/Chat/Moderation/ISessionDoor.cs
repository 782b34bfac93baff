using System.Collections.Immutable;
using KaiChat.Server.Connections;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.Names;

namespace KaiChat.Server.Chat.Moderation;

/// <summary>A front-end as operators act on its users through it: each is told in its own protocol's terms.</summary>
internal interface ISessionDoor
{
    /// <summary>Whose sessions are this front-end's.</summary>
    Origin Origin { get; }

    /// <summary>Ends a session with all its connections, for good, telling why. Waits until they are gone, or their peers have had their time to listen.</summary>
    /// <param name="session">Which.</param>
    /// <param name="sentence">Why.</param>
    /// <param name="reason">What its connections end with.</param>
    Task EndAsync(ChatSession session, string sentence, ConnectionEndReason reason);

    /// <summary>A session has been put out of a channel.</summary>
    void TellKicked(ChatSession session, Channel channel, Kick kick);

    /// <summary>A mute of a session began, changed or ended.</summary>
    void TellMuted(ChatSession session, MuteNews news);

    /// <summary>What a session may do beyond chatting has changed: <see cref="ChatSession.Operator"/>.</summary>
    void TellOperating(ChatSession session);

    /// <summary>A word from the server to some sessions of this front-end.</summary>
    void TellNotice(IReadOnlyCollection<ChatSession> sessions, Notice notice);
}

/// <summary>What changed about a session's mutes.</summary>
/// <param name="Channel">Where; null: on the whole server.</param>
/// <param name="Mute">Why it cannot post there now; null if it can.</param>
/// <param name="Channels">The same for the channels it is in, as all mutes together leave it.</param>
internal sealed record MuteNews(ChannelName? Channel, Mute? Mute, ImmutableArray<(ChannelName Channel, Mute? Mute)> Channels);
