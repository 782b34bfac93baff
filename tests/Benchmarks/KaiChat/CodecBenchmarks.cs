using System.Buffers;
using BenchmarkDotNet.Attributes;
using KaiChat.Shared.KaiChat;

namespace KaiChat.Benchmarks.KaiChat;

/// <summary>What a PDU costs on its way in and out, and a text on its way to native clients.</summary>
[MemoryDiagnoser]
public class CodecBenchmarks
{
    private const string Plain = "The quick brown fox jumps over the lazy dog, and a hundred characters are reached a little further on.";
    private const string Mixed = "Grüße aus Köln: “naïve” café – 20 € 👋🏽, Ελληνικά und 漢字 kommen auch vor, dann wieder schlichter Text.";

    private readonly byte[] _buffer = new byte[KaiPdu.Length];
    private ReadOnlySequence<byte> _whole;
    private ReadOnlySequence<byte> _split;

    [GlobalSetup]
    public void Encode()
    {
        var bytes = new byte[KaiPdu.Length];
        KaiPduCodec.Write(bytes, KaiPdu.Send(Plain), KaiSide.Client, KaiByteOrder.Little);
        _whole = new ReadOnlySequence<byte>(bytes);
        var first = new Segment(bytes.AsMemory(0, 1400));
        _split = new ReadOnlySequence<byte>(first, 0, first.Append(bytes.AsMemory(1400)), KaiPdu.Length - 1400);
    }

    [Benchmark]
    public KaiPdu Decode() => Read(_whole);

    [Benchmark]
    public KaiPdu Decode_split_over_two_packets() => Read(_split);

    [Benchmark]
    public void Encode_a_message() => KaiPduCodec.Write(_buffer, KaiPdu.Receive("ada", "@general", Plain), KaiSide.Server, KaiByteOrder.Little);

    [Benchmark]
    public NativeRendering Render_plain_text() => NativeText.Render(Plain);

    [Benchmark]
    public NativeRendering Render_text_that_needs_transliteration() => NativeText.Render(Mixed);

    private static KaiPdu Read(ReadOnlySequence<byte> input)
    {
        KaiByteOrder? order = KaiByteOrder.Little;
        return KaiPduCodec.TryRead(ref input, KaiSide.Client, ref order, out var pdu) ? pdu : throw new InvalidOperationException("No PDU.");
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory) => Memory = memory;

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory) { RunningIndex = RunningIndex + Memory.Length };
            Next = next;
            return next;
        }
    }
}
