namespace KaiChat.Shared.Contracts;

/// <summary>One life of a channel, in the log for good: a name that is taken again begins another one.</summary>
/// <param name="Id">Its number, opaque. An open one's is the channel's <c>incarnation</c>.</param>
/// <param name="Name">The channel's name, in the spelling of whoever opened it.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="ClosedAt">When its last member left or an operator closed it; null if it is open.</param>
/// <param name="FirstSeq">The seq of its oldest message: 1 as long as retention has removed none, above <c>lastSeq</c> if there is none.</param>
/// <param name="LastSeq">The highest seq it ever gave; 0 if it never had a message.</param>
public sealed record ConversationInfo(string Id, string Name, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt, long FirstSeq, long LastSeq);
