using System.Text.Unicode;
using KaiChat.Shared.KaiChat;
using static KaiChat.NativeClient.Doctor.Observation;

namespace KaiChat.NativeClient.Doctor;

/// <summary>What a client says in SEND_MESSAGE.</summary>
internal static class TextChecks
{
    public static IEnumerable<Observation> EndsInNul(Trace trace) => Texts(trace).Select(pdu => pdu.Text.Length < pdu.Parameters.Length
        ? Kept(pdu, $"{pdu.Text.Length} bytes")
        : Broken(pdu, $"{pdu.Text.Length} bytes without a NUL"));

    public static IEnumerable<Observation> NotEmpty(Trace trace) => Texts(trace).Select(pdu =>
        pdu.Text.IsEmpty ? Broken(pdu, "no text; it is ignored") : Kept(pdu, $"{pdu.Text.Length} bytes"));

    public static IEnumerable<Observation> NoControls(Trace trace) => Texts(trace).Select(pdu =>
        KaiText.WithoutControls(pdu.Pdu.Text) == pdu.Pdu.Text ? Kept(pdu, "none") : Broken(pdu, VisibleBytes.Of(pdu.Text)));

    public static IEnumerable<Observation> Encoding(Trace trace) => Texts(trace).Select(pdu => NameOf(pdu.Text) is var name && name == Ascii
        ? Kept(pdu, name)
        : Noted(pdu, $"{name}: {VisibleBytes.Of(pdu.Text)}; other native clients see it as ASCII"));

    /// <summary>How servers read the bytes of a text.</summary>
    public static string NameOf(ReadOnlySpan<byte> text) =>
        !text.ContainsAnyExceptInRange((byte)0, (byte)0x7F) ? Ascii : Utf8.IsValid(text) ? "UTF-8" : "Windows-1252";

    private const string Ascii = "ASCII";

    private static IEnumerable<ClientEntry> Texts(Trace trace) => trace.Of(KaiCommand.SendMessage);
}
