using System.Globalization;
using KaiChat.Server.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KaiChat.Server.Storage.Backup;

/// <summary>Whether a database that comes from anywhere is a whole one, and the one that its manifest speaks of.</summary>
internal static class DatabaseCheck
{
    /// <summary>As many faults of one kind are told: the first ones say what there is to know.</summary>
    private const int MostOfAKind = 5;

    /// <summary>What is wrong with it, a line each; none if nothing is.</summary>
    /// <param name="file">The database, a single file that nobody else has open.</param>
    public static List<string> Run(string file, BackupManifest manifest, CancellationToken cancellation)
    {
        SqliteLibrary.Use();
        var faults = new List<string>();
        try
        {
            using var connection = SqliteConnections.OpenReader(file);
            using var stop = cancellation.Register(() => raw.sqlite3_interrupt(connection.Handle!));
            // Its schema is a stranger's: what is written there must not call anything.
            connection.Execute("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON");
            faults.AddRange(Lines(connection, "PRAGMA integrity_check(5)").Where(line => line != "ok").Select(line => "it is damaged: " + line + "."));
            if (faults.Count == 0) faults.AddRange(Content(connection, manifest));
        }
        catch (BackupDamagedException damaged)
        {
            return [.. damaged.Faults];
        }
        catch (SqliteException interrupted) when (interrupted.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            cancellation.ThrowIfCancellationRequested();
            throw;
        }
        catch (Exception unreadable) when (unreadable is SqliteException or InvalidCastException or FormatException or OverflowException or InvalidOperationException)
        {
            faults.Add($"it cannot be read ({unreadable.Message}).");
        }
        return [.. faults.Select(fault => $"{BackupFormat.Database}: {BackupFormat.OneLine(fault)}")];
    }

    private static List<string> Content(SqliteConnection connection, BackupManifest manifest)
    {
        var facts = DatabaseFacts.Read(connection);
        var faults = new List<string>();
        if (facts.Schema != manifest.Schema) faults.Add($"it has schema {facts.Schema} where the manifest says {manifest.Schema}.");
        if (facts.Schema > Schema.Migrations.Count)
        {
            faults.Add($"it has schema {facts.Schema}, this release knows schemas up to {Schema.Migrations.Count}. Use the release that made it, or a newer one.");
        }
        if (facts.Schema < 1) faults.Add("it has no schema: this is no database of KaiChat.");
        if (faults.Count > 0) return faults;
        var (found, said) = (facts.Counts, manifest.Counts);
        Compare("conversations", found.Conversations, said.Conversations);
        Compare("open conversations", found.OpenConversations, said.OpenConversations);
        Compare("messages", found.Messages, said.Messages);
        if (found.HighestConversation != said.HighestConversation) faults.Add($"its newest conversation is {found.HighestConversation} where the manifest says {said.HighestConversation}.");
        if (found.HighestMessage != said.HighestMessage) faults.Add($"its newest message is {found.HighestMessage} where the manifest says {said.HighestMessage}.");
        foreach (var table in facts.Tables.Keys.Union(manifest.Tables.Keys).Where(table => table is not ("conversations" or "messages")))
        {
            Compare("rows of " + table, facts.Tables.GetValueOrDefault(table), manifest.Tables.GetValueOrDefault(table));
        }
        faults.AddRange(Lines(connection, $"SELECT \"table\" || ' names a row of ' || parent || ' that is not there.' FROM pragma_foreign_key_check LIMIT {MostOfAKind}").Distinct());
        faults.AddRange(Gaps(connection));
        return faults;

        void Compare(string what, long isThere, long should)
        {
            if (isThere != should) faults.Add($"it holds {isThere} {what} where the manifest says {should}.");
        }
    }

    /// <summary>A conversation's seqs have no gap: from 1, or from where retention has removed the messages before.</summary>
    private static List<string> Gaps(SqliteConnection connection)
    {
        var canRemove = connection.Scalar("SELECT 1 FROM pragma_table_info('conversations') WHERE name = 'removed_through'") is not null;
        var before = canRemove ? "coalesce((SELECT c.removed_through FROM conversations c WHERE c.id = m.conversation), 0)" : "0";
        return Lines(
            connection,
            $"""
            SELECT 'conversation #' || conversation || ' has ' || found || ' messages with seqs from ' || first || ' to ' || last || ', where they begin at ' || (before + 1) || ' and have no gap.'
            FROM (SELECT m.conversation, count(*) AS found, min(m.seq) AS first, max(m.seq) AS last, {before} AS before FROM messages m GROUP BY m.conversation)
            WHERE first <> before + 1 OR last <> before + found LIMIT {MostOfAKind}
            """);
    }

    private static List<string> Lines(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // every caller's SQL is a constant of this file
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read()) lines.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture) ?? "");
        return lines;
    }
}
