using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using System.Text;
using KaiChat.Server.Chat;
using KaiChat.Shared.KaiChat;
using Microsoft.AspNetCore.Connections;

namespace KaiChat.Server.Protocols.KaiChat;

/// <summary>How far a client has read its channel's feed.</summary>
/// <param name="Seq">The last message it has whole.</param>
/// <param name="Line">Lines it has of the next one; only in <see cref="KaiDelivery.Single"/>, where a message may need several answers.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct KaiCursor(long Seq, int Line = 0);

/// <summary>What a read of the feed came to.</summary>
/// <param name="Cursor">How far the client has it now.</param>
/// <param name="Answered">Whether there was anything for it.</param>
/// <param name="Refused">Why there was no more: the log cannot be read, and the cursor waits where it is. Null if the client has all.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct KaiPending<T>(KaiCursor Cursor, T Answered, ChatRefusedException? Refused);

/// <summary>Writes answers to one client. A PDU is always written whole, and a client that does not read is not written to any further until it does.</summary>
internal sealed class KaiAnswerWriter(KaiConnection connection, PipeWriter output, ChatService chat, KaiPduCache pdus)
{
    /// <summary>Messages taken from the feed at a time.</summary>
    private const int Page = 64;

    /// <summary>PDUs written between two flushes: what Kestrel's output buffer (64 KiB) holds before it makes the writer wait.</summary>
    private const int PdusPerFlush = 28;

    private int _unflushed;

    private KaiByteOrder Order => connection.Order!.Value;

    /// <summary>Writes one PDU of the server without flushing.</summary>
    public void Write(in KaiPdu pdu)
    {
        var bytes = output.GetSpan(KaiPdu.Length)[..KaiPdu.Length];
        KaiPduCodec.Write(bytes, pdu, KaiSide.Server, Order);
        connection.Sent(bytes);
        output.Advance(KaiPdu.Length);
        _unflushed++;
    }

    /// <summary>Writes one PDU and flushes.</summary>
    public ValueTask SendAsync(in KaiPdu pdu)
    {
        Write(pdu);
        return FlushAsync();
    }

    /// <summary>Sends what is written. Waits if the client does not read; the heartbeat ends that wait with the connection.</summary>
    /// <exception cref="ConnectionAbortedException">The client is gone.</exception>
    public async ValueTask FlushAsync()
    {
        if (_unflushed == 0) return;
        _unflushed = 0;
        var flush = output.FlushAsync();
        if (!flush.IsCompleted) connection.BeginFlush();
        var result = await flush;
        connection.EndFlush();
        if (result.IsCompleted || result.IsCanceled) throw new ConnectionAbortedException("The client has closed its end.");
    }

    /// <summary>Writes all that the channel has for the client right now: one PDU for each line of each message, none of its own.</summary>
    public async ValueTask<KaiPending<bool>> WritePendingAsync(Channel channel, string spelling, KaiCursor cursor)
    {
        var any = false;
        // What is posted while this is being sent is for the next QUERY: an answer ends.
        var until = channel.Feed.LastSeq;
        while (cursor.Seq < until)
        {
            var (page, refused) = await ReadAsync(channel, cursor);
            if (refused is not null) return new(cursor, any, refused);
            if (page.Count == 0) break;
            foreach (var message in page)
            {
                var lines = LinesOf(cursor, message);
                cursor = new KaiCursor(message.Seq);
                if (IsOwn(message)) continue;
                foreach (var pdu in pdus.Encode(message, spelling, Order))
                {
                    if (lines-- > 0) continue;
                    output.Write(pdu);
                    connection.Sent(pdu);
                    any = true;
                    if (++_unflushed >= PdusPerFlush) await FlushAsync();
                }
            }
        }
        return new(cursor, any, Refused: null);
    }

    /// <summary>The oldest pending line, and as many more as fit behind it as further lines <c>[name]> text</c>, which is what the author's client prints.</summary>
    public async ValueTask<KaiPending<KaiPdu?>> FoldPendingAsync(Channel channel, string spelling, KaiCursor cursor)
    {
        string? sender = null;
        var text = new StringBuilder();
        while (true)
        {
            var (page, refused) = await ReadAsync(channel, cursor);
            if (page.Count == 0) return new(cursor, sender is null ? null : KaiPdu.Receive(sender, spelling, text.ToString()), refused);
            foreach (var message in page)
            {
                var author = message.Author.Name.Value;
                var lines = IsOwn(message) ? [] : NativeText.Render(NativeText.Of(message.Text, message.ReplyTo?.Author.Value)).Lines;
                for (var i = LinesOf(cursor, message); i < lines.Count; i++)
                {
                    var line = sender is null ? lines[i] : $"\n[{author}]> {lines[i]}";
                    if (text.Length + line.Length > KaiPdu.MaxTextLength) return new(new KaiCursor(message.Seq - 1, i), KaiPdu.Receive(sender!, spelling, text.ToString()), Refused: null);
                    sender ??= author;
                    text.Append(line);
                }
                cursor = new KaiCursor(message.Seq);
            }
        }
    }

    /// <summary>How many lines of the next message the client has; none if the one it has some of was removed.</summary>
    private static int LinesOf(KaiCursor cursor, ChatMessage next) => next.Seq == cursor.Seq + 1 ? cursor.Line : 0;

    private async ValueTask<(IReadOnlyList<ChatMessage> Page, ChatRefusedException? Refused)> ReadAsync(Channel channel, KaiCursor cursor)
    {
        try
        {
            return (await chat.ReadAfterAsync(channel, cursor.Seq, Page, CancellationToken.None), null);
        }
        catch (ChatRefusedException refused)
        {
            return ([], refused);
        }
    }

    /// <summary>By session, never by name: who wrote under the same name before is somebody else.</summary>
    private bool IsOwn(ChatMessage message) => message.Author.Session == connection.Session!.Id;
}
