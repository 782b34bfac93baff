namespace KaiChat.Server.Storage.Search;

/// <summary>What the search index tells the operator: events 2100 to 2199. Never a query's text.</summary>
internal static partial class SearchLog
{
    [LoggerMessage(2100, LogLevel.Information, "Messages are found with {File}; {Missing} are still to be indexed")]
    public static partial void Opened(ILogger logger, string file, long missing);

    [LoggerMessage(2101, LogLevel.Error, "The search index cannot be written ({Reason}); new messages are not found until it can. If it is damaged: stop the server, delete search.db, start again")]
    public static partial void Fails(ILogger logger, string reason, Exception error);

    [LoggerMessage(2102, LogLevel.Information, "The search index is up to date again")]
    public static partial void WorksAgain(ILogger logger);

    [LoggerMessage(2103, LogLevel.Warning, "{File} is damaged ({Reason}); it is made again from the log")]
    public static partial void Damaged(ILogger logger, string file, string reason);

    [LoggerMessage(2104, LogLevel.Error, "The search index cannot be read ({Reason}); searches are refused until it can. If it is damaged: stop the server, delete search.db, start again")]
    public static partial void NotReadable(ILogger logger, string reason, Exception error);

    [LoggerMessage(2105, LogLevel.Debug, "A search failed ({Reason})")]
    public static partial void StillNotReadable(ILogger logger, string reason);

    [LoggerMessage(2106, LogLevel.Information, "The search index can be read again")]
    public static partial void ReadableAgain(ILogger logger);
}
