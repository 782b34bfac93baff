namespace KaiChat.Server.Storage;

/// <summary>
/// What operators and their programs changed: an append-only record beside the messages. Every method may be called from any thread at any time.
/// </summary>
/// <remarks>Every method throws <see cref="LogUnavailableException"/> if the database cannot be used now.</remarks>
internal interface IAuditLog
{
    /// <summary>A change has been recorded and is durable, under this id; also one that another store wrote together with what it changed. Those who listen are quick and throw nothing.</summary>
    event Action<long>? Recorded;

    /// <summary>Records a change that is in no database. When this completes, the record is durable.</summary>
    Task RecordAsync(AuditEntry entry);

    /// <summary>Records before an id, newest first.</summary>
    Task<IReadOnlyList<AuditRecord>> ReadAsync(AuditFilter filter, long beforeId, int limit, CancellationToken cancellation);
}

/// <summary>A change.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Actor">Who: the name of the key that was used, and for changes from the chat the username with it (<c>ops as anna</c>).</param>
/// <param name="Action">What was done, in two words of the API: <c>ban.create</c>, <c>channel.update</c>.</param>
/// <param name="Target">To what: a username, a network, a channel, an id.</param>
/// <param name="Before">How it was, as JSON without secrets; null if it was not there.</param>
/// <param name="After">How it is now, as JSON without secrets; null if it is gone.</param>
/// <param name="Address">From where, as text; null from the server itself.</param>
/// <param name="RequestId">The request's trace id, which the server's log also carries; null from the server itself.</param>
internal sealed record AuditEntry(
    DateTimeOffset At, string Actor, string Action, string Target, string? Before, string? After, string? Address, string? RequestId);

/// <summary>A change as it is recorded.</summary>
/// <param name="Id">Rises with every record, and is never used twice.</param>
/// <param name="Entry">The change.</param>
internal sealed record AuditRecord(long Id, AuditEntry Entry);

/// <summary>Which records. What is null does not matter.</summary>
/// <param name="Actor">The exact actor.</param>
/// <param name="Action">The exact action, or with a dot at its end all that begin so: <c>ban.</c></param>
/// <param name="Target">The exact target.</param>
/// <param name="From">Not before this time.</param>
/// <param name="Until">Before this time.</param>
internal sealed record AuditFilter(string? Actor = null, string? Action = null, string? Target = null, DateTimeOffset? From = null, DateTimeOffset? Until = null);
