using KaiChat.Server.Storage;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Chat.Moderation;

/// <summary>A database that cannot be written is a refusal for operators: nothing was changed.</summary>
internal static class StorageRefusals
{
    private const string Sentence = "The server cannot write its database right now. Nothing was changed; try again in a moment.";

    public static async Task<T> OrUnchangedAsync<T>(this Task<T> write)
    {
        try
        {
            return await write;
        }
        catch (LogUnavailableException)
        {
            throw new ChatRefusedException(ErrorCodes.StorageUnavailable, Sentence, TimeSpan.FromSeconds(2));
        }
    }

    public static async Task OrUnchangedAsync(this Task write)
    {
        try
        {
            await write;
        }
        catch (LogUnavailableException)
        {
            throw new ChatRefusedException(ErrorCodes.StorageUnavailable, Sentence, TimeSpan.FromSeconds(2));
        }
    }
}
