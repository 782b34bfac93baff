using KaiChat.Server.Chat.Keeping;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Chat;

/// <summary>Something that happened in a conversation. Immutable: it may have come from another node.</summary>
/// <param name="Conversation">Where.</param>
internal abstract record ChatEvent(ConversationId Conversation);

/// <summary>A message is in the log.</summary>
internal sealed record MessagePosted(ChatMessage Message) : ChatEvent(Message.Conversation);

/// <summary>A message in the log changed.</summary>
/// <param name="Message">Its state now, with the revision of this change.</param>
/// <param name="Change">What it was; null if that is not known any more, because this was read from the log.</param>
internal sealed record MessageChanged(ChatMessage Message, MessageChange? Change) : ChatEvent(Message.Conversation);

/// <summary>The messages through a seq are being removed for good: nobody is shown them any more.</summary>
internal sealed record MessagesRemoved(ConversationId Conversation, long ThroughSeq) : ChatEvent(Conversation);

/// <summary>A member is writing something.</summary>
internal sealed record MemberTyping(ConversationId Conversation, SessionId Session) : ChatEvent(Conversation);

/// <summary>A user entered.</summary>
internal sealed record MemberJoined(ConversationId Conversation, PresentMember Member) : ChatEvent(Conversation);

/// <summary>A user left.</summary>
internal sealed record MemberLeft(ConversationId Conversation, SessionId Session) : ChatEvent(Conversation);

/// <summary>A member came back, or has not been heard of for a while.</summary>
internal sealed record MemberChanged(ConversationId Conversation, PresentMember Member) : ChatEvent(Conversation);

/// <summary>Operators settled something for the channel.</summary>
/// <param name="Settings">How it is now.</param>
internal sealed record ChannelSettled(ConversationId Conversation, SettledChannel Settings) : ChatEvent(Conversation);

/// <summary>An operator closed the channel: nobody is in it any more.</summary>
/// <param name="By">Who did.</param>
internal sealed record ChannelClosed(ConversationId Conversation, string By) : ChatEvent(Conversation);

/// <summary>A user in a conversation, as every node knows it.</summary>
internal sealed record PresentMember(Author Who, Origin Origin, Presence Presence, bool Operator = false);
