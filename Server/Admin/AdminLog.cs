using System.Net;

namespace KaiChat.Server.Admin;

/// <summary>What the admin API logs. Whom it refuses is Debug: strangers must not be able to fill the log.</summary>
internal static partial class AdminLog
{
    [LoggerMessage(6001, LogLevel.Debug, "Admin API: {Address} refused, {Code}")]
    public static partial void Refused(ILogger logger, IPAddress? address, string code);

    [LoggerMessage(6002, LogLevel.Information, "Connection {ConnectionId} is to be ended: an operator asked for it")]
    public static partial void Disconnecting(ILogger logger, string connectionId);

    [LoggerMessage(6003, LogLevel.Warning, "Admin:Key has fewer than {Length} characters: it can be guessed")]
    public static partial void ShortKey(ILogger logger, int length);

    [LoggerMessage(6004, LogLevel.Information, "Job {JobId} ({Kind}) begins: an operator asked for it")]
    public static partial void JobBegins(ILogger logger, string jobId, string kind);

    [LoggerMessage(6005, LogLevel.Information, "Job {JobId} ({Kind}) is done: {Result}")]
    public static partial void JobDone(ILogger logger, string jobId, string kind, string result);

    [LoggerMessage(6006, LogLevel.Information, "Job {JobId} ({Kind}) was cancelled")]
    public static partial void JobCancelled(ILogger logger, string jobId, string kind);

    [LoggerMessage(6007, LogLevel.Error, "Job {JobId} ({Kind}) failed")]
    public static partial void JobFailed(ILogger logger, string jobId, string kind, Exception fault);

    [LoggerMessage(6008, LogLevel.Information, "Backup {Name} is to be deleted: an operator asked for it")]
    public static partial void DeletingBackup(ILogger logger, string name);
}
