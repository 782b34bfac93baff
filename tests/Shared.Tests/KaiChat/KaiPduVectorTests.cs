using System.Buffers;
using KaiChat.Shared.KaiChat;

namespace KaiChat.Shared.Tests.KaiChat;

public sealed class KaiPduVectorTests
{
    [Theory, MemberData(nameof(KaiVectors.All), MemberType = typeof(KaiVectors))]
    public void Decodes_the_same_wherever_the_bytes_are_split(string name)
    {
        var vector = KaiVectors.Get(name);
        for (var cut = 0; cut <= vector.Bytes.Length; cut++)
            AssertDecodes(vector, Segments.Of(vector.Bytes.AsMemory(0, cut), vector.Bytes.AsMemory(cut)));
    }

    [Theory, MemberData(nameof(KaiVectors.All), MemberType = typeof(KaiVectors))]
    public void Decodes_byte_by_byte(string name)
    {
        var vector = KaiVectors.Get(name);
        AssertDecodes(vector, Segments.ByteByByte(vector.Bytes));
    }

    [Theory, MemberData(nameof(KaiVectors.All), MemberType = typeof(KaiVectors))]
    public void Waits_untouched_for_the_rest_of_a_truncated_PDU(string name)
    {
        var vector = KaiVectors.Get(name);
        for (var length = 0; length < vector.Bytes.Length; length++)
        {
            var input = Segments.Of(vector.Bytes.AsMemory(0, length));
            var order = vector.OrderBefore;
            Assert.False(KaiPduCodec.TryRead(ref input, vector.From, ref order, out _));
            Assert.Equal(length, input.Length);
            Assert.Equal(vector.OrderBefore, order);
        }
    }

    [Theory, MemberData(nameof(KaiVectors.Canonical), MemberType = typeof(KaiVectors))]
    public void Encodes_byte_for_byte_over_whatever_the_buffer_held(string name)
    {
        var vector = KaiVectors.Get(name);
        var bytes = new byte[KaiPdu.Length + 1];
        bytes.AsSpan().Fill(0xCC);

        KaiPduCodec.Write(bytes, vector.Expected, vector.From, vector.Order);

        Assert.Equal(vector.Bytes, bytes[..KaiPdu.Length]);
        Assert.Equal(0xCC, bytes[^1]);
    }

    [Fact]
    public void Takes_several_PDUs_off_one_buffer_in_their_order()
    {
        var vectors = KaiVectors.List.Where(v => v is { From: KaiSide.Client, Order: KaiByteOrder.Little }).ToList();
        var truncated = vectors[0].Bytes.AsMemory(0, KaiPdu.Length - 1);
        var bytes = vectors.SelectMany(v => v.Bytes).Concat(truncated.ToArray()).ToArray();
        // 997 is prime: the pieces end at a different place in every PDU.
        var input = Segments.Of(bytes.Chunk(997).Select(piece => new ReadOnlyMemory<byte>(piece)));
        KaiByteOrder? order = null;

        foreach (var vector in vectors)
        {
            Assert.True(KaiPduCodec.TryRead(ref input, KaiSide.Client, ref order, out var pdu));
            Assert.Equal(vector.Expected, pdu);
        }

        Assert.False(KaiPduCodec.TryRead(ref input, KaiSide.Client, ref order, out _));
        Assert.Equal(truncated.ToArray(), input.ToArray());
    }

    private static void AssertDecodes(KaiVector vector, ReadOnlySequence<byte> input)
    {
        var order = vector.OrderBefore;
        Assert.True(KaiPduCodec.TryRead(ref input, vector.From, ref order, out var pdu));
        Assert.Equal(vector.Expected, pdu);
        Assert.Equal(vector.Order, order);
        Assert.True(input.IsEmpty);
    }
}
