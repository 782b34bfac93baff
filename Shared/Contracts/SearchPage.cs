namespace KaiChat.Shared.Contracts;

/// <summary>A piece of what a search found: the answer to <see cref="IChatHub.Search"/>.</summary>
/// <param name="Hits">The hits, newest first.</param>
/// <param name="Next">The cursor of the next page; null if there is none.</param>
/// <param name="Incomplete">True if the search took too long and stopped: there may be more than the pages bring. A narrower query finds it.</param>
public sealed record SearchPage(IReadOnlyList<SearchHit> Hits, string? Next, bool Incomplete);

/// <summary>A message that was searched for, between its neighbours.</summary>
/// <param name="Message">The message.</param>
/// <param name="Matches">Where in its text the words of the query are, in order, not overlapping; empty if the query has no words.</param>
/// <param name="Before">The message before it; null if there is none.</param>
/// <param name="After">The message after it; null if there is none.</param>
public sealed record SearchHit(Message Message, IReadOnlyList<TextRange> Matches, Message? Before, Message? After);

/// <summary>A part of a text.</summary>
/// <param name="Start">Where it begins, in UTF-16 code units.</param>
/// <param name="Length">How long it is, in UTF-16 code units.</param>
public sealed record TextRange(int Start, int Length);
