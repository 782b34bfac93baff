using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KaiChat.Server.Storage.Sqlite;

/// <summary>What the writer does to the audit log. Only its thread comes here.</summary>
internal sealed class AuditTables(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement _insert = new(
        connection, "INSERT INTO audit (at, actor, action, target, before, after, address, request) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");

    private readonly List<long> _recorded = [];

    /// <summary>The ids of what this transaction has recorded.</summary>
    public IReadOnlyList<long> Recorded => _recorded;

    /// <summary>Another transaction begins.</summary>
    public void Begin() => _recorded.Clear();

    public void Record(AuditEntry entry)
    {
        _insert.Bind(1, TimeColumn.From(entry.At)).Bind(2, entry.Actor).Bind(3, entry.Action).Bind(4, entry.Target)
            .Bind(5, entry.Before).Bind(6, entry.After).Bind(7, entry.Address).Bind(8, entry.RequestId)
            .Execute();
        _recorded.Add(raw.sqlite3_last_insert_rowid(connection.Handle));
    }

    public void Dispose() => _insert.Dispose();
}
