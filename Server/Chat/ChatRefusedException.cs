using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Chat;

/// <summary>
/// The core says no to a user. Not a fault: each front-end tells its user in its own terms and goes on.
/// </summary>
/// <param name="code">One of <see cref="ErrorCodes"/>.</param>
/// <param name="sentence">What happened, what was kept and what helps, in ASCII so that every client can show it.</param>
/// <param name="retryAfter">When trying again may succeed; null if it will not by waiting.</param>
internal sealed class ChatRefusedException(string code, string sentence, TimeSpan? retryAfter = null) : Exception(sentence)
{
    public string Code { get; } = code;

    public TimeSpan? RetryAfter { get; } = retryAfter;

    public static ChatRefusedException UsernameTaken(string name) =>
        new(ErrorCodes.UsernameTaken, $"The username {name} is taken. Choose another one.");

    public static ChatRefusedException NotAMember(string channel) =>
        new(ErrorCodes.NotAMember, $"You are not in {channel}. Join it first; nothing was posted.");

    public static ChatRefusedException SessionEnded() =>
        new(ErrorCodes.SessionEnded, "This session has ended. Sign in again.");

    public static ChatRefusedException StorageUnavailable() =>
        new(ErrorCodes.StorageUnavailable, "The server cannot store messages right now. Nothing was posted; try again in a moment.", TimeSpan.FromSeconds(2));

    public static ChatRefusedException HistoryUnavailable() =>
        new(ErrorCodes.StorageUnavailable, "The server cannot read older messages right now. Nothing is lost; try again in a moment.", TimeSpan.FromSeconds(2));
}
