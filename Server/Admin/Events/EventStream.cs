using System.Buffers;
using System.Text;
using KaiChat.Server.Chat;
using KaiChat.Shared.Contracts;
using Microsoft.AspNetCore.Http.Features;

namespace KaiChat.Server.Admin.Events;

/// <summary>
/// A ring's events as Server-Sent Events (WHATWG HTML, section 9.2). Written here rather than by the framework's result, which has no comments to keep a silent stream
/// alive through proxies.
/// </summary>
internal static class EventStream
{
    public const string MediaType = "text/event-stream";

    /// <summary>What a reader is told that missed events: to fetch anew what it shows.</summary>
    public const string Reset = "reset";

    /// <summary>How often something is written at least.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>How long a stream lasts. Then it ends, and whoever comes back where it stopped shows the key again, which may be worth nothing by then.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>Writes until the reader goes, is too slow, the ring ends or the stream is too old.</summary>
    public static async Task WriteAsync(HttpContext context, EventRing ring, bool fromOldest, IReadOnlySet<string>? topics, TimeProvider clock)
    {
        if (context.RequestServices.GetRequiredService<ChatService>().IsStopping) throw new ChatRefusedException(ErrorCodes.ShuttingDown, "The server is stopping.");
        string? lastEventId = context.Request.Headers["Last-Event-ID"];
        using var reader = ring.Read(string.IsNullOrEmpty(lastEventId) ? null : lastEventId, fromOldest, topics, context.Abort);
        if (ring.IsOver(reader))
        {
            // What makes an EventSource stop asking.
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }
        Begin(context.Response);
        var output = context.Response.BodyWriter;
        // One block, so that nobody has the new id without having been told to begin anew.
        Write(output, $"retry: 2000\nid: {ring.IdOf(reader.At)}\n{(reader.MissedSome ? $"event: {Reset}\ndata: {{}}\n" : "")}\n");
        var (began, beats) = (clock.GetTimestamp(), 0);
        await using var heart = clock.CreateTimer(
            _ =>
            {
                Interlocked.Increment(ref beats);
                reader.Wake();
            },
            null, Heartbeat, Heartbeat);
        while (true)
        {
            var (events, ended) = ring.Take(reader);
            foreach (var happened in events) Write(output, ring, happened);
            if (Interlocked.Exchange(ref beats, 0) > 0) Write(output, ":\n\n");
            var flushed = await output.FlushAsync(context.RequestAborted);
            if (flushed.IsCompleted || ended || clock.GetElapsedTime(began) >= Longest) return;
            if (events.Count == 0) await reader.WhenWokenAsync(context.RequestAborted);
        }
    }

    private static void Begin(HttpResponse response)
    {
        response.ContentType = MediaType;
        response.Headers.CacheControl = "no-store";
        // nginx would gather what it passes on.
        response.Headers["X-Accel-Buffering"] = "no";
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    private static void Write(IBufferWriter<byte> output, EventRing ring, ServerEvent happened)
    {
        Write(output, $"id: {ring.IdOf(happened.Number)}\nevent: {happened.Name}\ndata: ");
        output.Write(happened.Data);
        Write(output, "\n\n");
    }

    private static void Write(IBufferWriter<byte> output, string text) => Encoding.UTF8.GetBytes(text, output);
}
