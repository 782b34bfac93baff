using System.Globalization;
using System.Text;
using KaiChat.Server.Chat;
using KaiChat.Server.Storage;

namespace KaiChat.Server.Export;

/// <summary>Writes a conversation down, from its first message to the newest there is when the writing gets there. Memory use does not depend on its length.</summary>
internal static class ConversationExport
{
    /// <summary>Messages that are read and written at a time.</summary>
    private const int Chunk = 200;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The media type of a format.</summary>
    public static string MediaType(ExportFormat format) => format == ExportFormat.Html ? "text/html" : "application/x-ndjson";

    /// <summary>The name under which an export is offered: <c>dev-17.jsonl</c>. Only letters, digits, <c>-</c>, <c>_</c> and dots, whatever the channel is called.</summary>
    public static string FileName(LoggedConversation conversation, ExportFormat format)
    {
        var name = new string([.. conversation.Name.Value[1..].Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_')]);
        return $"{name}-{conversation.Id.Value.ToString(CultureInfo.InvariantCulture)}.{(format == ExportFormat.Html ? "html" : "jsonl")}";
    }

    /// <param name="readAfter">Messages after a seq, oldest first, at most so many.</param>
    /// <param name="output">Where to; it stays open.</param>
    /// <param name="written">Told the seq of the newest message that is written.</param>
    /// <returns>How many messages there were.</returns>
    public static async Task<long> WriteAsync(
        LoggedConversation conversation,
        ExportFormat format,
        Func<long, int, CancellationToken, Task<IReadOnlyList<ChatMessage>>> readAfter,
        Stream output,
        DateTimeOffset now,
        CancellationToken cancellation,
        Action<long>? written = null)
    {
        // Read before anything is written: whoever asks learns in place of an answer that there is none.
        var messages = await readAfter(0, Chunk, cancellation);
        await using var writer = new StreamWriter(output, Utf8, bufferSize: 32 * 1024, leaveOpen: true) { NewLine = "\n" };
        IExportWriter export = format == ExportFormat.Html ? new HtmlExport(writer, conversation, now) : new JsonLinesExport(writer, conversation.Name);
        var count = 0L;
        await export.BeginAsync();
        while (messages.Count > 0)
        {
            foreach (var message in messages)
            {
                cancellation.ThrowIfCancellationRequested();
                await export.WriteAsync(message);
            }
            count += messages.Count;
            await writer.FlushAsync(cancellation);
            written?.Invoke(messages[^1].Seq);
            messages = await readAfter(messages[^1].Seq, Chunk, cancellation);
        }
        await export.EndAsync(count);
        await writer.FlushAsync(cancellation);
        return count;
    }
}

/// <summary>A format's own part of an export.</summary>
internal interface IExportWriter
{
    /// <summary>What comes before the messages.</summary>
    Task BeginAsync();

    Task WriteAsync(ChatMessage message);

    /// <summary>What comes after them.</summary>
    /// <param name="count">How many there were.</param>
    Task EndAsync(long count);
}
