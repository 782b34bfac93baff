using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using KaiChat.Server.Connections;

namespace KaiChat.Server.Protocols.KaiChat;

/// <summary>What came of looking for a PROXY protocol header.</summary>
internal enum ProxyHeaderResult
{
    /// <summary>It may be one, but is not whole yet.</summary>
    Incomplete,

    /// <summary>It is whole.</summary>
    Complete,

    /// <summary>It begins like one and is none.</summary>
    Malformed,
}

/// <summary>
/// The header that a TCP proxy puts in front of a connection to tell whose it is (HAProxy, doc/proxy-protocol.txt, section 2): version 2, which is binary, and version 1,
/// a line of text, since nginx writes no other.
/// </summary>
internal static class ProxyHeader
{
    /// <summary>The longest binary header that is taken, in bytes: more than addresses and the common extensions need.</summary>
    public const int MaxLength = 4096;

    /// <summary>The longest line there can be, its end included.</summary>
    public const int MaxLineLength = 107;

    private const int FixedLength = 16;
    private const byte Local = 0x20;
    private const byte Proxied = 0x21;

    private static ReadOnlySpan<byte> Signature => [0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A];

    private static ReadOnlySpan<byte> LineBegin => "PROXY "u8;

    /// <summary>Whether a connection that begins so has a header in front. No PDU begins so (0x00), and no TLS handshake (0x16).</summary>
    public static bool BeginsWith(byte first) => first == Signature[0] || first == LineBegin[0];

    /// <summary>Takes a header off the front, extensions and all.</summary>
    /// <param name="buffer">What the peer has sent, at least a byte; when complete, what follows the header.</param>
    /// <param name="client">Who the proxy says it is; null if it speaks for itself (LOCAL), or does not know.</param>
    public static ProxyHeaderResult TryRead(ref ReadOnlySequence<byte> buffer, out IPEndPoint? client) =>
        buffer.FirstSpan[0] == LineBegin[0] ? TryReadLine(ref buffer, out client) : TryReadBinary(ref buffer, out client);

    private static ProxyHeaderResult TryReadBinary(ref ReadOnlySequence<byte> buffer, out IPEndPoint? client)
    {
        client = null;
        Span<byte> head = stackalloc byte[FixedLength];
        head = head[..(int)Math.Min(FixedLength, buffer.Length)];
        buffer.Slice(0, head.Length).CopyTo(head);
        if (!Signature.StartsWith(head[..Math.Min(head.Length, Signature.Length)])) return ProxyHeaderResult.Malformed;
        if (head.Length > Signature.Length && head[Signature.Length] is not (Local or Proxied)) return ProxyHeaderResult.Malformed;
        if (head.Length < FixedLength) return ProxyHeaderResult.Incomplete;

        var (isLocal, length) = (head[Signature.Length] == Local, BinaryPrimitives.ReadUInt16BigEndian(head[14..]));
        if (FixedLength + length > MaxLength) return ProxyHeaderResult.Malformed;
        // A proxy that speaks for itself may put there what it likes.
        var addressLength = isLocal ? 0 : AddressLength(head[13]);
        var pair = addressLength is > 0 ? addressLength * 2 + 4 : addressLength;
        if (pair is null || length < pair) return ProxyHeaderResult.Malformed;
        if (buffer.Length < FixedLength + length) return ProxyHeaderResult.Incomplete;
        if (addressLength is { } size and > 0)
        {
            Span<byte> addresses = stackalloc byte[36];
            addresses = addresses[..(size * 2 + 4)];
            buffer.Slice(FixedLength, addresses.Length).CopyTo(addresses);
            client = new IPEndPoint(new IPAddress(addresses[..size]), BinaryPrimitives.ReadUInt16BigEndian(addresses[(size * 2)..]));
        }
        buffer = buffer.Slice(FixedLength + length);
        return ProxyHeaderResult.Complete;
    }

    /// <summary>Bytes of one address by family and transport; 0 if the proxy does not know it; null if it is none that a TCP connection can have.</summary>
    private static int? AddressLength(byte family) => family switch
    {
        0x00 => 0,
        0x11 => 4,
        0x21 => 16,
        _ => null,
    };

    private static ProxyHeaderResult TryReadLine(ref ReadOnlySequence<byte> buffer, out IPEndPoint? client)
    {
        client = null;
        Span<byte> head = stackalloc byte[MaxLineLength];
        head = head[..(int)Math.Min(MaxLineLength, buffer.Length)];
        buffer.Slice(0, head.Length).CopyTo(head);
        if (!LineBegin.StartsWith(head[..Math.Min(head.Length, LineBegin.Length)])) return ProxyHeaderResult.Malformed;
        var end = head.IndexOf("\r\n"u8);
        if (end < 0) return head.Length < MaxLineLength ? ProxyHeaderResult.Incomplete : ProxyHeaderResult.Malformed;
        var words = Encoding.ASCII.GetString(head[..end]).Split(' ');
        if (words[1] != "UNKNOWN")
        {
            AddressFamily? family = words[1] switch { "TCP4" => AddressFamily.InterNetwork, "TCP6" => AddressFamily.InterNetworkV6, _ => null };
            if (words.Length != 6 || family is null || !IsAddress(words[2], family.Value, out var address) || !IsAddress(words[3], family.Value, out _)) return ProxyHeaderResult.Malformed;
            if (!IsPort(words[4], out var port) || !IsPort(words[5], out _)) return ProxyHeaderResult.Malformed;
            client = new IPEndPoint(address!, port);
        }
        buffer = buffer.Slice(end + 2);
        return ProxyHeaderResult.Complete;
    }

    private static bool IsAddress(string word, AddressFamily family, out IPAddress? address) =>
        (address = AddressText.Parse(word))?.AddressFamily == family;

    private static bool IsPort(string word, out ushort port) => ushort.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out port);
}
