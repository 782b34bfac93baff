namespace KaiChat.Server.Storage;

/// <summary>What operators have settled while the server worked, by name, over restarts: no setting of the configuration. When a write completes, it is durable.</summary>
/// <remarks>Every method throws <see cref="LogUnavailableException"/> if the database cannot be used now.</remarks>
internal interface ISettingStore
{
    /// <summary>What a name has been given last; null if nothing.</summary>
    Task<string?> ReadAsync(string name, CancellationToken cancellation);

    /// <summary>Gives a name a value and records that, both or neither.</summary>
    Task WriteAsync(string name, string value, AuditEntry record);
}
