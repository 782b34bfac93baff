using System.Text;
using KaiChat.Shared.KaiChat;

namespace KaiChat.NativeClient.Conversation;

/// <summary>
/// What a user types, as PDUs can carry it: UTF-8 without control characters, cut between words where it is longer than one PDU. (The protocol says
/// ASCII; a KaiChat.Web server reads UTF-8 and shows ASCII to its v1 clients.)
/// </summary>
internal static class OutgoingText
{
    /// <summary>The texts to send, each 1 to <see cref="KaiPdu.MaxTextLength"/> bytes; none if nothing visible is left of the line.</summary>
    public static IEnumerable<string> Pieces(string line)
    {
        // Halves of characters, which a terminal or a file can produce, become U+FFFD on their way through the runes.
        var text = string.Concat(KaiText.WithoutControls(line).EnumerateRunes());
        return string.IsNullOrWhiteSpace(text) ? [] : Cut(text);
    }

    private static IEnumerable<string> Cut(string text)
    {
        var start = 0;
        while (start < text.Length)
        {
            var length = LengthOfPiece(text.AsSpan(start));
            var piece = text.Substring(start, length);
            start += length;
            if (!string.IsNullOrWhiteSpace(piece)) yield return piece;
        }
    }

    private static int LengthOfPiece(ReadOnlySpan<char> rest)
    {
        var (length, bytes, behindSpace) = (0, 0, 0);
        foreach (var rune in rest.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > KaiPdu.MaxTextLength) return behindSpace > 0 ? behindSpace : length;
            length += rune.Utf16SequenceLength;
            if (Rune.IsWhiteSpace(rune)) behindSpace = length;
        }

        return length;
    }
}
