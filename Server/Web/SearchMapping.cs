using System.Globalization;
using KaiChat.Server.Chat;
using KaiChat.Server.Storage;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Web;

/// <summary>What a search found in the words of the hub and the REST API.</summary>
internal static class SearchMapping
{
    /// <summary>Where a page begins: before which message.</summary>
    /// <exception cref="ChatRefusedException">It is no cursor.</exception>
    public static long ReadCursor(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor)) return long.MaxValue;
        return long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0
            ? id
            : throw new ChatRefusedException(ErrorCodes.ArgumentInvalid, "The cursor is the next of the page before.");
    }

    /// <param name="found">The hits.</param>
    /// <param name="limit">How many were asked for: a full page may have a next one.</param>
    public static SearchPage ToContract(this SearchResult found, int limit)
    {
        var hits = new List<SearchHit>(found.Messages.Count);
        var room = AnswerSize.Most;
        foreach (var hit in found.Messages.Select(ToContract))
        {
            room -= SizeOf(hit.Message) + SizeOf(hit.Before) + SizeOf(hit.After);
            if (room < 0 && hits.Count > 0) break;
            hits.Add(hit);
        }
        var isFull = found.Messages.Count == limit || hits.Count < found.Messages.Count;
        return new SearchPage(hits, isFull ? found.Messages[hits.Count - 1].Id.ToString(CultureInfo.InvariantCulture) : null, found.Incomplete);
    }

    private static int SizeOf(Message? message) => message is null ? 0 : AnswerSize.SizeOf(message);

    private static SearchHit ToContract(FoundMessage found) => new(
        found.Message.ToContract(found.Channel),
        [.. found.Matches.Select(match => new TextRange(match.Start, match.Length))],
        found.Before?.ToContract(found.Channel),
        found.After?.ToContract(found.Channel));
}
