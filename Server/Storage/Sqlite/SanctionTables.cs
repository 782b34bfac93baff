using KaiChat.Server.Chat.Moderation;
using KaiChat.Shared.Contracts;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KaiChat.Server.Storage.Sqlite;

/// <summary>What the writer does to sanctions and to what operators have settled. Only its thread comes here.</summary>
internal sealed class SanctionTables(SqliteConnection connection) : IDisposable
{
    private readonly sqlite3 _database = connection.Handle!;

    private readonly SqliteStatement _insert = new(
        connection,
        """
        INSERT INTO sanctions (kind, name, name_key, network, channel, channel_key, reason, made_by, made_at, until)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
        """);

    private readonly SqliteStatement _delete = new(connection, "DELETE FROM sanctions WHERE id = ?1");

    private readonly SqliteStatement _set = new(connection, "INSERT INTO settings (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value");

    public ChatSanction Add(ChatSanction sanction)
    {
        _insert.Bind(1, KindColumn.From(sanction.Kind))
            .Bind(2, sanction.Name?.Value).Bind(3, sanction.Name?.Value.ToLowerInvariant())
            .Bind(4, sanction.Network?.ToString())
            .Bind(5, sanction.Channel?.Value).Bind(6, sanction.Channel?.Key)
            .Bind(7, WellFormed.Text(sanction.Reason)).Bind(8, sanction.By)
            .Bind(9, TimeColumn.From(sanction.From));
        if (sanction.Until is { } until) _insert.Bind(10, TimeColumn.From(until));
        else _insert.Bind(10, null);
        _insert.Execute();
        return sanction with { Id = raw.sqlite3_last_insert_rowid(_database) };
    }

    public void Remove(IEnumerable<long> ids)
    {
        foreach (var id in ids) _delete.Bind(1, id).Execute();
    }

    public void Set(string name, string value) => _set.Bind(1, name).Bind(2, value).Execute();

    public void Dispose()
    {
        _insert.Dispose();
        _delete.Dispose();
        _set.Dispose();
    }

    /// <summary>The numbers that stand for a <see cref="SanctionKind"/> in the database. They outlive the enumeration's own order: never reuse one.</summary>
    internal static class KindColumn
    {
        public static long From(SanctionKind kind) => kind switch
        {
            SanctionKind.Ban => 1,
            SanctionKind.Mute => 2,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This kind has no number in the database."),
        };

        public static SanctionKind To(long number) => number switch
        {
            1 => SanctionKind.Ban,
            2 => SanctionKind.Mute,
            _ => throw new InvalidDataException($"The database holds a sanction of unknown kind {number}."),
        };
    }
}
