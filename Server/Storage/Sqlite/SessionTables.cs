using KaiChat.Server.Chat;
using Microsoft.Data.Sqlite;

namespace KaiChat.Server.Storage.Sqlite;

/// <summary>What the writer does to sessions and their read markers. Only its thread comes here.</summary>
internal sealed class SessionTables : IDisposable
{
    private readonly SqliteStatement _save, _leave, _signOut, _forgetSessions, _forgetMarkers, _mark, _unmark;
    private readonly SqliteStatement[] _all;

    public SessionTables(SqliteConnection connection)
    {
        SqliteStatement Prepare(string sql) => new(connection, sql);
        _all =
        [
            _save = Prepare(
                """
                INSERT INTO sessions (id, name, expires_at, present, signed_out) VALUES (?1, ?2, ?3, 1, 0)
                ON CONFLICT (id) DO UPDATE SET expires_at = max(expires_at, excluded.expires_at), present = NOT signed_out
                """),
            _leave = Prepare("UPDATE sessions SET present = 0 WHERE id = ?1 AND present"),
            _signOut = Prepare(
                """
                INSERT INTO sessions (id, name, expires_at, present, signed_out) VALUES (?1, ?2, ?3, 0, 1)
                ON CONFLICT (id) DO UPDATE SET expires_at = max(expires_at, excluded.expires_at), present = 0, signed_out = 1
                """),
            _forgetMarkers = Prepare("DELETE FROM read_markers WHERE session IN (SELECT id FROM sessions WHERE expires_at <= ?1)"),
            _forgetSessions = Prepare("DELETE FROM sessions WHERE expires_at <= ?1"),
            _unmark = Prepare("DELETE FROM read_markers WHERE session = ?1 AND conversation = ?2"),
            _mark = Prepare(
                """
                INSERT INTO read_markers (session, conversation, seq) VALUES (?1, ?2, ?3)
                ON CONFLICT (session, conversation) DO UPDATE SET seq = excluded.seq WHERE seq <> excluded.seq
                """),
        ];
    }

    public void Save(StoredSession session) => Bind(_save, session).Execute();

    public void Leave(SessionId session) => _leave.Bind(1, session.Value).Execute();

    public void SignOut(StoredSession session) => Bind(_signOut, session).Execute();

    public void Forget(DateTimeOffset expiredAt)
    {
        _forgetMarkers.Bind(1, TimeColumn.From(expiredAt)).Execute();
        _forgetSessions.Bind(1, TimeColumn.From(expiredAt)).Execute();
    }

    public void Mark(IEnumerable<ReadMarker> markers)
    {
        foreach (var (session, conversation, seq) in markers)
        {
            if (seq is { } read) _mark.Bind(1, session.Value).Bind(2, conversation.Value).Bind(3, read).Execute();
            else _unmark.Bind(1, session.Value).Bind(2, conversation.Value).Execute();
        }
    }

    public void Dispose()
    {
        foreach (var statement in _all) statement.Dispose();
    }

    private static SqliteStatement Bind(SqliteStatement statement, StoredSession session) => statement
        .Bind(1, session.Who.Session.Value).Bind(2, session.Who.Name.Value).Bind(3, TimeColumn.From(session.ExpiresAt));
}
