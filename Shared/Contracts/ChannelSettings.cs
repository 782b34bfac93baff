using System.Text.Json.Serialization;

namespace KaiChat.Shared.Contracts;

/// <summary>What operators have settled for a channel.</summary>
/// <param name="Topic">One line on what it is about; empty if nobody said.</param>
/// <param name="ReadOnly">Whether only operators may post.</param>
/// <param name="Native">What native members hear of changes of messages; null: as the server's configuration says.</param>
public sealed record ChannelSettings(string Topic, bool ReadOnly, NativePolicy? Native);

/// <summary>What native members hear of each kind of change: their protocol has no words for it.</summary>
/// <param name="Edits">Of a message with a new text.</param>
/// <param name="Deletions">Of a message that is gone.</param>
/// <param name="Reactions">Of reactions.</param>
public sealed record NativePolicy(
    [property: JsonRequired] NativeNotice Edits, [property: JsonRequired] NativeNotice Deletions, [property: JsonRequired] NativeNotice Reactions);

/// <summary>Whether natives are told of a change.</summary>
[JsonConverter(typeof(WordConverter<NativeNotice>))]
public enum NativeNotice
{
    /// <summary>Nothing.</summary>
    [JsonStringEnumMemberName("silent")]
    Silent,

    /// <summary>One short line.</summary>
    [JsonStringEnumMemberName("note")]
    Note,
}
