using KaiChat.Server.Chat;
using KaiChat.Server.Storage;
using KaiChat.Server.Storage.Sqlite;
using KaiChat.Server.Web;
using KaiChat.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace KaiChat.Integration.Tests.Hub;

/// <summary>The real store of sessions, whose writes may be made to fail.</summary>
internal sealed class FailingSessions : ISessionStore
{
    private ISessionStore _store = null!;

    public bool Fails { get; set; }

    public static FailingSessions Take(IServiceCollection services)
    {
        var failing = new FailingSessions();
        services.AddSingleton<ISessionStore>(provider =>
        {
            failing._store = provider.GetRequiredService<SqliteMessageLog>().Sessions;
            return failing;
        });
        return failing;
    }

    public Task TidyAsync(ChatServer server) => server.Services.GetRequiredService<KeptSessions>().TidyAsync();

    public Task<IReadOnlyList<StoredSession>> ReadPresentAsync(DateTimeOffset now, CancellationToken cancellation) => _store.ReadPresentAsync(now, cancellation);

    public Task<bool> IsSignedOutAsync(SessionId session, CancellationToken cancellation) => _store.IsSignedOutAsync(session, cancellation);

    public Task SaveAsync(StoredSession session) => Unless(() => _store.SaveAsync(session));

    public Task LeaveAsync(SessionId session) => Unless(() => _store.LeaveAsync(session));

    public Task SignOutAsync(StoredSession session) => Unless(() => _store.SignOutAsync(session));

    public Task ForgetExpiredAsync(DateTimeOffset now) => Unless(() => _store.ForgetExpiredAsync(now));

    public Task<IReadOnlyDictionary<ConversationId, long>> ReadMarkersAsync(SessionId session, CancellationToken cancellation) =>
        _store.ReadMarkersAsync(session, cancellation);

    public Task MarkReadAsync(IReadOnlyCollection<ReadMarker> markers) => Unless(() => _store.MarkReadAsync(markers));

    private Task Unless(Func<Task> write) => Fails ? Task.FromException(new LogUnavailableException("The test says so.")) : write();
}
