using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Text;
using KaiChat.Server.Protocols.KaiChat;

namespace KaiChat.Server.Tests.Protocols;

/// <summary>PROXY protocol headers, right and wrong, whole and in pieces.</summary>
public sealed class ProxyHeaderTests
{
    private static readonly byte[] Signature = [0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A];
    private static readonly byte[] Tcp4 = [203, 0, 113, 5, 10, 0, 0, 1, 0x30, 0x39, 0x72, 0x10];
    private static readonly byte[] Tcp6 = [.. IPAddress.Parse("2001:db8::5").GetAddressBytes(), .. IPAddress.IPv6Loopback.GetAddressBytes(), 0x30, 0x39, 0x72, 0x10];

    public static TheoryData<string, string?> Good => new()
    {
        { Hex(Binary(0x21, 0x11, Tcp4)), "203.0.113.5:12345" },
        { Hex(Binary(0x21, 0x11, [.. Tcp4, 0x04, 0x00, 0x02, 0xAA, 0xBB])), "203.0.113.5:12345" },
        { Hex(Binary(0x21, 0x21, Tcp6)), "[2001:db8::5]:12345" },
        { Hex(Binary(0x21, 0x00, [])), null },
        { Hex(Binary(0x21, 0x00, [1, 2, 3])), null },
        { Hex(Binary(0x20, 0x00, [])), null },
        { Hex(Binary(0x20, 0x11, Tcp4)), null },
        { Hex(Binary(0x20, 0xFF, [9])), null },
        { Hex(Binary(0x21, 0x11, [.. Tcp4, .. new byte[ProxyHeader.MaxLength - 16 - 12]])), "203.0.113.5:12345" },
        { Hex("PROXY TCP4 203.0.113.5 10.0.0.1 12345 29200\r\n"u8), "203.0.113.5:12345" },
        { Hex("PROXY TCP6 2001:db8::5 ::1 12345 29200\r\n"u8), "[2001:db8::5]:12345" },
        { Hex("PROXY UNKNOWN\r\n"u8), null },
        { Hex("PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535\r\n"u8), null },
    };

    public static TheoryData<string> Bad => new()
    {
        Hex(Binary(0x22, 0x11, Tcp4)),
        Hex(Binary(0x11, 0x11, Tcp4)),
        Hex(Binary(0x21, 0x12, Tcp4)),
        Hex(Binary(0x21, 0x31, new byte[216])),
        Hex(Binary(0x21, 0x11, Tcp4[..^1])),
        Hex(Binary(0x21, 0x21, Tcp4)),
        Hex(Binary(0x21, 0x11, new byte[ProxyHeader.MaxLength])),
        Hex([0x0D, 0x0A, 0x0D, 0x0B]),
        Hex("PROXY \r\n"u8),
        Hex("PROXY TCP4\r\n"u8),
        Hex("PROXY TCP4 203.0.113.5 10.0.0.1 12345\r\n"u8),
        Hex("PROXY TCP4 203.0.113.5 10.0.0.1 12345 99999\r\n"u8),
        Hex("PROXY TCP4 203.0.113.5 10.0.0.1 +1 29200\r\n"u8),
        Hex("PROXY TCP4 2001:db8::5 ::1 12345 29200\r\n"u8),
        Hex("PROXY TCP6 203.0.113.5 10.0.0.1 12345 29200\r\n"u8),
        Hex("PROXY TCP4 someone 10.0.0.1 12345 29200\r\n"u8),
        Hex("PROXY UDP4 203.0.113.5 10.0.0.1 12345 29200\r\n"u8),
        Hex("POST / HTTP/1.1\r\n"u8),
        Hex(Encoding.ASCII.GetBytes("PROXY UNKNOWN " + new string('x', 200))),
    };

    [Theory]
    [MemberData(nameof(Good))]
    public void A_good_header_is_read_however_it_comes_and_nothing_behind_it(string hex, string? client)
    {
        byte[] header = Convert.FromHexString(hex), whole = [.. header, 0x16, 0x03, 0x01];
        for (var cut = 1; cut < header.Length; cut++)
        {
            var part = new ReadOnlySequence<byte>(header, 0, cut);
            Assert.Equal((ProxyHeaderResult.Incomplete, null, cut), (ProxyHeader.TryRead(ref part, out var none), none, (int)part.Length));
            var pieces = Split(whole, cut);
            Assert.Equal(ProxyHeaderResult.Complete, ProxyHeader.TryRead(ref pieces, out var found));
            Assert.Equal(client, found?.ToString());
            Assert.Equal([0x16, 0x03, 0x01], pieces.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_bad_header_is_refused_and_never_read_as_one(string hex)
    {
        var bytes = Convert.FromHexString(hex);
        for (var cut = 1; cut <= bytes.Length; cut++)
        {
            var part = new ReadOnlySequence<byte>(bytes, 0, cut);
            var result = ProxyHeader.TryRead(ref part, out _);
            Assert.Equal(cut, (int)part.Length);
            if (cut < bytes.Length) Assert.NotEqual(ProxyHeaderResult.Complete, result);
            else Assert.Equal(ProxyHeaderResult.Malformed, result);
        }
    }

    [Fact]
    public void No_protocol_of_the_port_begins_like_a_header()
    {
        Assert.False(ProxyHeader.BeginsWith(0x00));
        Assert.False(ProxyHeader.BeginsWith(0x16));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Nothing_breaks_it(int seed)
    {
        var random = new Random(seed);
        byte[][] bases = [Binary(0x21, 0x11, Tcp4), Binary(0x21, 0x21, Tcp6), Binary(0x20, 0, []), "PROXY TCP4 203.0.113.5 10.0.0.1 12345 29200\r\n"u8.ToArray()];
        for (var i = 0; i < 50_000; i++)
        {
            var bytes = (byte[])bases[random.Next(bases.Length)].Clone();
            for (var changes = random.Next(4); changes >= 0; changes--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            if (random.Next(3) == 0) Array.Resize(ref bytes, random.Next(1, 5_000));
            if (!ProxyHeader.BeginsWith(bytes[0])) continue;
            var buffer = Split(bytes, random.Next(1, bytes.Length + 1));
            var result = ProxyHeader.TryRead(ref buffer, out var client);
            // Complete takes a whole header and nothing else takes anything; waiting for more ends at the longest header.
            var taken = bytes.Length - (int)buffer.Length;
            Assert.True(result == ProxyHeaderResult.Complete ? taken is > 7 and <= ProxyHeader.MaxLength : taken == 0 && client is null);
            if (result == ProxyHeaderResult.Incomplete) Assert.InRange(bytes.Length, 1, ProxyHeader.MaxLength - 1);
        }
    }

    private static byte[] Binary(byte command, byte family, byte[] rest)
    {
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)rest.Length);
        return [.. Signature, command, family, .. length, .. rest];
    }

    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexString(bytes);

    private static ReadOnlySequence<byte> Split(byte[] bytes, int at)
    {
        var first = new Segment(bytes.AsMemory(0, at), 0);
        var last = first.Append(bytes.AsMemory(at));
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long index) => (Memory, RunningIndex) = (memory, index);

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
