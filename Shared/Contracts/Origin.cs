using System.Text.Json.Serialization;

namespace KaiChat.Shared.Contracts;

/// <summary>The kind of client a user or a message comes from.</summary>
[JsonConverter(typeof(WordConverter<Origin>))]
public enum Origin
{
    /// <summary>A browser.</summary>
    [JsonStringEnumMemberName("web")]
    Web,

    /// <summary>A native KaiChat client.</summary>
    [JsonStringEnumMemberName("native")]
    Native,
}
