using System.ComponentModel.DataAnnotations;
using KaiChat.Server.Access;
using KaiChat.Server.Chat;
using KaiChat.Server.Chat.Search;
using KaiChat.Server.Web;
using KaiChat.Shared.Contracts;
using Microsoft.AspNetCore.Mvc;

namespace KaiChat.Server.Admin;

/// <summary>Searching in everything: <c>/api/v1/messages</c>.</summary>
internal static class SearchApi
{
    public static void MapSearchApi(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/messages").WithTags("Messages").MapGet("/", SearchAsync).WithName("searchMessages").RequireScope(Scopes.MessagesRead).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <summary>Finds messages in all channels, closed ones too, newest first.</summary>
    /// <remarks>
    /// <c>q</c> holds words, <c>"phrases"</c>, beginnings of words (<c>chat*</c>), <c>from:anna</c>, <c>mentions:anna</c>, <c>in:@dev</c>, <c>after:2026-11-01</c> and
    /// <c>before:2026-12-01</c> (days of UTC); all of them must hold. Case and diacritics do not count.
    /// </remarks>
    /// <param name="q">The query, at most 200 characters.</param>
    /// <param name="after">Where the page begins: <c>next</c> of the page before.</param>
    /// <param name="limit">The most items of the page.</param>
    private static async Task<FoundMessages> SearchAsync(
        HttpContext context, ChatSearch search, [FromQuery] string? q, [FromQuery] string? after, [FromQuery, Range(1, ChatSearch.MaxHits)] int limit = 20)
    {
        if (string.IsNullOrWhiteSpace(q)) throw new ChatRefusedException(ErrorCodes.QueryInvalid, "q is missing: what is searched for.");
        var found = await search.SearchAsync(SearchQuery.Parse(q), within: null, SearchMapping.ReadCursor(after), limit, context.RequestAborted);
        var page = found.ToContract(limit);
        return new FoundMessages(page.Hits, context.LinkToNext(nameof(after), page.Next), page.Incomplete);
    }
}
