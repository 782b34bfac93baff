namespace KaiChat.Shared.Contracts;

/// <summary>
/// What a browser may ask of the hub at <c>/hub</c>. Every method answers with its result or with an error whose message is
/// <c>code: sentence</c>, the code being one of <see cref="ErrorCodes"/>. A channel name may be given without its <c>@</c>.
/// </summary>
public interface IChatHub
{
    /// <summary>Enters a channel and gets its latest messages. Events about it flow from before the snapshot is taken: drop the overlap by seq.</summary>
    Task<ChannelSnapshot> Join(string channel);

    /// <summary>Enters a channel again after a lost connection or a reload and gets what was missed since <paramref name="afterSeq"/>.</summary>
    Task<ChannelSnapshot> Resume(string channel, long afterSeq);

    /// <summary>Leaves a channel, with all tabs of the session. Leaving a channel one is not in is no error.</summary>
    Task Leave(string channel);

    /// <summary>Posts a text. Repeating a <paramref name="clientMessageId"/> (1 to 64 characters) returns the message it made the first time.</summary>
    Task<Message> Send(string channel, string text, string clientMessageId);

    /// <summary>The up to <paramref name="limit"/> (1 to 200) messages before a seq, oldest first.</summary>
    Task<HistoryPage> History(string channel, long beforeSeq, int limit);

    /// <summary>How native members would see a text; posts nothing.</summary>
    Task<NativePreview> PreviewNative(string text);

    /// <summary>Ends the session: leaves all channels and frees the username.</summary>
    Task SignOut();
}
