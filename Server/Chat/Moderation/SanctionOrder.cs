using KaiChat.Shared.Contracts;
using KaiChat.Shared.Names;

namespace KaiChat.Server.Chat.Moderation;

/// <summary>A ban or a mute that is asked for, in words that make sense.</summary>
internal sealed record SanctionOrder(SanctionKind Kind, Username? Name, AddressNetwork? Network, ChannelName? Channel, string Reason, DateTimeOffset? Until)
{
    /// <summary>The longest reason, in UTF-16 code units.</summary>
    public const int MaxReason = 200;

    /// <summary>Ten years: the longest time in minutes.</summary>
    public const int MaxMinutes = 5_256_000;

    /// <summary>Networks of fewer bits than these are nearly everybody: that is what the raid level is for.</summary>
    private const int LeastBitsV4 = 8, LeastBitsV6 = 16;

    /// <exception cref="ChatRefusedException">Some word makes no sense; the sentence names it.</exception>
    public static SanctionOrder Read(
        SanctionKind kind, string? username, string? network, string? channel, string? reason, DateTimeOffset? until, int? minutes, DateTimeOffset now)
    {
        if (username is null && network is null) throw Invalid("username and network are both missing: whom it is to meet.");
        return new SanctionOrder(
            kind, username is null ? null : ReadUsername(username), ReadNetwork(network), ReadChannel(channel), ReadReason(reason), ReadUntil(until, minutes, now));
    }

    public static Username ReadUsername(string? username) => Username.TryParse(username, out var name, out var error)
        ? name
        : throw new ChatRefusedException(ErrorCodes.UsernameInvalid, error.DescribeUsername());

    /// <summary>A channel's name, with or without its <c>@</c>; null for none.</summary>
    public static ChannelName? ReadChannel(string? channel)
    {
        if (channel is null) return null;
        return ChannelName.TryParse(channel is [] or [not '@', ..] ? "@" + channel : channel, out var name, out var error)
            ? name
            : throw new ChatRefusedException(ErrorCodes.ChannelInvalid, error.DescribeChannel());
    }

    public static string ReadReason(string? reason)
    {
        var text = reason?.Trim() ?? "";
        if (text.Length is 0 or > MaxReason) throw Invalid($"reason is what the user is told, 1 to {MaxReason} characters.");
        return text.Any(char.IsControl) ? throw Invalid("reason is one line without control characters.") : text;
    }

    public static DateTimeOffset? ReadUntil(DateTimeOffset? until, int? minutes, DateTimeOffset now)
    {
        if (until is not null && minutes is not null) throw Invalid("until and minutes exclude each other.");
        if (minutes is < 1 or > MaxMinutes) throw Invalid($"minutes is from 1 to {MaxMinutes}.");
        if (until <= now) throw Invalid("until is over already.");
        return minutes is { } length ? now.AddMinutes(length) : until?.ToUniversalTime();
    }

    /// <summary>As it is stored, but for its number.</summary>
    public ChatSanction From(string by, DateTimeOffset now) => new(0, Kind, Name, Network, Channel, Reason, by, now, Until);

    private static AddressNetwork? ReadNetwork(string? network)
    {
        if (network is null) return null;
        if (AddressNetwork.Parse(network) is not { } parsed) throw Invalid("network is an IP address or a network like 10.0.0.0/8, whose bits behind the prefix are 0.");
        var least = parsed.IsV4 ? LeastBitsV4 : LeastBitsV6;
        return parsed.Length >= least ? parsed : throw Invalid($"network has at least {least} bits: a wider one is nearly everybody. Raise the raid level instead.");
    }

    private static ChatRefusedException Invalid(string sentence) => new(ErrorCodes.ArgumentInvalid, sentence);
}
