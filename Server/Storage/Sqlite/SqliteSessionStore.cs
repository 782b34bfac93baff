using KaiChat.Server.Chat;

namespace KaiChat.Server.Storage.Sqlite;

/// <summary>Sessions in the log's database: what the log's writer commits, they share.</summary>
internal sealed class SqliteSessionStore(LogWriter writer, ReaderPool<LogReader> readers) : ISessionStore
{
    public Task<IReadOnlyList<StoredSession>> ReadPresentAsync(DateTimeOffset now, CancellationToken cancellation) =>
        readers.ReadAsync<IReadOnlyList<StoredSession>>(reader => reader.PresentSessions(now, cancellation), cancellation);

    public Task<bool> IsSignedOutAsync(SessionId session, CancellationToken cancellation) =>
        readers.ReadAsync(reader => reader.IsSignedOut(session), cancellation);

    public Task SaveAsync(StoredSession session) => DoAsync(tables => tables.Save(session));

    public Task LeaveAsync(SessionId session) => DoAsync(tables => tables.Leave(session));

    public Task SignOutAsync(StoredSession session) => DoAsync(tables => tables.SignOut(session));

    public Task ForgetExpiredAsync(DateTimeOffset now) => DoAsync(tables => tables.Forget(now));

    public Task<IReadOnlyDictionary<ConversationId, long>> ReadMarkersAsync(SessionId session, CancellationToken cancellation) =>
        readers.ReadAsync<IReadOnlyDictionary<ConversationId, long>>(reader => reader.ReadMarkers(session, cancellation), cancellation);

    public Task MarkReadAsync(IReadOnlyCollection<ReadMarker> markers) => DoAsync(tables => tables.Mark(markers));

    private Task<bool> DoAsync(Action<SessionTables> write) => writer.WriteAsync(new DoRequest(tables => write(tables.Sessions)), CancellationToken.None);
}
