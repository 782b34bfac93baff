using System.IO.Enumeration;
using KaiChat.Shared.Names;

namespace KaiChat.Server.Chat;

/// <summary>Which channels a rule of the settings is about: a name in any letter case, with <c>*</c> for any characters and <c>?</c> for one.</summary>
internal static class ChannelPattern
{
    /// <summary>Whether a channel's name fits.</summary>
    public static bool Fits(string pattern, ChannelName channel) => FileSystemName.MatchesSimpleExpression(pattern, channel.Value, ignoreCase: true);

    /// <summary>What is wrong with a pattern, in words that follow its key; null if it may fit a channel.</summary>
    public static string? FindFault(string? pattern)
    {
        if (string.IsNullOrEmpty(pattern)) return "is empty: name channels, such as @dev or *.";
        return pattern[0] is '@' or '*' or '?' ? null : $"is {pattern}, which fits no channel: their names begin with @.";
    }
}
