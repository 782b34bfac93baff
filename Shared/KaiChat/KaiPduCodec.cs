using System.Buffers;

namespace KaiChat.Shared.KaiChat;

/// <summary>
/// Bytes to PDUs and back (docs/protocols/kaichat.md, "The PDU"). Pure: no socket, no clock, no state but the byte order that the caller keeps for
/// its connection. A PDU without names, text or version is read without allocating.
/// </summary>
public static class KaiPduCodec
{
    /// <summary>
    /// Takes one PDU off the front of <paramref name="input"/>. Three outcomes: false, not enough bytes yet, nothing consumed; true, one PDU, consumed;
    /// <see cref="KaiFormatException"/>, impossible input, nothing consumed.
    /// </summary>
    /// <param name="input">The bytes received; moved past the PDU on success.</param>
    /// <param name="from">Who wrote them.</param>
    /// <param name="order">The connection's byte order; null before the first PDU, which settles it.</param>
    /// <param name="pdu">The PDU; meaningless unless the result is true.</param>
    /// <exception cref="KaiFormatException">The first PDU is no PING in either byte order, or a later one contradicts the order it settled.</exception>
    public static bool TryRead(ref ReadOnlySequence<byte> input, KaiSide from, ref KaiByteOrder? order, out KaiPdu pdu)
    {
        if (input.Length < KaiPdu.Length)
        {
            pdu = default;
            return false;
        }

        var frame = input.Slice(0, KaiPdu.Length);
        pdu = frame.IsSingleSegment ? KaiPduDecoder.Decode(frame.FirstSpan, from, ref order) : DecodeSplit(frame, from, ref order);
        input = input.Slice(frame.End);
        return true;
    }

    /// <summary>Writes one PDU, zeroing everything that is not a field's content.</summary>
    /// <param name="destination">At least <see cref="KaiPdu.Length"/> bytes.</param>
    /// <param name="pdu">The PDU; names beyond their columns and texts beyond <see cref="KaiPdu.MaxTextLength"/> bytes are refused.</param>
    /// <param name="from">Who speaks.</param>
    /// <param name="order">The connection's byte order.</param>
    /// <exception cref="ArgumentException">A field does not fit, or holds what its encoding cannot carry, such as a NUL.</exception>
    public static void Write(Span<byte> destination, in KaiPdu pdu, KaiSide from, KaiByteOrder order)
    {
        if (destination.Length < KaiPdu.Length)
            throw new ArgumentException($"A PDU needs {KaiPdu.Length} bytes.", nameof(destination));
        KaiPduEncoder.Encode(destination[..KaiPdu.Length], pdu, from, order);
    }

    private static KaiPdu DecodeSplit(in ReadOnlySequence<byte> frame, KaiSide from, ref KaiByteOrder? order)
    {
        Span<byte> whole = stackalloc byte[KaiPdu.Length];
        frame.CopyTo(whole);
        return KaiPduDecoder.Decode(whole, from, ref order);
    }
}
