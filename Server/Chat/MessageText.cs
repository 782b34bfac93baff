using System.Text;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Chat;

/// <summary>The one form in which texts enter the log, whatever front-end they come from.</summary>
internal static class MessageText
{
    /// <summary>
    /// Line breaks become <c>\n</c>, other control characters but tab vanish, unpaired surrogates become U+FFFD, white space at the end and empty lines at the
    /// beginning are dropped.
    /// </summary>
    /// <exception cref="ChatRefusedException">
    /// Nothing is left, or more than <see cref="LimitsOptions.MaxTextLength"/> UTF-16 code units or <see cref="LimitsOptions.MaxLines"/> lines.
    /// </exception>
    public static string Normalize(string? text, LimitsOptions limits)
    {
        var normal = Trim(IsClean(text) ? text! : Clean(text!));
        if (normal.Length == 0) throw new ChatRefusedException(ErrorCodes.TextEmpty, "The message is empty: nothing was posted.");
        if (normal.Length > limits.MaxTextLength)
        {
            throw new ChatRefusedException(
                ErrorCodes.TextTooLong, $"The message has {normal.Length} characters; at most {limits.MaxTextLength} are possible. Nothing was posted.");
        }
        var lines = normal.AsSpan().Count('\n') + 1;
        if (lines > limits.MaxLines)
        {
            throw new ChatRefusedException(ErrorCodes.TextTooLong, $"The message has {lines} lines; at most {limits.MaxLines} are possible. Nothing was posted.");
        }
        return normal;
    }

    private static bool IsClean(string? text)
    {
        if (text is null) return true;
        foreach (var c in text)
        {
            if ((char.IsControl(c) && c is not ('\n' or '\t')) || char.IsSurrogate(c)) return false;
        }
        return true;
    }

    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '\r' or '\u0085')
            {
                if (c == '\r' && i + 1 < text.Length && text[i + 1] == '\n') i++;
                clean.Append('\n');
            }
            else if (i + 1 < text.Length && char.IsSurrogatePair(c, text[i + 1]))
            {
                clean.Append(c).Append(text[++i]);
            }
            else if (char.IsSurrogate(c))
            {
                clean.Append('\uFFFD');
            }
            else if (!char.IsControl(c) || c is '\n' or '\t')
            {
                clean.Append(c);
            }
        }
        return clean.ToString();
    }

    private static string Trim(string? text)
    {
        if (text is null) return "";
        var from = 0;
        for (var i = 0; i < text.Length && char.IsWhiteSpace(text[i]); i++)
        {
            if (text[i] == '\n') from = i + 1;
        }
        return text[from..].TrimEnd();
    }
}
