using System.Runtime.InteropServices;
using KaiChat.Server.Chat;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KaiChat.Server.Storage.Sqlite;

/// <summary>A message that the search index may still hold as it was.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Rev">The revision of its change; 0 if it was removed.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct UnindexedEntry(long Id, long Rev);

/// <summary>What the writer does to remove messages. Only its thread comes here.</summary>
internal sealed class RemovalTables : IDisposable
{
    /// <summary>Pages given back to the file system at a time: 1 MiB, some milliseconds of the writer's time.</summary>
    private const int PagesReturned = 512;

    private const string Changed = "SELECT id FROM messages WHERE conversation = ?1 AND seq <= ?2 AND +rev > 0";

    private readonly sqlite3 _database;
    private readonly SqliteStatement _range, _keepId, _unindex, _forgetVersions, _forgetReactions, _delete, _removedThrough, _forgetMarkers, _forget, _indexed, _vacuum, _free;
    private readonly SqliteStatement[] _all;

    public RemovalTables(SqliteConnection connection)
    {
        _database = connection.Handle!;
        SqliteStatement Prepare(string sql) => new(connection, sql);
        _all =
        [
            _range = Prepare(
                """
                SELECT coalesce(max(seq), 0) FROM (SELECT seq FROM messages WHERE conversation = ?1 AND seq <= ?2 ORDER BY seq LIMIT ?3)
                """),
            _keepId = Prepare("UPDATE log SET removed_id = max(removed_id, (SELECT max(id) FROM messages WHERE conversation = ?1 AND seq <= ?2))"),
            _unindex = Prepare("INSERT OR REPLACE INTO unindexed (id) SELECT id FROM messages WHERE conversation = ?1 AND seq <= ?2"),
            _forgetVersions = Prepare($"DELETE FROM message_versions WHERE message IN ({Changed})"),
            _forgetReactions = Prepare($"DELETE FROM reactions WHERE message IN ({Changed})"),
            _delete = Prepare("DELETE FROM messages WHERE conversation = ?1 AND seq <= ?2"),
            _removedThrough = Prepare("UPDATE conversations SET removed_through = max(removed_through, ?2) WHERE id = ?1"),
            _forgetMarkers = Prepare("DELETE FROM read_markers WHERE conversation NOT IN (SELECT id FROM conversations)"),
            _forget = Prepare(
                """
                DELETE FROM conversations WHERE closed_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.conversation = conversations.id)
                """),
            // Unless it changed again since.
            _indexed = Prepare("DELETE FROM unindexed WHERE id = ?1 AND rev = ?2"),
            _vacuum = Prepare($"PRAGMA incremental_vacuum({PagesReturned})"),
            _free = Prepare("PRAGMA freelist_count"),
        ];
    }

    /// <returns>How many messages are gone.</returns>
    public int Remove(ConversationId conversation, long throughSeq, int limit)
    {
        var through = _range.Bind(1, conversation.Value).Bind(2, throughSeq).Bind(3, limit).First(static row => row.Int64(0));
        if (through == 0) return 0;
        foreach (var statement in (ReadOnlySpan<SqliteStatement>)[_keepId, _unindex, _removedThrough, _forgetVersions, _forgetReactions, _delete])
        {
            statement.Bind(1, conversation.Value).Bind(2, through).Execute();
        }

        return raw.sqlite3_changes(_database);
    }

    /// <summary>Forgets closed conversations without messages.</summary>
    public void ForgetEmpty()
    {
        _forget.Execute();
        if (raw.sqlite3_changes(_database) > 0) _forgetMarkers.Execute();
    }

    /// <summary>The search index has followed these removals and changes.</summary>
    public void Followed(IEnumerable<UnindexedEntry> entries)
    {
        foreach (var entry in entries) _indexed.Bind(1, entry.Id).Bind(2, entry.Rev).Execute();
    }

    /// <returns>Whether there is more space to give back.</returns>
    public bool ReturnSpace()
    {
        var before = FreePages();
        if (before == 0) return false;
        _vacuum.Execute();
        var left = FreePages();
        // A file that an older release made, and that could not be rebuilt, gives nothing back.
        return left > 0 && left < before;
    }

    private long FreePages() => _free.First(static row => row.Int64(0));

    public void Dispose()
    {
        foreach (var statement in _all) statement.Dispose();
    }
}
