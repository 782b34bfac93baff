using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using KaiChat.NativeClient.Conversation;

namespace KaiChat.NativeClient.Scripts;

/// <summary>A conversation for a program: one JSON object a line on the output (docs/terminal-client.md, "JSON lines"). An error is also one line on the error stream.</summary>
internal sealed class JsonView(TextWriter output, TextWriter error) : IChatView
{
    private static readonly JsonLineContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    });

    private readonly Lock _gate = new();

    public void Show(ChatEvent chatEvent)
    {
        var line = chatEvent switch
        {
            ChatLine message =>
                new JsonLine("message", null, SafeText.Of(message.Channel), SafeText.Of(message.Author), SafeText.Of(message.Text), message.At),
            ServerNotice notice => new JsonLine("notice", null, SafeText.Of(notice.Channel), null, SafeText.Of(notice.Text), notice.At),
            ClientStatus status => new JsonLine(
                "status", JsonNamingPolicy.CamelCase.ConvertName(status.Event.ToString()), null, null, SafeText.Of(status.Text), status.At),
            _ => throw new NotSupportedException($"{chatEvent.GetType().Name} has no JSON form."),
        };
        lock (_gate)
        {
            output.WriteLine(JsonSerializer.Serialize(line, Context.JsonLine));
            if (chatEvent is ClientStatus { Event: StatusEvent.Error } fault) error.WriteLine($"kaichat: {SafeText.Of(fault.Text)}");
        }
    }
}

/// <summary>One line of JSON; a field that does not apply is left out.</summary>
/// <param name="Type"><c>message</c>, <c>notice</c> or <c>status</c>.</param>
/// <param name="Event">Of a status, what it is about.</param>
/// <param name="ReceivedAt">When this client learnt of it.</param>
internal sealed record JsonLine(string Type, string? Event, string? Channel, string? Author, string Text, DateTimeOffset ReceivedAt);

/// <summary>Generated serialisation, so that nothing is found by reflection at run time.</summary>
[JsonSerializable(typeof(JsonLine))]
internal sealed partial class JsonLineContext : JsonSerializerContext;
