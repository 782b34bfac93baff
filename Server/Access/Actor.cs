namespace KaiChat.Server.Access;

/// <summary>Who changes something, for the audit log.</summary>
/// <param name="Name">The key's name, and for a change from the chat the username with it: <c>ops as anna</c>.</param>
/// <param name="Address">From where; null for the server itself.</param>
/// <param name="RequestId">The request's trace id; null if there is no request.</param>
internal sealed record Actor(string Name, string? Address, string? RequestId)
{
    /// <summary>The server itself: a level that falls when its time is over, retention.</summary>
    public static Actor Server { get; } = new("server", Address: null, RequestId: null);
}
