using System.Text.Json;
using KaiChat.Server.Storage;

namespace KaiChat.Server.Access;

/// <summary>Where every change by operators is recorded.</summary>
internal sealed class AuditTrail(IAuditLog log, TimeProvider clock)
{
    /// <summary>A change has been recorded, under this id. Those who listen are quick.</summary>
    public event Action<long>? Recorded;

    /// <summary>Records a change; the caller makes it before or after, and answers its operator only when both are done.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="action">What, in two words of the API: <c>ban.create</c>.</param>
    /// <param name="target">To what.</param>
    /// <param name="before">How it was, without secrets and without message texts; null if it was not there.</param>
    /// <param name="after">How it is now, likewise; null if it is gone.</param>
    public async Task RecordAsync(Actor actor, string action, string target, object? before = null, object? after = null)
    {
        var id = await log.RecordAsync(new AuditEntry(clock.GetUtcNow(), actor.Name, action, target, AsJson(before), AsJson(after), actor.Address, actor.RequestId));
        Recorded?.Invoke(id);
    }

    private static string? AsJson(object? state) => state is null ? null : JsonSerializer.Serialize(state, JsonSerializerOptions.Web);
}
