using Microsoft.Data.Sqlite;

namespace KaiChat.Server.Storage.Sqlite;

/// <summary>Reads the audit log. For one caller at a time.</summary>
internal sealed class AuditReader(SqliteConnection connection) : IDisposable
{
    /// <summary>One query for each set of filters, so that each finds its index; made when first asked for.</summary>
    private readonly Dictionary<string, SqliteStatement> _queries = new(StringComparer.Ordinal);

    public List<AuditRecord> Before(AuditFilter filter, long beforeId, int limit, CancellationToken cancellation)
    {
        var isPrefix = filter.Action is [.., '.'];
        var conditions = "id < ?1"
            + (filter.Actor is null ? "" : " AND actor = ?3")
            + (filter.Action is null ? "" : isPrefix ? " AND action >= ?4 AND action < ?5" : " AND action = ?4")
            + (filter.Target is null ? "" : " AND target = ?6")
            + (filter.From is null ? "" : " AND at >= ?7")
            + (filter.Until is null ? "" : " AND at < ?8");
        if (!_queries.TryGetValue(conditions, out var query))
        {
            query = new SqliteStatement(
                connection, $"SELECT id, at, actor, action, target, before, after, address, request FROM audit WHERE {conditions} ORDER BY id DESC LIMIT ?2");
            _queries.Add(conditions, query);
        }
        query.Bind(1, beforeId).Bind(2, limit);
        if (filter.Actor is { } actor) query.Bind(3, actor);
        if (filter.Action is { } action) query.Bind(4, action);
        // The character after the dot: all that begin with the prefix are below it.
        if (isPrefix) query.Bind(5, filter.Action![..^1] + '/');
        if (filter.Target is { } target) query.Bind(6, target);
        if (filter.From is { } from) query.Bind(7, TimeColumn.From(from));
        if (filter.Until is { } until) query.Bind(8, TimeColumn.From(until));
        return query.All(Record, cancellation);
    }

    public void Dispose()
    {
        foreach (var query in _queries.Values) query.Dispose();
    }

    private static AuditRecord Record(SqliteStatement row) => new(
        row.Int64(0),
        new AuditEntry(TimeColumn.To(row.Int64(1)), row.Text(2), row.Text(3), row.Text(4), Text(row, 5), Text(row, 6), Text(row, 7), Text(row, 8)));

    private static string? Text(SqliteStatement row, int column) => row.IsNull(column) ? null : row.Text(column);
}
