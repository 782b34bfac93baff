namespace KaiChat.Server.Storage;

/// <summary>What the log tells the operator: events 2000 to 2099. Never a message's text.</summary>
internal static partial class StorageLog
{
    [LoggerMessage(2000, LogLevel.Information, "Messages are kept in {File} (schema {Schema}, SQLite {SqliteVersion})")]
    public static partial void Opened(ILogger logger, string file, int schema, string sqliteVersion);

    [LoggerMessage(2001, LogLevel.Information, "Migrating {File} from schema {From} to {To}; as it was it stays in {Copy}")]
    public static partial void Migrating(ILogger logger, string file, int from, int to, string copy);

    [LoggerMessage(2002, LogLevel.Error, "Messages cannot be written ({Reason}); they are refused until they can")]
    public static partial void NotWritable(ILogger logger, string reason, Exception error);

    [LoggerMessage(2003, LogLevel.Debug, "{Writes} writes failed ({Reason})")]
    public static partial void StillNotWritable(ILogger logger, int writes, string reason);

    [LoggerMessage(2004, LogLevel.Information, "Messages can be written again")]
    public static partial void WritableAgain(ILogger logger);

    [LoggerMessage(2005, LogLevel.Information, "Closed {File}")]
    public static partial void Closed(ILogger logger, string file);

    [LoggerMessage(2006, LogLevel.Warning, "{File} is closed, but its write-ahead log could not be copied into it; the next start does that")]
    public static partial void CheckpointFailed(ILogger logger, string file, Exception error);

    [LoggerMessage(2007, LogLevel.Error, "Messages cannot be read ({Reason}); who asks for older ones is refused until they can")]
    public static partial void NotReadable(ILogger logger, string reason, Exception error);

    [LoggerMessage(2008, LogLevel.Debug, "A read failed ({Reason})")]
    public static partial void StillNotReadable(ILogger logger, string reason);

    [LoggerMessage(2010, LogLevel.Warning, "{File} could not be rewritten so that space of removed messages returns to the disk: there is no room for a second one. Messages are kept as before; the next start tries again")]
    public static partial void SpaceStays(ILogger logger, string file);

    [LoggerMessage(2009, LogLevel.Information, "Messages can be read again")]
    public static partial void ReadableAgain(ILogger logger);
}
