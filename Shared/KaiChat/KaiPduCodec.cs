using System.Buffers;

namespace KaiChat.Shared.KaiChat;

/// <summary>
/// Bytes to PDUs and back (docs/protocols/kaichat.md, "The PDU"). Pure: no socket, no clock, no state but the byte order that the caller keeps for
/// its connection.
/// </summary>
public static class KaiPduCodec
{
    /// <summary>
    /// Takes one PDU off the front of <paramref name="input"/>. Three outcomes: false, not enough bytes yet, nothing consumed; true, one PDU, consumed;
    /// <see cref="KaiFormatException"/>, impossible input.
    /// </summary>
    /// <param name="input">The bytes received; moved past the PDU on success.</param>
    /// <param name="from">Who wrote them.</param>
    /// <param name="order">The connection's byte order; null before the first PDU, which settles it.</param>
    /// <param name="pdu">The PDU.</param>
    /// <exception cref="KaiFormatException">The first PDU is no PING in either byte order, or a later one contradicts the order it settled.</exception>
    public static bool TryRead(ref ReadOnlySequence<byte> input, KaiSide from, ref KaiByteOrder? order, out KaiPdu pdu) =>
        throw new NotSupportedException();

    /// <summary>Writes one PDU, zeroing everything that is not a field's content.</summary>
    /// <param name="destination">At least <see cref="KaiPdu.Length"/> bytes.</param>
    /// <param name="pdu">The PDU; names beyond their columns and texts beyond <see cref="KaiPdu.MaxTextLength"/> bytes are refused.</param>
    /// <param name="from">Who speaks.</param>
    /// <param name="order">The connection's byte order.</param>
    /// <exception cref="ArgumentException">A field does not fit.</exception>
    public static void Write(Span<byte> destination, in KaiPdu pdu, KaiSide from, KaiByteOrder order) => throw new NotSupportedException();
}
