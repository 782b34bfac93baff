using System.Globalization;
using KaiChat.Server.Access;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.Names;

namespace KaiChat.Server.Chat.Moderation;

/// <summary>
/// What users are told of what operators decide: who, why, until when. The sentences are ASCII but for the operator's own reason, which front-ends of poorer protocols
/// render as they render messages.
/// </summary>
internal static class ModerationWords
{
    /// <summary>Stands for "until it is lifted" where a time is asked for.</summary>
    public static readonly DateTimeOffset Never = new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);

    public static ChatRefusedException Banned(ChatSanction ban) => new(ErrorCodes.Banned, BannedSentence(ban));

    public static string BannedSentence(ChatSanction ban) => $"You are banned from {Place(ban.Channel)} by {ban.ByAsTold} {Until(ban.Until)}. Reason: {Ended(ban.Reason)}";

    public static ChatRefusedException Muted(ChatSanction mute) => new(
        ErrorCodes.Muted, $"You are muted {In(mute.Channel)} by {mute.ByAsTold} {Until(mute.Until)}. Nothing was posted or changed. Reason: {Ended(mute.Reason)}");

    /// <summary>A mute that begins or ends, for clients that show sentences only.</summary>
    public static string MuteNews(ChannelName? channel, Mute? mute) => mute is null
        ? $"You are not muted {In(channel)} any more."
        : $"You are muted {In(channel)} by {mute.By} {Until(mute.Until)}: you can read, but not post. Reason: {Ended(mute.Reason)}";

    public static string Kicked(Kick kick) => kick.Until is null
        ? $"{kick.By} has put you out of {kick.Channel}. You may join it again. Reason: {Ended(kick.Reason)}"
        : $"{kick.By} has put you out of {kick.Channel}. You cannot join it {Until(kick.Until == Never ? null : kick.Until)}. Reason: {Ended(kick.Reason)}";

    public static ChatRefusedException ScopeMissing(string scope) => new(
        ErrorCodes.ScopeMissing, $"That is for operators whose key has the scope {scope}. Nothing was done.");

    /// <exception cref="ChatRefusedException">The session has shown no key with that scope.</exception>
    public static KeyHolder Require(ChatSession session, string scope) => session.Operator is { } holder && holder.May(scope) ? holder : throw ScopeMissing(scope);

    /// <summary>To the minute, and never before it is over.</summary>
    private static string Until(DateTimeOffset? until) => until is not { } time
        ? "until it is lifted"
        : string.Create(CultureInfo.InvariantCulture, $"until {Ceiling(time):yyyy-MM-dd HH:mm} UTC");

    private static DateTimeOffset Ceiling(DateTimeOffset time)
    {
        var over = time.UtcTicks % TimeSpan.TicksPerMinute;
        return over == 0 || time >= Never ? time.ToUniversalTime() : time.ToUniversalTime().AddTicks(TimeSpan.TicksPerMinute - over);
    }

    private static string Place(ChannelName? channel) => channel?.Value ?? "this server";

    private static string In(ChannelName? channel) => channel is null ? "on this server" : $"in {channel}";

    private static string Ended(string reason) => reason[^1] is '.' or '!' or '?' ? reason : reason + ".";
}
