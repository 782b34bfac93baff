using System.Globalization;
using Microsoft.Data.Sqlite;

namespace KaiChat.Server.Storage.Sqlite;

/// <summary>Brings a database to the newest schema. What an older release wrote is copied first, beside the database.</summary>
internal sealed class SchemaMigrator(IReadOnlyList<string> migrations, TimeProvider clock, ILogger logger)
{
    /// <summary>Migrates the database of this connection.</summary>
    /// <returns>Its schema's version now.</returns>
    /// <exception cref="StorageStartException">A newer release wrote it.</exception>
    public int Migrate(SqliteConnection connection)
    {
        var version = Convert.ToInt32(connection.Scalar("PRAGMA user_version"), CultureInfo.InvariantCulture);
        if (version > migrations.Count)
        {
            throw new StorageStartException(
                $"{connection.DataSource} has schema {version}, this release knows schemas up to {migrations.Count}. "
                + "Run the release that wrote it, or a newer one.");
        }

        if (version is 0 || version == migrations.Count)
        {
            Run(connection, version);
            return migrations.Count;
        }

        var copy = Copy(connection, version);
        StorageLog.Migrating(logger, connection.DataSource, version, migrations.Count, copy);
        Run(connection, version);
        return migrations.Count;
    }

    private void Run(SqliteConnection connection, int version)
    {
        using var transaction = new WriteTransaction(connection);
        for (; version < migrations.Count; version++)
        {
            transaction.Run((connection, Sql: migrations[version], Next: version + 1), static write =>
            {
                write.connection.Execute(write.Sql);
                write.connection.Execute($"PRAGMA user_version = {write.Next}");
            });
        }
    }

    private string Copy(SqliteConnection connection, int version)
    {
        var database = Path.ChangeExtension(connection.DataSource, null);
        var copy = string.Create(CultureInfo.InvariantCulture, $"{database}-schema{version}-{clock.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}.db");
        // Made first, and for the owner only: SQLite would make it readable for all.
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        new FileStream(copy, options).Dispose();
        using (var target = SqliteConnections.OpenCopy(copy)) connection.BackupDatabase(target);
        using var file = new FileStream(copy, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
        return copy;
    }
}
