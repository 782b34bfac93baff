using System.Globalization;
using KaiChat.Server.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace KaiChat.Server.Storage.Backup;

/// <summary>What can be said of a database of any schema, counted in it.</summary>
/// <param name="Schema">Its <c>user_version</c>.</param>
/// <param name="Tables">The rows of every table but SQLite's own, virtual ones and what those keep their content in: such are made from the others.</param>
internal sealed record DatabaseFacts(int Schema, BackupCounts Counts, IReadOnlyDictionary<string, long> Tables)
{
    public static DatabaseFacts Read(SqliteConnection connection)
    {
        var schema = Convert.ToInt32(connection.Scalar("PRAGMA user_version"), CultureInfo.InvariantCulture);
        var tables = TablesOf(connection);
        foreach (var needed in (string[])["conversations", "messages"])
        {
            // A view of that name could be anything, and take for ever.
            if (!tables.Contains(needed)) throw new BackupDamagedException($"{BackupFormat.Database}: it has no table {needed}: this is no database of KaiChat.");
        }
        var rows = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in tables) rows[table] = Count(connection, $"SELECT count(*) FROM {Quoted(table)}");
        return new DatabaseFacts(
            schema,
            new BackupCounts(
                rows["conversations"],
                Count(connection, "SELECT count(*) FROM conversations WHERE closed_at IS NULL"),
                rows["messages"],
                Count(connection, "SELECT coalesce(max(id), 0) FROM conversations"),
                Count(connection, "SELECT coalesce(max(rowid), 0) FROM messages")),
            rows);
    }

    private static SortedSet<string> TablesOf(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        // Virtual tables have no page of their own.
        command.CommandText = "SELECT name, rootpage FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name";
        using var reader = command.ExecuteReader();
        var tables = new SortedSet<string>(StringComparer.Ordinal);
        var virtualOnes = new List<string>();
        while (reader.Read())
        {
            if (reader.GetInt64(1) > 0) tables.Add(reader.GetString(0));
            else virtualOnes.Add(reader.GetString(0) + "_");
        }
        tables.RemoveWhere(table => virtualOnes.Exists(prefix => table.StartsWith(prefix, StringComparison.Ordinal)));
        return tables;
    }

    private static long Count(SqliteConnection connection, string sql) => Convert.ToInt64(connection.Scalar(sql), CultureInfo.InvariantCulture);

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
