using KaiChat.Server.Chat;

namespace KaiChat.Server.Storage;

/// <summary>
/// What outlives a restart of the browsers' sessions: who holds which name, whose tokens are worth nothing any more, and how far each has read. Every method may be
/// called from any thread at any time; when a write completes, it is durable.
/// </summary>
/// <remarks>Every method throws <see cref="LogUnavailableException"/> if the database cannot be used now.</remarks>
internal interface ISessionStore
{
    /// <summary>The sessions that held their names when the server was last used and have not expired.</summary>
    Task<IReadOnlyList<StoredSession>> ReadPresentAsync(DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Whether a session was signed out, so that it never comes back.</summary>
    Task<bool> IsSignedOutAsync(SessionId session, CancellationToken cancellation);

    /// <summary>A session holds its name, and its token is valid until then at least. A signed-out one stays signed out.</summary>
    Task SaveAsync(StoredSession session);

    /// <summary>A session no longer holds its name; its token may bring it back.</summary>
    Task LeaveAsync(SessionId session);

    /// <summary>A session has ended for good.</summary>
    Task SignOutAsync(StoredSession session);

    /// <summary>Forgets the sessions whose tokens have expired, and how far they had read.</summary>
    Task ForgetExpiredAsync(DateTimeOffset now);

    /// <summary>How far a session has read each of its conversations.</summary>
    Task<IReadOnlyDictionary<ConversationId, long>> ReadMarkersAsync(SessionId session, CancellationToken cancellation);

    /// <summary>Notes how far sessions have read conversations.</summary>
    Task MarkReadAsync(IReadOnlyCollection<ReadMarker> markers);
}

/// <summary>A browser session as the store knows it.</summary>
/// <param name="Who">The session and its name.</param>
/// <param name="ExpiresAt">When its newest token expires, UTC.</param>
internal sealed record StoredSession(Author Who, DateTimeOffset ExpiresAt);

/// <summary>How far a session has read a conversation: through this seq.</summary>
internal sealed record ReadMarker(SessionId Session, ConversationId Conversation, long Seq);
