using KaiChat.Server.Chat.Keeping;
using KaiChat.Shared.Names;

namespace KaiChat.Server.Storage;

/// <summary>
/// What operators have settled for channels, by name in any letter case, whether the channel is open or not. Every method may be called from any thread at any time; when a
/// write completes, it is durable. The contract is written as tests in <c>tests/Specification/ChannelSettingsSpecification.cs</c>.
/// </summary>
/// <remarks>Every method throws <see cref="LogUnavailableException"/> if the database cannot be used now.</remarks>
internal interface IChannelSettingsStore
{
    /// <summary>All there are, in order of name.</summary>
    Task<IReadOnlyList<SettledChannel>> ReadAllAsync(CancellationToken cancellation);

    /// <summary>Notes them, in place of what was noted for that name, and records that, both or neither.</summary>
    Task SaveAsync(SettledChannel settled, AuditEntry record);

    /// <summary>Forgets what was noted for a name, if anything was, and records that, both or neither.</summary>
    Task ForgetAsync(ChannelName name, AuditEntry record);
}
