using System.Text;

namespace KaiChat.NativeClient.Doctor;

/// <summary>
/// A stranger's bytes for a screen or a report: printable ASCII as it is, everything else as <c>\x1B</c>. Nothing of a peer commands a terminal, and whoever
/// wrote the client sees the very bytes it sent.
/// </summary>
internal static class VisibleBytes
{
    /// <summary>The most bytes shown of one field.</summary>
    private const int Most = 72;

    /// <summary>In quotes, cut behind <see cref="Most"/> bytes with a word about the rest.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        var shown = new StringBuilder("\"");
        foreach (var value in bytes[..Math.Min(bytes.Length, Most)])
        {
            if (value is (byte)'\\' or (byte)'"') shown.Append('\\').Append((char)value);
            else if (value is >= (byte)' ' and <= (byte)'~') shown.Append((char)value);
            else shown.Append($"\\x{value:X2}");
        }

        shown.Append('"');
        return bytes.Length > Most ? $"{shown}... ({bytes.Length} bytes)" : shown.ToString();
    }

    /// <param name="latin1">A name as the codec reads it: one character a byte.</param>
    public static string Of(string latin1) => Of(Encoding.Latin1.GetBytes(latin1));

    /// <summary>As pairs of hex digits with spaces.</summary>
    public static string Hex(ReadOnlySpan<byte> bytes) => string.Join(' ', bytes.ToArray().Select(value => value.ToString("x2")));
}
