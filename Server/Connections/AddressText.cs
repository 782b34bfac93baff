using System.Globalization;
using System.Net;

namespace KaiChat.Server.Connections;

/// <summary>
/// The one reading of an IP address wherever people or proxies write one: RFC 3986's, in which every text is one address or none. The framework reads more into it: octal
/// (010.0.0.1 as 8.0.0.1), short and hexadecimal forms, a port behind brackets and a zone behind <c>%</c>, which it then drops.
/// </summary>
internal static class AddressText
{
    /// <summary>The address; null if the text is none. A zone is none of it: it means something on one machine alone.</summary>
    public static IPAddress? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (!text.Contains(':', StringComparison.Ordinal)) return IsV4(text) ? IPAddress.Parse(text) : null;
        if (!text.All(c => char.IsAsciiHexDigit(c) || c is ':' or '.')) return null;
        // Its end may be written as IPv4.
        if (text.Contains('.', StringComparison.Ordinal) && !IsV4(text[(text.LastIndexOf(':') + 1)..])) return null;
        return IPAddress.TryParse(text, out var address) ? address : null;
    }

    /// <summary>The length of a network's prefix; null if the text is none.</summary>
    public static int? ParsePrefix(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && text.Length <= 3 && (text == "0" || text[0] != '0') && length <= 128 ? length : null;

    private static bool IsV4(string text)
    {
        var parts = text.Split('.');
        return parts.Length == 4 && parts.All(part =>
            part.Length is >= 1 and <= 3 && part.All(char.IsAsciiDigit) && (part == "0" || part[0] != '0') && int.Parse(part, NumberStyles.None, CultureInfo.InvariantCulture) <= byte.MaxValue);
    }
}
