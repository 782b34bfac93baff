using KaiChat.Server.Chat;
using KaiChat.Server.Chat.Search;

namespace KaiChat.Server.Storage;

/// <summary>Finds messages of the log. What is in the log when a search begins is found by it.</summary>
internal interface ISearchIndex
{
    /// <summary>Finds messages, newest first.</summary>
    /// <param name="query">What for.</param>
    /// <param name="within">
    /// The conversations to search; null: all, closed ones too, of which <see cref="SearchQuery.In"/> then names some. With a list, that is not looked at.
    /// </param>
    /// <param name="before">Only messages older than this <see cref="FoundMessage.Id"/>.</param>
    /// <param name="limit">The most messages.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="LogUnavailableException">The index cannot be read now.</exception>
    Task<SearchResult> SearchAsync(
        SearchQuery query, IReadOnlyCollection<ConversationId>? within, long before, int limit, CancellationToken cancellation);
}

/// <summary>What a search found.</summary>
/// <param name="Messages">The messages, newest first.</param>
/// <param name="Incomplete">True if the time for a search was over before it was complete.</param>
internal sealed record SearchResult(IReadOnlyList<FoundMessage> Messages, bool Incomplete);

/// <summary>A message that was searched for.</summary>
/// <param name="Id">Its number over all conversations: rises with time.</param>
/// <param name="Channel">The name of its conversation.</param>
/// <param name="Message">The message.</param>
/// <param name="Matches">Where in its text the query's words are, in UTF-16 code units.</param>
/// <param name="Before">The message before it in its conversation; null if there is none.</param>
/// <param name="After">The message after it; null if there is none.</param>
internal sealed record FoundMessage(
    long Id, Shared.Names.ChannelName Channel, ChatMessage Message, IReadOnlyList<(int Start, int Length)> Matches, ChatMessage? Before, ChatMessage? After);
