using KaiChat.Server.Chat;
using KaiChat.Shared.Names;

namespace KaiChat.Server.Cluster;

/// <summary>
/// Who is there, over all nodes: claims of usernames and memberships of conversations. What a node claimed is void when the node is gone
/// (its lease ended). The contract is written as tests in <c>tests/Specification/PresenceSpecification.cs</c>.
/// </summary>
internal interface IPresence
{
    /// <summary>Claims a username, ignoring case, for a session. True if the session has it now, also if it had it before.</summary>
    ValueTask<bool> ClaimAsync(Username name, SessionId session, CancellationToken cancellation);

    /// <summary>Gives a username back if this session has it.</summary>
    ValueTask ReleaseAsync(Username name, SessionId session, CancellationToken cancellation);

    /// <summary>Whether nobody has a username, in any letter case, right now.</summary>
    ValueTask<bool> IsFreeAsync(Username name, CancellationToken cancellation);

    /// <summary>Makes a user a member, or replaces what is known of it. True if it was none before.</summary>
    ValueTask<bool> EnterAsync(ConversationId conversation, PresentMember member, CancellationToken cancellation);

    /// <summary>Ends a membership. True if there was one.</summary>
    ValueTask<bool> LeaveAsync(ConversationId conversation, SessionId session, CancellationToken cancellation);

    /// <summary>The members, in the order in which they entered.</summary>
    ValueTask<IReadOnlyList<PresentMember>> MembersAsync(ConversationId conversation, CancellationToken cancellation);

    /// <summary>How many members there are.</summary>
    ValueTask<int> CountAsync(ConversationId conversation, CancellationToken cancellation);
}
