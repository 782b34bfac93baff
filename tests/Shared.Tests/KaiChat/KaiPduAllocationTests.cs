using System.Buffers;
using KaiChat.Shared.KaiChat;

namespace KaiChat.Shared.Tests.KaiChat;

public sealed class KaiPduAllocationTests
{
    [Theory]
    [InlineData("query")]
    [InlineData("ping-le")]
    [InlineData("leave")]
    [InlineData("quit")]
    [InlineData("version-select-author")]
    public void Reading_a_PDU_without_text_allocates_nothing(string name)
    {
        var bytes = KaiVectors.Get(name).Bytes;
        AssertAllocatesNothing(Segments.Of(bytes));
        AssertAllocatesNothing(Segments.Of(bytes.AsMemory(0, 1000), bytes.AsMemory(1000)));
    }

    private static void AssertAllocatesNothing(ReadOnlySequence<byte> bytes)
    {
        Read(bytes); // what the first call sets up
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) Read(bytes);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static void Read(ReadOnlySequence<byte> bytes)
    {
        KaiByteOrder? order = KaiByteOrder.Little;
        if (!KaiPduCodec.TryRead(ref bytes, KaiSide.Client, ref order, out _)) Assert.Fail("The PDU is whole.");
    }
}
