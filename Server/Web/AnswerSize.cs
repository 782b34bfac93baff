using KaiChat.Server.Chat;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.Names;

namespace KaiChat.Server.Web;

/// <summary>
/// How many of the messages that were read fit into one answer. A page asks for so many messages, whose size others have chosen, and an answer that it does not read stays in
/// memory as a whole.
/// </summary>
internal static class AnswerSize
{
    /// <summary>
    /// The most of one answer, in UTF-16 code units of texts, of what native clients see of them, and of whose reactions they have: at most 6 bytes each in JSON. The first
    /// message always fits.
    /// </summary>
    public const int Most = 128 * 1024;

    /// <summary>As many of the newest as fit.</summary>
    /// <param name="messages">Oldest first.</param>
    /// <param name="channel">Theirs.</param>
    public static IReadOnlyList<Message> Newest(IReadOnlyList<ChatMessage> messages, ChannelName channel) => Around(messages, messages.Count - 1, channel);

    /// <summary>As many of the first as fit.</summary>
    public static IReadOnlyList<Message> First(IReadOnlyList<ChatMessage> messages, ChannelName channel) => Around(messages, 0, channel);

    /// <summary>As many as fit around one of them, from both sides alike.</summary>
    public static IReadOnlyList<Message> Around(IReadOnlyList<ChatMessage> messages, int middle, ChannelName channel)
    {
        if (messages.Count == 0) return [];
        var taken = new Message[messages.Count];
        taken[middle] = messages[middle].ToContract(channel);
        var (first, last, room) = (middle, middle, Most - SizeOf(taken[middle]));
        var (older, newer) = (true, true);
        while (older || newer)
        {
            older = older && first > 0 && Fits(first - 1);
            if (older) first--;
            newer = newer && last < taken.Length - 1 && Fits(last + 1);
            if (newer) last++;
        }
        return taken[first..(last + 1)];

        bool Fits(int i)
        {
            taken[i] = messages[i].ToContract(channel);
            room -= SizeOf(taken[i]);
            return room >= 0;
        }
    }

    /// <summary>What a message takes of <see cref="Most"/>.</summary>
    public static int SizeOf(Message message) =>
        message.Text.Length + (message.NativeText?.Length ?? 0) + (message.Reactions?.Sum(reaction => reaction.Emoji.Length + reaction.By.Sum(session => session.Length)) ?? 0);
}
