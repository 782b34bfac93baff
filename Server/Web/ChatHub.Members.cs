using KaiChat.Server.Chat;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Web;

/// <summary>What a page may ask of those who are in a channel with its user.</summary>
internal sealed partial class ChatHub
{
    public Task<MemberProfile> Profile(string channel, string memberId)
    {
        var entered = Entered(channel);
        if (!SessionId.TryParse(memberId, out var id) || chat.FindSession(id) is not { } member
            || !member.Channels.TryGetValue(entered.Name, out var present) || present != entered)
        {
            throw new ChatRefusedException(ErrorCodes.NotFound, $"Nobody of this id is in {entered.Name.Value} now.");
        }
        // A browser's tabs may come over several ways, and behind a proxy none of them is known.
        var native = member.Origin == Origin.Native ? connections.All.FirstOrDefault(connection => connection.Session == member) : null;
        return Task.FromResult(new MemberProfile(member.StartedAt, native is null ? null : native.Tls is not null, native?.LastPollAt));
    }
}
