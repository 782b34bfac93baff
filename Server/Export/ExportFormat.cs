using System.Text.Json.Serialization;

namespace KaiChat.Server.Export;

/// <summary>How a conversation is written down.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ExportFormat>))]
internal enum ExportFormat
{
    /// <summary>JSON Lines: one message a line, as the REST API shows it. For programs.</summary>
    [JsonStringEnumMemberName("jsonl")]
    JsonLines,

    /// <summary>One page that needs nothing else. For people.</summary>
    [JsonStringEnumMemberName("html")]
    Html,
}
