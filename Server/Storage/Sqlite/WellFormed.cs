using System.Text;

namespace KaiChat.Server.Storage.Sqlite;

/// <summary>Half a surrogate pair is legal in a <see cref="string"/> and in nothing else: it has no UTF-8.</summary>
internal static class WellFormed
{
    /// <summary>The text with U+FFFD for each half pair: what the log would answer when it is read again.</summary>
    public static string Text(string text) =>
        text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) : text;

    /// <summary>Whether the text is in the log as it is.</summary>
    public static bool Is(string text) => ReferenceEquals(text, Text(text)) || text == Text(text);
}
