using KaiChat.Server.Storage;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Chat.Search;

/// <summary>Searching as users may: in the channels they are in, and not too often.</summary>
internal sealed class ChatSearch(ISearchIndex index)
{
    /// <summary>The most hits of one page.</summary>
    public const int MaxHits = 50;

    /// <summary>Finds messages in a session's channels, newest first.</summary>
    /// <exception cref="ChatRefusedException">The query names a channel the session is not in; it searches too often; the index cannot be read.</exception>
    public async Task<SearchResult> SearchAsync(ChatSession session, string? text, long before, int limit, CancellationToken cancellation)
    {
        var query = SearchQuery.Parse(text);
        var within = new List<ConversationId>();
        foreach (var name in query.In)
        {
            if (!session.Channels.TryGetValue(name, out var channel))
            {
                throw new ChatRefusedException(ErrorCodes.NotAMember, $"You are not in {name.Value}. Join it to search in it.");
            }
            within.Add(channel.Id);
        }
        if (query.In.Count == 0) within.AddRange(session.Channels.Values.Select(channel => channel.Id));
        if (session.Searches.TryTake() is var wait && wait > TimeSpan.Zero)
        {
            throw new ChatRefusedException(
                ErrorCodes.RateLimited, $"You are searching too often. Go on in {Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds))} s.", wait);
        }
        return await SearchAsync(query, within, before, limit, cancellation);
    }

    /// <summary>Finds messages as operators may: everywhere, or in some conversations.</summary>
    /// <exception cref="ChatRefusedException">The index cannot be read now.</exception>
    public async Task<SearchResult> SearchAsync(
        SearchQuery query, IReadOnlyCollection<ConversationId>? within, long before, int limit, CancellationToken cancellation)
    {
        try
        {
            return await index.SearchAsync(query, within, before, limit, cancellation);
        }
        catch (LogUnavailableException)
        {
            throw new ChatRefusedException(ErrorCodes.StorageUnavailable, "The server cannot search right now. Try again in a moment.", TimeSpan.FromSeconds(5));
        }
    }
}
