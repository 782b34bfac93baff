using System.Buffers;
using System.Buffers.Binary;
using KaiChat.Shared.KaiChat;

namespace KaiChat.NativeClient.Doctor;

/// <summary>One PDU of a session.</summary>
/// <param name="Number">Its place in the session, both directions counted; from 1.</param>
/// <param name="At">Since the connection was accepted.</param>
/// <param name="Bytes">All of it.</param>
/// <param name="State">The client's state before it.</param>
internal abstract record TraceEntry(int Number, TimeSpan At, byte[] Bytes, DoctorState State);

/// <summary>What the doctor said.</summary>
/// <param name="Pdu">What the bytes say.</param>
/// <param name="Trial">What it was for.</param>
internal sealed record ServerEntry(int Number, TimeSpan At, byte[] Bytes, DoctorState State, KaiPdu Pdu, Trial Trial) : TraceEntry(Number, At, Bytes, State);

/// <summary>What the client said, read as leniently as possible: a command in the wrong byte order counts as what was meant.</summary>
/// <param name="Word">The command word in the session's byte order.</param>
/// <param name="Command">The command; null if the word is none in either order.</param>
/// <param name="WrongOrder">The word is a command in the other byte order only.</param>
/// <param name="Pdu">The fields as the server's codec reads them.</param>
internal sealed record ClientEntry(
    int Number, TimeSpan At, byte[] Bytes, DoctorState State, int Word, KaiCommand? Command, bool WrongOrder, KaiPdu Pdu) : TraceEntry(Number, At, Bytes, State)
{
    public ReadOnlySpan<byte> Prefix => Bytes.AsSpan(PduField.Prefix);

    public ReadOnlySpan<byte> Parameters => Bytes.AsSpan(PduField.Parameters);

    /// <summary>The text, or name, that stands in the parameters.</summary>
    public ReadOnlySpan<byte> Text => PduField.UpToNul(Parameters);

    /// <param name="order">The session's byte order.</param>
    public static ClientEntry Read(int number, TimeSpan at, byte[] bytes, DoctorState state, KaiByteOrder order)
    {
        var word = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(PduField.Command));
        if (order == KaiByteOrder.Big) word = BinaryPrimitives.ReverseEndianness(word);
        var wrongOrder = !IsCommand(word) && IsCommand(BinaryPrimitives.ReverseEndianness(word));
        KaiCommand? command = IsCommand(word) ? (KaiCommand)word : wrongOrder ? (KaiCommand)BinaryPrimitives.ReverseEndianness(word) : null;
        return new ClientEntry(number, at, bytes, state, word, command, wrongOrder, Decode(bytes, wrongOrder ? Other(order) : order));
    }

    public static bool IsCommand(int word) => Enum.IsDefined((KaiCommand)word);

    private static KaiByteOrder Other(KaiByteOrder order) => order == KaiByteOrder.Little ? KaiByteOrder.Big : KaiByteOrder.Little;

    private static KaiPdu Decode(byte[] bytes, KaiByteOrder order)
    {
        var input = new ReadOnlySequence<byte>(bytes);
        KaiByteOrder? settled = order;
        KaiPduCodec.TryRead(ref input, KaiSide.Client, ref settled, out var pdu);
        return pdu;
    }
}
