namespace KaiChat.Server.Storage;

/// <summary>Operators' keys, of which only hashes are kept. Every method may be called from any thread at any time; when a write completes, it is durable.</summary>
/// <remarks>Every method throws <see cref="LogUnavailableException"/> if the database cannot be used now.</remarks>
internal interface IKeyStore
{
    /// <summary>All keys there ever were, revoked ones too, in order of their ids.</summary>
    Task<IReadOnlyList<StoredKey>> ReadAsync(CancellationToken cancellation);

    /// <summary>Adds a key. Null: there is, or was, one of this name, in some letter case, and nothing changed.</summary>
    /// <param name="key">What is added.</param>
    /// <param name="record">What is recorded of it, now that it has its id: written both, or neither.</param>
    Task<StoredKey?> AddAsync(NewKey key, Func<StoredKey, AuditEntry> record);

    /// <summary>Revokes a key for good and records that, both or neither. One that is revoked stays as it was, an unknown one is nobody's, and of neither anything is recorded.</summary>
    Task RevokeAsync(long id, DateTimeOffset now, AuditEntry record);

    /// <summary>Notes when a key was last used.</summary>
    Task NoteUseAsync(long id, DateTimeOffset at);
}

/// <summary>A key to be added.</summary>
/// <param name="Name">Its name, never given twice.</param>
/// <param name="Hash">SHA-256 of its secret.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="MadeAt">When, UTC.</param>
/// <param name="MadeBy">By whom, as in the audit log.</param>
/// <param name="ExpiresAt">From when on it is worth nothing, UTC; null: never.</param>
internal sealed record NewKey(string Name, byte[] Hash, IReadOnlyList<string> Scopes, DateTimeOffset MadeAt, string MadeBy, DateTimeOffset? ExpiresAt);

/// <summary>A key as it is kept.</summary>
/// <param name="Id">Rises with every key, and is never used twice.</param>
/// <param name="Key">What it was made as.</param>
/// <param name="LastUsedAt">When it was last used, to about a minute; null: never.</param>
/// <param name="RevokedAt">Since when it is worth nothing; null: it is not revoked.</param>
internal sealed record StoredKey(long Id, NewKey Key, DateTimeOffset? LastUsedAt = null, DateTimeOffset? RevokedAt = null);
