using System.Text;
using Microsoft.Net.Http.Headers;

namespace KaiChat.Server.Web;

/// <summary>Refuses a body in an encoding that nobody knows: the framework's reader fails on its name as on a fault of the server's.</summary>
internal static class BodyCharset
{
    public static void UseBodyCharset(this WebApplication app) => app.Use((context, next) =>
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) || !type.Charset.HasValue) return next(context);
        var charset = HeaderUtilities.RemoveQuotes(type.Charset);
        if (!IsKnown(charset.ToString())) throw new BadHttpRequestException(RequestFaults.NoJson, StatusCodes.Status415UnsupportedMediaType);
        // In quotes it is the same one (RFC 9110, 5.6.6), which the framework does not see.
        if (charset != type.Charset)
        {
            type.Charset = charset;
            context.Request.ContentType = type.ToString();
        }
        return next(context);
    });

    private static bool IsKnown(string charset)
    {
        try
        {
            return Encoding.GetEncoding(charset) is not null;
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }
}
