using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace KaiChat.Server.Web;

/// <summary>
/// A moment as requests write it: RFC 3339 with an offset or Z. The framework also takes a time without one, which would be read in the time zone of the server's machine,
/// and a day without a time.
/// </summary>
internal sealed class ZonedTime : JsonConverter<DateTimeOffset>
{
    /// <summary>What is said of a text that is none, behind the name of its field.</summary>
    public const string Rule = "is a time like 2026-03-02T08:30:00Z.";

    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>Whether a text is such a moment; in a query, a + must be percent-encoded, or it is a space.</summary>
    public static bool TryParse(string? text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out time) && (text![^1] == 'Z' || text[^6] is '+' or '-');

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && TryParse(reader.GetString(), out var time) ? time : throw new JsonException(Rule);

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
