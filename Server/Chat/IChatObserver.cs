namespace KaiChat.Server.Chat;

/// <summary>A front-end that wants to be told what happens, rather than ask at its clients' pace.</summary>
internal interface IChatObserver
{
    /// <summary>
    /// Tells one event. For each conversation, calls come one at a time and in order: messages by seq without a gap. Must neither block nor throw:
    /// what cannot be passed on at once is queued, within bounds, by the front-end.
    /// </summary>
    void On(Channel channel, ChatEvent happened);
}
