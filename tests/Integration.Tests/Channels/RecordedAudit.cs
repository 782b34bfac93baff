using KaiChat.Server.Storage;
using KaiChat.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace KaiChat.Integration.Tests.Channels;

/// <summary>What a server has recorded, as a test reads it.</summary>
internal static class RecordedAudit
{
    /// <summary>All of it, oldest first.</summary>
    public static async Task<IReadOnlyList<AuditEntry>> RecordedAsync(this ChatServer server) =>
        [.. (await server.Services.GetRequiredService<IAuditLog>().ReadAsync(new AuditFilter(), long.MaxValue, 1_000, default)).Reverse().Select(record => record.Entry)];

    /// <summary>What was done to what, in order.</summary>
    public static async Task<IEnumerable<(string Action, string Target)>> DoneAsync(this ChatServer server) =>
        (await server.RecordedAsync()).Select(entry => (entry.Action, entry.Target));
}
