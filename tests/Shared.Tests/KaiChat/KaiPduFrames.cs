using System.Text;
using KaiChat.Shared.KaiChat;

namespace KaiChat.Shared.Tests.KaiChat;

/// <summary>PDUs put together by hand, for what the vectors do not hold.</summary>
internal static class KaiPduFrames
{
    public static byte[] Frame(int littleEndianCommand, string prefix = "", string parameters = "")
    {
        var frame = new byte[KaiPdu.Length];
        Encoding.Latin1.GetBytes(prefix, frame);
        BitConverter.TryWriteBytes(frame.AsSpan(256), littleEndianCommand);
        Encoding.Latin1.GetBytes(parameters, frame.AsSpan(260));
        return frame;
    }

    public static KaiPdu Decode(byte[] frame, KaiSide from = KaiSide.Client, KaiByteOrder? order = KaiByteOrder.Little)
    {
        var input = Segments.Of(frame);
        Assert.True(KaiPduCodec.TryRead(ref input, from, ref order, out var pdu));
        Assert.True(input.IsEmpty);
        return pdu;
    }
}
