using System.Text.Json;
using KaiChat.Server.Chat;
using KaiChat.Server.Web;
using KaiChat.Shared.Names;

namespace KaiChat.Server.Export;

/// <summary>JSON Lines: each line a message with the names and words of the REST API, and nothing but messages.</summary>
internal sealed class JsonLinesExport(TextWriter writer, ChannelName channel) : IExportWriter
{
    public Task BeginAsync() => Task.CompletedTask;

    public Task WriteAsync(ChatMessage message) => writer.WriteLineAsync(JsonSerializer.Serialize(message.ToContract(channel), JsonSerializerOptions.Web));

    public Task EndAsync(long count) => Task.CompletedTask;
}
