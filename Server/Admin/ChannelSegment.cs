using KaiChat.Server.Chat;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.Names;

namespace KaiChat.Server.Admin;

/// <summary>A channel's name as operators write it, in a URL or a body: with or without its <c>@</c>.</summary>
internal static class ChannelSegment
{
    /// <exception cref="ChatRefusedException">It is no channel name.</exception>
    public static ChannelName Parse(string text)
    {
        var name = text is [] or [not '@', ..] ? "@" + text : text;
        return ChannelName.TryParse(name, out var parsed, out var error) ? parsed : throw new ChatRefusedException(ErrorCodes.ChannelInvalid, error.DescribeChannel());
    }

    /// <exception cref="ChatRefusedException">It is no channel name, or no such channel is open.</exception>
    public static Channel Find(ChatService chat, string text)
    {
        var name = Parse(text);
        return chat.FindChannel(name) ?? throw new ChatRefusedException(ErrorCodes.NotFound, $"The channel {name} is not open: nobody is in it.");
    }
}
