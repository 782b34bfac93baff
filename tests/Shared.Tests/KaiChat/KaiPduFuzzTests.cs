using System.Buffers.Binary;
using KaiChat.Shared.KaiChat;

namespace KaiChat.Shared.Tests.KaiChat;

/// <summary>
/// Whatever arrives, the codec answers with a PDU or a <see cref="KaiFormatException"/>, the same however the bytes are split and whatever lies behind
/// them. Seeds are fixed, so that a failure comes back; a finding goes into tests/Vectors/corpus.
/// </summary>
public sealed class KaiPduFuzzTests
{
    private static readonly KaiByteOrder?[] Orders = [null, KaiByteOrder.Little, KaiByteOrder.Big];

    public static TheoryData<string> Corpus =>
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Vectors", "corpus"), "kaichat-*.bin").Select(file => Path.GetFileName(file)!).Order()];

    [Theory, MemberData(nameof(Corpus))]
    public void The_corpus_does_no_harm(string file) =>
        AssertHarmless(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Vectors", "corpus", file)));

    [Theory, MemberData(nameof(Corpus))]
    public void The_corpus_does_no_harm_under_every_command(string file)
    {
        var frame = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Vectors", "corpus", file));
        for (var command = -1; command <= 9; command++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(256), command);
            AssertHarmless(frame);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(29200)]
    [InlineData(2260)]
    public void Random_bytes_do_no_harm(int seed)
    {
        var random = new Random(seed);
        var frame = new byte[KaiPdu.Length];
        for (var round = 0; round < 2000; round++)
        {
            random.NextBytes(frame);
            // Random words are hardly ever commands: let most rounds reach the fields behind one.
            if (round % 4 != 0) BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(256), random.Next(0, 10));
            AssertHarmless(frame);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(29200)]
    [InlineData(2260)]
    public void Mutated_vectors_do_no_harm(int seed)
    {
        var random = new Random(seed);
        foreach (var vector in KaiVectors.List)
        {
            for (var round = 0; round < 100; round++)
            {
                var frame = vector.Bytes.ToArray();
                for (var change = random.Next(1, 20); change > 0; change--) Mutate(frame, random);
                AssertHarmless(frame);
            }
        }
    }

    private static void Mutate(byte[] frame, Random random)
    {
        // Fields stand at the front of the prefix and of the parameters: that is where a change means something.
        var at = random.Next(3) switch { 0 => random.Next(64), 1 => 256 + random.Next(32), _ => random.Next(frame.Length) };
        switch (random.Next(4))
        {
            case 0: frame[at] ^= (byte)(1 << random.Next(8)); break;
            case 1: frame[at] = (byte)random.Next(256); break;
            case 2: frame[at] = "\0 @\u0001\u001B\u0080\u00C3\u00FF"u8[random.Next(8)]; break;
            default: frame.AsSpan(at, Math.Min(random.Next(1, 300), frame.Length - at)).Fill((byte)random.Next(256)); break;
        }
    }

    private static void AssertHarmless(byte[] frame)
    {
        foreach (var from in Enum.GetValues<KaiSide>())
        {
            foreach (var order in Orders)
            {
                var alone = Outcome([frame], from, order);
                Assert.Equal(alone, Outcome([frame, new byte[] { 0xFF, 0x40, 0x20 }], from, order));
                Assert.Equal(alone, Outcome([frame.AsMemory(0, 11), frame.AsMemory(11, 250), frame.AsMemory(261), new byte[300]], from, order));
            }
        }
    }

    /// <summary>The PDU and the order, or the field at fault; anything but these fails the test.</summary>
    private static string Outcome(ReadOnlyMemory<byte>[] pieces, KaiSide from, KaiByteOrder? order)
    {
        var input = Segments.Of(pieces);
        var behind = input.Length - KaiPdu.Length;
        try
        {
            Assert.True(KaiPduCodec.TryRead(ref input, from, ref order, out var pdu));
            Assert.Equal(behind, input.Length);
            return $"{order}: {pdu}";
        }
        catch (KaiFormatException fault)
        {
            Assert.Equal(behind + KaiPdu.Length, input.Length);
            return $"{order}: bad {fault.Field}";
        }
    }
}
