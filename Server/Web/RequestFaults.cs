using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Web;

/// <summary>What is wrong with a request that the framework could not read, in words that name the member and no C# type.</summary>
internal static partial class RequestFaults
{
    public const string NoJson = "The body is JSON: send it with Content-Type: application/json.";

    /// <summary>The sentence, and the member of the body that it is about, if it is about one.</summary>
    public static (string Sentence, string? Member) Describe(HttpContext context, BadHttpRequestException fault) => fault switch
    {
        { StatusCode: StatusCodes.Status413PayloadTooLarge } => (TooLarge(context), null),
        { StatusCode: StatusCodes.Status415UnsupportedMediaType } => (NoJson, null),
        { InnerException: JsonException json } => Describe(context, json),
        _ when fault.Message.Contains("body", StringComparison.OrdinalIgnoreCase) => ("The body is missing, or ends early: it is a JSON object.", null),
        _ => (fault.Message.TrimEnd('.') + ".", null),
    };

    public static string TooLarge(HttpContext context) => string.Create(
        CultureInfo.InvariantCulture, $"The body is too large: it may have {context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? 0} bytes.");

    private static (string Sentence, string? Member) Describe(HttpContext context, JsonException fault)
    {
        if (Unmapped().Match(fault.Message) is { Success: true } unmapped)
        {
            var name = unmapped.Groups["name"].Value;
            return ($"{name} is not a member here. Members: {string.Join(", ", MembersOf(context))}.", name);
        }
        if (Duplicate().Match(fault.Message) is { Success: true } duplicate)
        {
            var name = duplicate.Groups["name"].Value;
            return ($"{name} is given twice.", name);
        }
        if (Missing().Match(fault.Message) is { Success: true } missing) return ($"Missing: {missing.Groups["names"].Value.Replace("'", "", StringComparison.Ordinal)}.", null);
        var place = string.Create(CultureInfo.InvariantCulture, $"line {(fault.LineNumber ?? 0) + 1}, byte {(fault.BytePositionInLine ?? 0) + 1}");
        var member = fault.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : null;
        if (member is not null && fault.Message == ZonedTime.Rule) return ($"{member} {ZonedTime.Rule}", member);
        // A fault of the reader is one of the text; one of a converter is of a value that cannot be what it stands for.
        if (fault.InnerException is JsonException or null && !fault.Message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal))
        {
            return ($"The body is no JSON: {place}.", null);
        }
        return member is null ? ($"The body cannot be read: {place}. It is a JSON object.", null) : ($"{member} has no value that is possible there: {place}.", member);
    }

    /// <summary>The members a body may have, as its type says.</summary>
    private static IEnumerable<string> MembersOf(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is not { } type) return [];
        var json = context.RequestServices.GetRequiredService<IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions>>().Value.SerializerOptions;
        return json.GetTypeInfo(type).Properties.Select(property => property.Name);
    }

    [GeneratedRegex("^The JSON property '(?<name>.*)' could not be mapped", RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Unmapped();

    [GeneratedRegex("^JSON deserialization for type '[^']*' was missing required properties including: (?<names>.*?)\\.( Path: .*)?$", RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Missing();

    [GeneratedRegex("^Duplicate property '(?<name>.*)' encountered", RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Duplicate();
}
