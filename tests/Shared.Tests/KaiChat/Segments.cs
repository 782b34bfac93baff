using System.Buffers;

namespace KaiChat.Shared.Tests.KaiChat;

/// <summary>Bytes as a pipe hands them over: in as many pieces as they came in.</summary>
internal sealed class Segments : ReadOnlySequenceSegment<byte>
{
    private Segments(ReadOnlyMemory<byte> memory, Segments? before)
    {
        Memory = memory;
        if (before is null) return;
        RunningIndex = before.RunningIndex + before.Memory.Length;
        before.Next = this;
    }

    public static ReadOnlySequence<byte> Of(params IEnumerable<ReadOnlyMemory<byte>> pieces)
    {
        Segments? first = null, last = null;
        foreach (var piece in pieces)
        {
            last = new Segments(piece, last);
            first ??= last;
        }

        return first is null ? ReadOnlySequence<byte>.Empty : new ReadOnlySequence<byte>(first, 0, last!, last!.Memory.Length);
    }

    public static ReadOnlySequence<byte> ByteByByte(ReadOnlyMemory<byte> bytes) =>
        Of(Enumerable.Range(0, bytes.Length).Select(i => bytes.Slice(i, 1)));
}
