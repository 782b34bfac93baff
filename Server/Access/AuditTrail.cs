using System.Text.Json;
using KaiChat.Server.Storage;

namespace KaiChat.Server.Access;

/// <summary>Where every change by operators is recorded.</summary>
internal sealed class AuditTrail(IAuditLog log, TimeProvider clock)
{
    /// <inheritdoc cref="IAuditLog.Recorded"/>
    public event Action<long>? Recorded
    {
        add => log.Recorded += value;
        remove => log.Recorded -= value;
    }

    /// <summary>What is recorded of a change. A store that keeps what is changed writes it with the change, in one transaction.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="action">What, in two words of the API: <c>ban.create</c>.</param>
    /// <param name="target">To what.</param>
    /// <param name="before">How it was, without secrets and without message texts; null if it was not there.</param>
    /// <param name="after">How it is now, likewise; null if it is gone.</param>
    public AuditEntry EntryOf(Actor actor, string action, string target, object? before = null, object? after = null) =>
        new(clock.GetUtcNow(), actor.Name, action, target, AsJson(before), AsJson(after), actor.Address, actor.RequestId);

    /// <summary>Records a change of what is in no database, before it is made: a server that dies in between has recorded what it did not do, and never the reverse.</summary>
    /// <inheritdoc cref="EntryOf"/>
    public Task RecordAsync(Actor actor, string action, string target, object? before = null, object? after = null) =>
        RecordAsync(EntryOf(actor, action, target, before, after));

    /// <inheritdoc cref="RecordAsync(Actor, string, string, object?, object?)"/>
    public Task RecordAsync(AuditEntry entry) => log.RecordAsync(entry);

    /// <summary>The newest record of an action on this target; null if there is none.</summary>
    public async Task<AuditEntry?> FindLastAsync(string action, string target, CancellationToken cancellation) =>
        await log.ReadAsync(new AuditFilter(Action: action, Target: target), long.MaxValue, 1, cancellation) is [var newest] ? newest.Entry : null;

    private static string? AsJson(object? state) => state is null ? null : JsonSerializer.Serialize(state, JsonSerializerOptions.Web);
}
