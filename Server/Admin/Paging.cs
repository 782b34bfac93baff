using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using KaiChat.Server.Chat;
using KaiChat.Shared.Contracts;
using Microsoft.AspNetCore.Http.Extensions;

namespace KaiChat.Server.Admin;

/// <summary>Lists by page. A page begins after a key that never changes, so items that come or go meanwhile neither repeat nor hide others.</summary>
internal static class Paging
{
    /// <summary>Items of a page if the caller does not say.</summary>
    public const int DefaultLimit = 50;

    /// <summary>The most items of a page.</summary>
    public const int MaxLimit = 200;

    /// <summary>The highest number of a message or conversation there can be: <see cref="long.MaxValue"/>.</summary>
    public const string MaxNumber = "9223372036854775807";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The page after a cursor.</summary>
    /// <param name="keyOf">An item's key: unique, constant, ordered as ordinal strings are.</param>
    /// <param name="after">The cursor: <see cref="Page{T}.Next"/> of the page before, or null for the first.</param>
    public static Page<TOut> ToPage<T, TOut>(this IEnumerable<T> all, HttpContext context, Func<T, string> keyOf, string? after, int limit, Func<T, TOut> map)
    {
        var begin = string.IsNullOrEmpty(after) ? null : Decode(context, after);
        var found = all.Select(item => (Key: keyOf(item), Item: item))
            .Where(keyed => begin is null || string.CompareOrdinal(keyed.Key, begin) > 0)
            .OrderBy(keyed => keyed.Key, StringComparer.Ordinal)
            .Take(limit + 1)
            .ToArray();
        var next = found.Length > limit ? Encode(context, found[limit - 1].Key) : null;
        return new Page<TOut>([.. found.Take(limit).Select(keyed => map(keyed.Item))], context.LinkToNext(nameof(after), next));
    }

    /// <summary>A page of what has numbers, which continues at one of them.</summary>
    /// <param name="parameter">The parameter that takes the number: <c>before</c> or <c>after</c>.</param>
    public static Page<T> ToPage<T>(this IReadOnlyList<T> numbered, HttpContext context, string parameter, long? next) =>
        new(numbered, context.LinkToNext(parameter, next?.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Names the next page in the <c>Link</c> header (RFC 8288): this request with another cursor.</summary>
    public static string? LinkToNext(this HttpContext context, string parameter, string? next)
    {
        if (next is null) return null;
        var query = new QueryBuilder(context.Request.Query.Where(given => !given.Key.Equals(parameter, StringComparison.OrdinalIgnoreCase))) { { parameter, next } };
        context.Response.Headers.Link = $"<{context.Request.PathBase}{context.Request.Path}{query}>; rel=\"next\"";
        return next;
    }

    private static string Encode(HttpContext context, string key) => $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key))}.{CheckOf(context, key)}";

    private static string Decode(HttpContext context, string cursor)
    {
        try
        {
            if (cursor.Split('.') is [var encoded, var check] && Strict.GetString(Base64Url.DecodeFromChars(encoded)) is var key && check == CheckOf(context, key)) return key;
        }
        catch (Exception garbled) when (garbled is FormatException or ArgumentException)
        {
            // Told below.
        }
        throw new ChatRefusedException(ErrorCodes.RequestInvalid, "after is not a cursor of this list: it is the next of the page before.");
    }

    /// <summary>Tells a list's cursors from another list's, and from words such as <c>null</c>, which are good Base64url.</summary>
    private static string CheckOf(HttpContext context, string key)
    {
        var list = context.Request.Path.Value?.TrimEnd('/').ToUpperInvariant();
        return Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{list}\n{key}")).AsSpan(0, 6));
    }
}
