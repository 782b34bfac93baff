using System.Text.Json.Serialization;

namespace KaiChat.Shared.Contracts;

/// <summary>What the hub tells a browser unasked.</summary>
public interface IChatClient
{
    /// <summary>
    /// The first word of every connection: which contract the server speaks (<see cref="HubContract"/>). A page that cannot speak with it goes, and says so to its user.
    /// </summary>
    /// <param name="version">The contract's number.</param>
    /// <param name="oldestPage">The lowest number of a page that the server still gets along with.</param>
    Task Contract(int version, int oldestPage);

    /// <summary>A message in a channel the session is in, its own ones included.</summary>
    Task MessagePosted(Message message);

    /// <summary>
    /// A message changed: edited, deleted, or a reaction came or went. This is its whole state; it may be one that the page does not hold. Never before the message's own
    /// event, and in order of <see cref="Message.Rev"/>; the page keeps the state with the highest.
    /// </summary>
    Task MessageChanged(Message message);

    /// <summary>A channel's messages through a seq are gone for good, which no revision tells: the page takes away what it holds of them, and takes none in any more.</summary>
    Task MessagesRemoved(string channel, long throughSeq);

    /// <summary>Another member is typing: shown for some seconds, or until its message comes.</summary>
    Task Typing(string channel, string memberId);

    /// <summary>A user came in.</summary>
    Task MemberJoined(string channel, Member member);

    /// <summary>A user left, or its connection ended.</summary>
    Task MemberLeft(string channel, string memberId);

    /// <summary>A member's <see cref="Member.Presence"/> changed.</summary>
    Task MemberChanged(string channel, Member member);

    /// <summary>A word from the server, to everybody or about one channel.</summary>
    Task Notice(Notice notice);

    /// <summary>An operator put the user out of a channel. Nothing more comes from it.</summary>
    Task Kicked(Kick kick);

    /// <summary>The user may not post, or may again: null.</summary>
    /// <param name="channel">Where; null: anywhere.</param>
    /// <param name="mute">Why.</param>
    Task Muted(string? channel, Mute? mute);

    /// <summary>
    /// What the user may do beyond chatting, in all its tabs: the scopes of the key it has shown, empty for all who have shown none. Told when a connection begins, and when
    /// it changes: a key was shown, was revoked, or has come to its end.
    /// </summary>
    Task Operating(IReadOnlyList<string> scopes);

    /// <summary>Operators settled something for a channel.</summary>
    Task ChannelChanged(string channel, ChannelSettings settings);

    /// <summary>Another tab of the same session left this channel.</summary>
    Task ChannelLeft(string channel);

    /// <summary>How far the user has read a channel, as noted by any of its tabs.</summary>
    Task ReadMarker(string channel, long seq);

    /// <summary>The session is over; nothing more will come, and the token is worth nothing.</summary>
    Task SessionEnded(string reason);

    /// <summary>The server is about to stop and will be back: reconnect after about this many seconds.</summary>
    Task ServerRestarting(int seconds);
}

/// <summary>A word from the server.</summary>
/// <param name="Channel">The channel it is about; null if it is about none.</param>
/// <param name="Text">The sentence.</param>
/// <param name="Dismissible">False: users are not to put it away, such as that the server is about to stop. Absent: they may.</param>
public sealed record Notice(string? Channel, string Text, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Dismissible = null);
