using KaiChat.Server.Chat;
using KaiChat.Shared.KaiChat;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Protocols.KaiChat;

/// <summary>
/// Messages as PDUs, encoded once and shared by all clients that poll for them. A direct-mapped cache: a slot holds the message that was asked for last
/// among those that fall into it, so its size is bounded whatever clients do, and nothing has to be cleared up.
/// </summary>
internal sealed class KaiPduCache(IOptions<KaiChatOptions> options)
{
    /// <summary>
    /// PDUs of one message that are kept. Nearly every message has one; one of nothing but short lines has thousands, of 2260 bytes each, and a cache full of those
    /// would be the memory of the whole machine.
    /// </summary>
    private const int MostKept = 16;

    private readonly Entry?[] _slots = new Entry?[options.Value.EncodedMessages];

    /// <summary>A message's PDUs, one for each line a v1 client sees of it; none if nothing of it is visible to one.</summary>
    /// <param name="message">The message in its present state: a change makes another object of it, whose PDUs are made anew.</param>
    /// <param name="channel">The channel's name as the client spelt it: the author's client compares bytes.</param>
    /// <param name="order">The client's byte order.</param>
    public IEnumerable<byte[]> Encode(ChatMessage message, string channel, KaiByteOrder order)
    {
        ref var slot = ref _slots[(uint)HashCode.Combine(message.Conversation, message.Seq, order, channel) % _slots.Length];
        var entry = Volatile.Read(ref slot);
        if (entry is not null && ReferenceEquals(entry.Message, message) && entry.Order == order && entry.Channel == channel) return entry.Pdus;
        var author = message.Author.Name.Value;
        var lines = NativeText.Render(NativeText.Of(message.Text, message.ReplyTo?.Author.Value)).Lines;
        var encoded = lines.Select(line => Encode(KaiPdu.Receive(author, channel, line), order));
        // Made one by one, as they are sent.
        if (lines.Count > MostKept) return encoded;
        entry = new Entry(message, channel, order, [.. encoded]);
        Volatile.Write(ref slot, entry);
        return entry.Pdus;
    }

    /// <summary>One PDU from the server.</summary>
    public static byte[] Encode(in KaiPdu pdu, KaiByteOrder order)
    {
        var bytes = new byte[KaiPdu.Length];
        KaiPduCodec.Write(bytes, pdu, KaiSide.Server, order);
        return bytes;
    }

    private sealed record Entry(ChatMessage Message, string Channel, KaiByteOrder Order, IReadOnlyList<byte[]> Pdus);
}
