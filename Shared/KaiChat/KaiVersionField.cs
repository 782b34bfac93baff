using System.Buffers.Binary;

namespace KaiChat.Shared.KaiChat;

/// <summary>
/// The number in VERSION_NEGOTIATION, which the paper (int16, big-endian, 1 to 256) and the author's programs (int32, little-endian) write
/// differently (docs/protocols/kaichat.md, "The version number").
/// </summary>
internal static class KaiVersionField
{
    /// <summary>The highest version that every layout can carry: 256 as an int32 of the author's is the same bytes as 1 as an int16 of the paper's.</summary>
    public const int Highest = 255;

    /// <summary>The highest version the paper allows.</summary>
    private const int PapersHighest = 256;

    /// <summary>
    /// The first of int32 little-endian, int16 big-endian, int32 big-endian that is a version; 0 if none is. From a client, a version is one that
    /// this project speaks, since it selects; from a server, any that the paper allows, since it offers.
    /// </summary>
    public static int Read(ReadOnlySpan<byte> field, KaiSide from)
    {
        var authors = BinaryPrimitives.ReadInt32LittleEndian(field);
        var papers = BinaryPrimitives.ReadInt16BigEndian(field);
        var wide = BinaryPrimitives.ReadInt32BigEndian(field);
        var highest = from == KaiSide.Client ? KaiPdu.HighestVersion : PapersHighest;
        if (authors >= 1 && authors <= Math.Min(highest, Highest)) return authors;
        if (papers >= 1 && papers <= highest) return papers;
        return wide >= 1 && wide <= highest ? wide : 0;
    }

    /// <summary>
    /// Writes a version so that both schools read it: little-endian as the author's int32, whose low byte is all his programs look at; big-endian as the
    /// paper's int16 from a server, as an int32 from a client, whose server reads the field in the order that the connection has.
    /// </summary>
    /// <param name="field">At least 4 bytes, zeroed.</param>
    /// <exception cref="ArgumentException">The version is not 1 to <see cref="Highest"/>.</exception>
    public static void Write(Span<byte> field, int version, KaiSide from, KaiByteOrder order)
    {
        if (version is < 1 or > Highest)
            throw new ArgumentException($"A version is 1 to {Highest}, not {version}.", nameof(version));
        var place = (order, from) switch
        {
            (KaiByteOrder.Little, _) => 0,
            (_, KaiSide.Server) => 1,
            _ => 3,
        };
        field[place] = (byte)version;
    }
}
