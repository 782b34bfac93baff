namespace KaiChat.Shared.Contracts;

/// <summary>One page of a list.</summary>
/// <param name="Items">The page's items, in the list's own order.</param>
/// <param name="Next">Where the next page begins, opaque: the value of the parameter that the <c>Link</c> header with <c>rel="next"</c> names. Null on the last page.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
