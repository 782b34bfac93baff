using KaiChat.Server.Chat;
using KaiChat.Shared.Contracts;
using Microsoft.Net.Http.Headers;

namespace KaiChat.Server.Admin;

/// <summary>Whether what a caller is about to change is still what it has read (RFC 9110, section 13.1.1).</summary>
internal static class EntityTags
{
    /// <summary>Names the state that the answer shows.</summary>
    /// <param name="context">The request.</param>
    /// <param name="etag">The tag with its quotes.</param>
    public static void Set(HttpContext context, string etag) => context.Response.Headers.ETag = etag;

    /// <summary>Compares with what the caller names in <c>If-Match</c>, if it does.</summary>
    /// <exception cref="ChatRefusedException">It has changed since.</exception>
    public static void Check(HttpContext context, string etag)
    {
        var expected = context.Request.Headers.IfMatch;
        if (expected.Count == 0) return;
        if (!EntityTagHeaderValue.TryParseList([.. expected.OfType<string>()], out var tags)) throw new ChatRefusedException(ErrorCodes.RequestInvalid, "If-Match is an entity tag in quotes, as ETag has it.");
        if (tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || (!tag.IsWeak && tag.Tag == etag))) return;
        throw new ChatRefusedException(ErrorCodes.PreconditionFailed, "It has been changed since you read it. Nothing was changed: read it again.");
    }
}
