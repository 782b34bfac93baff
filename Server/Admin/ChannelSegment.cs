using KaiChat.Server.Chat;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.Names;

namespace KaiChat.Server.Admin;

/// <summary>A channel's name in a URL: with or without its <c>@</c>, percent-encoded.</summary>
internal static class ChannelSegment
{
    /// <exception cref="ChatRefusedException">It is no channel name.</exception>
    public static ChannelName Parse(string text)
    {
        // Kestrel decodes a path but for %2F, which would make two segments of one; nobody else decodes it.
        var name = text.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        if (name is [] or [not '@', ..]) name = "@" + name;
        return ChannelName.TryParse(name, out var parsed, out var error) ? parsed : throw new ChatRefusedException(ErrorCodes.ChannelInvalid, error.DescribeChannel());
    }

    /// <exception cref="ChatRefusedException">It is no channel name, or no such channel is open.</exception>
    public static Channel Find(ChatService chat, string text)
    {
        var name = Parse(text);
        return chat.FindChannel(name) ?? throw new ChatRefusedException(ErrorCodes.NotFound, $"The channel {name} is not open: nobody is in it.");
    }
}
