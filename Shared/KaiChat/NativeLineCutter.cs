namespace KaiChat.Shared.KaiChat;

/// <summary>Cuts a line into the pieces that fit a PDU, between words where possible. The pieces put together are the line.</summary>
internal static class NativeLineCutter
{
    /// <param name="line">Printable ASCII, not blank.</param>
    /// <param name="pieces">Receives the pieces, each 1 to <see cref="KaiPdu.MaxTextLength"/> characters.</param>
    public static void Cut(string line, List<string> pieces)
    {
        var start = 0;
        while (line.Length - start > KaiPdu.MaxTextLength)
        {
            var length = LengthOfPiece(line.AsSpan(start));
            pieces.Add(line.Substring(start, length));
            start += length;
        }

        pieces.Add(start == 0 ? line : line[start..]);
    }

    /// <summary>A space stays with the piece it follows, unless the piece is full to the last character.</summary>
    private static int LengthOfPiece(ReadOnlySpan<char> rest)
    {
        var piece = rest[..KaiPdu.MaxTextLength];
        if (rest[KaiPdu.MaxTextLength] == ' ') return piece.Length;
        var space = piece.LastIndexOf(' ');
        // Indentation alone would be a blank PDU: rather cut the word behind it.
        return piece[..(space + 1)].ContainsAnyExcept(' ') ? space + 1 : piece.Length;
    }
}
