using KaiChat.Shared.Names;

namespace KaiChat.NativeClient.Conversation;

/// <summary>How one conversation is held.</summary>
/// <param name="User">The name to sign in with.</param>
/// <param name="Channel">The channel to begin in.</param>
/// <param name="Poll">The time from one QUERY to the next while nothing happens.</param>
/// <param name="Timeout">How long the server may take to answer.</param>
internal sealed record KaiClientOptions(Username User, ChannelName Channel, TimeSpan Poll, TimeSpan Timeout);
