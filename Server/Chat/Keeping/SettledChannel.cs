using System.Text;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.Names;

namespace KaiChat.Server.Chat.Keeping;

/// <summary>What operators have settled for a channel's name, over all lives of the channel. Immutable; a change makes another one.</summary>
/// <param name="Name">The channel.</param>
/// <param name="Topic">One line on what it is about, at most <see cref="MaxTopic"/> UTF-16 code units; empty if nobody said.</param>
/// <param name="ReadOnly">Whether only operators may post.</param>
/// <param name="Native">What native members hear of changes of messages; null: as the server's configuration says.</param>
/// <param name="RetentionDays">How many days messages are kept, 1 to <see cref="MaxDays"/>; null: as the server's rules say.</param>
/// <param name="Kept">Whether the channel stays open without members.</param>
/// <param name="Rev">Rises with every change; 0 if nothing was ever settled.</param>
internal sealed record SettledChannel(ChannelName Name, string Topic, bool ReadOnly, NativePolicy? Native, int? RetentionDays, bool Kept, long Rev)
{
    public const int MaxTopic = 200;

    /// <summary>A century.</summary>
    public const int MaxDays = 36_500;

    /// <summary>Whether nothing is settled.</summary>
    public bool IsNone => Topic.Length == 0 && !ReadOnly && Native is null && RetentionDays is null && !Kept;

    /// <summary>Of a channel that nobody settled anything for.</summary>
    public static SettledChannel None(ChannelName name) => new(name, "", ReadOnly: false, Native: null, RetentionDays: null, Kept: false, Rev: 0);

    /// <summary>A topic as it may be: trimmed.</summary>
    /// <exception cref="ChatRefusedException">It is too long, or more than one line.</exception>
    public static string CheckTopic(string? topic)
    {
        var trimmed = topic?.Trim() ?? "";
        if (trimmed.Length > MaxTopic)
        {
            throw new ChatRefusedException(ErrorCodes.TextTooLong, $"The topic has {trimmed.Length} characters; at most {MaxTopic} are possible. Nothing was changed.");
        }
        foreach (var rune in trimmed.EnumerateRunes())
        {
            // Half a surrogate pair is read as U+FFFD.
            if (Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029 or 0xFFFD) throw new ChatRefusedException(ErrorCodes.ArgumentInvalid, "A topic is one line without control characters. Nothing was changed.");
        }
        return trimmed;
    }

    /// <summary>What members see of it.</summary>
    public ChannelSettings ToContract() => new(Topic, ReadOnly, Native);
}
