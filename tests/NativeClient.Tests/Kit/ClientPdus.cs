using System.Buffers.Binary;
using KaiChat.Shared.KaiChat;

namespace KaiChat.NativeClient.Tests.Kit;

/// <summary>The bytes of a client, right or wrong.</summary>
internal static class ClientPdus
{
    public static byte[] Of(KaiPdu pdu, KaiByteOrder order = KaiByteOrder.Little)
    {
        var bytes = new byte[KaiPdu.Length];
        KaiPduCodec.Write(bytes, pdu, KaiSide.Client, order);
        return bytes;
    }

    /// <summary>A PDU of nothing but a command word.</summary>
    public static byte[] Word(int word)
    {
        var bytes = new byte[KaiPdu.Length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(256), word);
        return bytes;
    }

    /// <summary>The PDU with other bytes at a place.</summary>
    public static byte[] With(this byte[] pdu, int at, params byte[] bytes)
    {
        bytes.CopyTo(pdu, at);
        return pdu;
    }
}
