using KaiChat.Server.Chat.Moderation;

namespace KaiChat.Server.Storage;

/// <summary>The bans and mutes that are in force, over restarts. Every method may be called from any thread at any time; when a write completes, it is durable.</summary>
/// <remarks>Every method throws <see cref="LogUnavailableException"/> if the database cannot be used now.</remarks>
internal interface ISanctionStore
{
    /// <summary>All of them, oldest first, also those whose time is over.</summary>
    Task<IReadOnlyList<ChatSanction>> ReadAsync(CancellationToken cancellation);

    /// <summary>Adds one, whose number is ignored, and returns it with the number it got, which no other ever has. It and its record are written both, or neither.</summary>
    /// <param name="sanction">What is added.</param>
    /// <param name="record">What is recorded of it, now that it has its number.</param>
    Task<ChatSanction> AddAsync(ChatSanction sanction, Func<ChatSanction, AuditEntry> record);

    /// <summary>Takes some away. What is not there is gone already.</summary>
    /// <param name="ids">Which.</param>
    /// <param name="records">What is recorded of it, if it is done by somebody: written both, or neither.</param>
    Task RemoveAsync(IReadOnlyCollection<long> ids, IReadOnlyCollection<AuditEntry> records);
}
