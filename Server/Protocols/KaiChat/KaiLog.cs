namespace KaiChat.Server.Protocols.KaiChat;

/// <summary>What the native front-end logs. What a peer does wrong is Debug: strangers must not be able to fill the log.</summary>
internal static partial class KaiLog
{
    [LoggerMessage(4001, LogLevel.Error, "Native connection {ConnectionId}: fault")]
    public static partial void Fault(ILogger logger, string connectionId, Exception fault);

    [LoggerMessage(4003, LogLevel.Debug, "Native connection {ConnectionId}: bad PDU, {Field}: {Reason}")]
    public static partial void BadPdu(ILogger logger, string connectionId, string field, string reason);

    [LoggerMessage(4004, LogLevel.Debug, "Native connection {ConnectionId}: {Command} ignored in state {State}")]
    public static partial void Ignored(ILogger logger, string connectionId, Shared.KaiChat.KaiCommand command, KaiSessionState state);

    [LoggerMessage(4005, LogLevel.Debug, "Native connection {ConnectionId}: refused, {Code}")]
    public static partial void Refused(ILogger logger, string connectionId, string code);

    [LoggerMessage(4006, LogLevel.Debug, "Native connection {ConnectionId}: bad PROXY protocol header")]
    public static partial void BadProxyHeader(ILogger logger, string connectionId);
}
