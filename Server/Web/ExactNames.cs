using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing.Patterns;

namespace KaiChat.Server.Web;

/// <summary>
/// Gives each percent-encoded name in a path exactly one meaning. Kestrel decodes a path but for <c>%2F</c>, after which a name with <c>/</c> and one with the three
/// characters <c>%2F</c> look alike; what was asked for tells them apart. Query parameters and bodies are decoded by their readers and need nothing.
/// </summary>
internal static class ExactNames
{
    public static void UseExactNames(this WebApplication app) => app.Use((context, next) =>
    {
        // A target that names its server, too (http://localhost/api), is decoded whole and has one meaning already.
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (context.GetEndpoint() is RouteEndpoint endpoint && target.StartsWith('/')) Read(context, endpoint.RoutePattern, target);
        return next(context);
    });

    private static void Read(HttpContext context, RoutePattern pattern, string target)
    {
        var values = context.Request.RouteValues;
        List<string>? asked = null;
        for (var place = 0; place < pattern.PathSegments.Count; place++)
        {
            if (pattern.PathSegments[place].Parts is not [RoutePatternParameterPart { IsCatchAll: false } parameter]) continue;
            if (values[parameter.Name] is not string value || !value.Contains("%2F", StringComparison.OrdinalIgnoreCase)) continue;
            asked ??= SegmentsOf(target);
            values[parameter.Name] = Uri.UnescapeDataString(asked[place]);
        }
    }

    /// <summary>The path's segments as they were sent, but for those that Kestrel takes out of it: <c>.</c>, and <c>..</c> with what stands before it.</summary>
    private static List<string> SegmentsOf(string target)
    {
        var segments = new List<string>();
        foreach (var segment in target.Split('?', 2)[0].Split('/').Skip(1))
        {
            switch (Uri.UnescapeDataString(segment))
            {
                case ".":
                    break;
                case "..":
                    if (segments is not []) segments.RemoveAt(segments.Count - 1);
                    break;
                default:
                    segments.Add(segment);
                    break;
            }
        }
        return segments;
    }
}
