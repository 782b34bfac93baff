namespace KaiChat.NativeClient.Conversation;

/// <summary>Where a conversation appears: a terminal, or a script's output. Called from several loops, one call at a time or not.</summary>
internal interface IChatView
{
    void Show(ChatEvent chatEvent);
}
