using System.Text;
using System.Text.Unicode;

namespace KaiChat.Shared.KaiChat;

/// <summary>Text as version 1 peers send it (docs/protocols/kaichat.md, "Text").</summary>
public static class KaiText
{
    /// <summary>
    /// Windows-1252 from 0x80 to 0x9F, where it differs from Latin-1. Its five unassigned bytes are read as the control characters of those numbers, as
    /// the WHATWG Encoding Standard does; <see cref="WithoutControls"/> drops them.
    /// </summary>
    private const string Windows1252 =
        "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F" +
        "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    /// <summary>
    /// Reads bytes as UTF-8 if they are valid UTF-8, else as Windows-1252: the protocol says ASCII, but the author's client sends what its console's code
    /// page yields. Never fails.
    /// </summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes)) return Encoding.UTF8.GetString(bytes);
        return string.Create(bytes.Length, bytes, static (text, source) =>
        {
            for (var i = 0; i < text.Length; i++)
                text[i] = source[i] is >= 0x80 and <= 0x9F ? Windows1252[source[i] - 0x80] : (char)source[i];
        });
    }

    /// <summary>
    /// The text without control characters (C0, DEL, C1), tab excepted: none of them means anything in a line of chat, and some command a terminal. The
    /// same string if it holds none.
    /// </summary>
    public static string WithoutControls(string text)
    {
        var first = 0;
        while (first < text.Length && !IsDropped(text[first])) first++;
        if (first == text.Length) return text;

        var kept = new StringBuilder(text.Length).Append(text, 0, first);
        foreach (var character in text.AsSpan(first))
        {
            if (!IsDropped(character)) kept.Append(character);
        }

        return kept.ToString();
    }

    private static bool IsDropped(char character) => char.IsControl(character) && character != '\t';
}
