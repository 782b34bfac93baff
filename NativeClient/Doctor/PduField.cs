using KaiChat.Shared.KaiChat;

namespace KaiChat.NativeClient.Doctor;

/// <summary>Where the doctor looks into the bytes of a PDU, beyond what the codec makes of them (docs/protocols/kaichat.md, "The PDU").</summary>
internal static class PduField
{
    public static Range Prefix => ..256;

    public static Range Username => ..10;

    /// <summary>The space between the two columns.</summary>
    public const int Space = 10;

    public static Range Channel => 11..61;

    public static Range Command => 256..260;

    public static Range Parameters => 260..KaiPdu.Length;

    /// <summary>What counts of a text field: the bytes up to its first NUL, or all.</summary>
    public static ReadOnlySpan<byte> UpToNul(ReadOnlySpan<byte> field) => field.IndexOf((byte)0) is var end and >= 0 ? field[..end] : field;

    /// <summary>Whether something stands behind a text field's first NUL.</summary>
    public static bool HasGarbage(ReadOnlySpan<byte> field) => field[UpToNul(field).Length..].ContainsAnyExcept((byte)0);
}
