using KaiChat.Server.Access;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.Names;

namespace KaiChat.Server.Chat.Moderation;

/// <summary>Words of the operators to all, or to those in a channel.</summary>
internal sealed class NoticeService(ChatService chat, IEnumerable<ISessionDoor> doors, AuditTrail audit)
{
    /// <summary>The longest notice, in UTF-16 code units.</summary>
    public const int MaxText = 500;

    /// <summary>Whom a notice would reach now.</summary>
    public IReadOnlyList<ChatSession> RecipientsOf(ChannelName? channel, Origin? origin) =>
        [.. chat.Sessions.Where(session => (origin is null || session.Origin == origin) && (channel is null || session.Channels.ContainsKey(channel)))];

    /// <summary>Tells it at once, when that is recorded. Returns how many users it reached.</summary>
    public async Task<int> SendAsync(Notice notice, ChannelName? channel, Origin? origin, Actor actor)
    {
        var recipients = RecipientsOf(channel, origin);
        await audit.RecordAsync(actor, "notice.create", channel?.Value ?? "server", before: null, new { notice.Text, Kind = origin, Recipients = recipients.Count }).OrUnchangedAsync();
        Tell(notice, recipients);
        return recipients.Count;
    }

    /// <summary>Tells what has been recorded.</summary>
    public void Tell(Notice notice, IReadOnlyList<ChatSession> recipients)
    {
        foreach (var door in doors) door.TellNotice([.. recipients.Where(session => session.Origin == door.Origin)], notice);
    }
}
