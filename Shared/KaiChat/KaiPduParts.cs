namespace KaiChat.Shared.KaiChat;

/// <summary>All bytes of a PDU by kind: what fields hold, and between them zeros or garbage.</summary>
internal static class KaiPduParts
{
    /// <param name="fields">In order of their offsets.</param>
    /// <param name="hidden">The one whose content is not to be seen; null if there is none.</param>
    public static List<KaiPart> Of(ReadOnlySpan<byte> frame, List<KaiField> fields, KaiField? hidden)
    {
        List<KaiPart> parts = [];
        var at = 0;
        foreach (var field in fields)
        {
            AddBetween(parts, frame, at, field.Offset);
            if (field.Length > 0) parts.Add(new(ReferenceEquals(field, hidden) ? KaiPartKind.Hidden : KaiPartKind.Content, field.Offset, field.Length, field.Name));
            at = field.Offset + field.Length;
        }
        AddBetween(parts, frame, at, KaiPdu.Length);
        return parts;
    }

    /// <summary>One part, as what it is: it is garbage as a whole if it has anything but zeros.</summary>
    private static void AddBetween(List<KaiPart> parts, ReadOnlySpan<byte> frame, int from, int to)
    {
        if (from == to) return;
        var between = frame[from..to];
        parts.Add(new(between.ContainsAnyExcept((byte)0) ? KaiPartKind.Garbage : KaiPartKind.Zeros, from, to - from, Field: null));
    }
}
