using KaiChat.Server.Storage;

namespace KaiChat.Server.Chat;

/// <summary>How the core reads the log for a user: a disk that fails is no fault of the server's but something the user is told.</summary>
internal static class LogReading
{
    /// <exception cref="ChatRefusedException">The log cannot be read now.</exception>
    public static async Task<T> OrRefusedAsync<T>(this Task<T> reading)
    {
        try
        {
            return await reading;
        }
        catch (LogUnavailableException)
        {
            throw ChatRefusedException.HistoryUnavailable();
        }
    }
}
