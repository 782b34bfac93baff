using System.Collections.Concurrent;
using KaiChat.Server.Storage;
using KaiChat.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KaiChat.Integration.Tests.Channels;

/// <summary>An audit log that a test reads.</summary>
internal sealed class RecordedAudit : IAuditLog
{
    private readonly ConcurrentQueue<AuditEntry> _entries = new();

    public IReadOnlyList<AuditEntry> Entries => [.. _entries];

    /// <summary>What was done to what, in order.</summary>
    public IEnumerable<(string Action, string Target)> Done => _entries.Select(entry => (entry.Action, entry.Target));

    public Task<ChatServer> StartServerAsync(params string[] settings) =>
        ChatServer.StartAdjustedAsync(services => services.Replace(ServiceDescriptor.Singleton<IAuditLog>(this)), settings);

    public Task<long> RecordAsync(AuditEntry entry)
    {
        _entries.Enqueue(entry);
        return Task.FromResult((long)_entries.Count);
    }

    public Task<IReadOnlyList<AuditRecord>> ReadAsync(AuditFilter filter, long beforeId, int limit, CancellationToken cancellation) => throw new NotSupportedException();
}
