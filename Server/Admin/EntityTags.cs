using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using KaiChat.Server.Chat;
using KaiChat.Shared.Contracts;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace KaiChat.Server.Admin;

/// <summary>
/// Entity tags (RFC 9110, 8.8.3): a GET tells which state it shows, a change with <c>If-Match</c> is made only if that is still the state. All are strong, and
/// stay what they are over a restart: most are of the content, a channel's of the revision of its settings.
/// </summary>
internal static class EntityTags
{
    private const int HashBytes = 16;

    /// <summary>The tag of a state as it is sent.</summary>
    public static string Of<T>(T state) =>
        $"\"{Base64Url.EncodeToString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(state, JsonSerializerOptions.Web)).AsSpan(0, HashBytes))}\"";

    /// <summary>Tells the caller the tag of the state that the answer shows.</summary>
    public static void Set(HttpContext context, string etag) => context.Response.Headers.ETag = etag;

    /// <summary>Refuses a change of another state than the caller has seen. Without <c>If-Match</c> every state is right.</summary>
    /// <param name="etag">The tag of the present state.</param>
    /// <exception cref="ChatRefusedException">It was changed meanwhile.</exception>
    public static void Check(HttpContext context, string etag)
    {
        var given = context.Request.Headers.IfMatch;
        if (StringValues.IsNullOrEmpty(given) || Matches(given, etag, strong: true)) return;
        Set(context, etag);
        throw new ChatRefusedException(ErrorCodes.PreconditionFailed, "It was changed since you looked: its ETag is another one than your If-Match. Nothing was done; look again, and decide anew.");
    }

    /// <summary>Whether the caller has this state already and needs no answer but 304.</summary>
    public static bool IsKnown(HttpContext context, string etag) =>
        context.Request.Headers.IfNoneMatch is { Count: > 0 } given && Matches(given, etag, strong: false);

    /// <summary>Gives what a GET answers a tag, and answers 304 to whoever has it already.</summary>
    public static RouteHandlerBuilder WithEntityTag(this RouteHandlerBuilder operation) => operation.AddEndpointFilter(async (invocation, next) =>
    {
        var answer = await next(invocation);
        return answer is null or IResult ? answer : Tagged(invocation.HttpContext, answer);
    });

    /// <summary>The same for every page of a list.</summary>
    public static RouteGroupBuilder WithPageTags(this RouteGroupBuilder group) => group.AddEndpointFilter(async (invocation, next) =>
    {
        var answer = await next(invocation);
        return answer is not null && IsPage(answer.GetType()) ? Tagged(invocation.HttpContext, answer) : answer;
    });

    /// <summary>Whether this is what a list answers.</summary>
    public static bool IsPage(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Page<>);

    private static object Tagged(HttpContext context, object answer)
    {
        var etag = Of(answer);
        Set(context, etag);
        return IsKnown(context, etag) ? Results.StatusCode(StatusCodes.Status304NotModified) : answer;
    }

    private static bool Matches(StringValues given, string etag, bool strong)
    {
        // What is no list of tags matches nothing.
        if (!EntityTagHeaderValue.TryParseList([.. given.OfType<string>()], out var tags)) return false;
        var present = new EntityTagHeaderValue(etag);
        return tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(present, strong));
    }
}
