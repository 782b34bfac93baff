using KaiChat.Server.Chat;
using KaiChat.Server.Storage.Sqlite;
using KaiChat.Shared.Names;
using Microsoft.Data.Sqlite;

namespace KaiChat.Server.Storage.Backup;

/// <summary>The log of a data directory for a program that only reads, beside a server or without one. For one caller at a time.</summary>
internal sealed class ArchivedLog : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly LogReader _reader;

    private ArchivedLog(SqliteConnection connection, LogReader reader)
    {
        _connection = connection;
        _reader = reader;
    }

    /// <exception cref="WorkRefusedException">There is no database, or not one of this release's schema.</exception>
    /// <exception cref="StorageStartException">The system has no SQLite.</exception>
    public static ArchivedLog Open(string directory)
    {
        SqliteLibrary.Use();
        var file = Path.Combine(Path.GetFullPath(directory), BackupFormat.Database);
        if (!File.Exists(file)) throw new WorkRefusedException($"{StorageOptions.DirectoryKey}: there is no database {file}.");
        SqliteConnection? connection = null;
        try
        {
            connection = SqliteConnections.OpenReader(file);
            var schema = Convert.ToInt32(connection.Scalar("PRAGMA user_version"), System.Globalization.CultureInfo.InvariantCulture);
            if (schema != Schema.Migrations.Count)
            {
                throw new WorkRefusedException(
                    $"{file} has schema {schema}, this release reads schema {Schema.Migrations.Count}. Use the release that wrote it, or start the server of this one: that migrates an older database.");
            }
            return new ArchivedLog(connection, new LogReader(file));
        }
        catch (Exception error)
        {
            connection?.Dispose();
            if (error is SqliteException) throw new WorkRefusedException($"{file} cannot be read: {error.Message}", error);
            throw;
        }
    }

    /// <summary>A conversation by its number; null if there is none.</summary>
    public LoggedConversation? Find(ConversationId id) => _reader.Conversation(id);

    /// <summary>The open conversation of a name in any letter case, or else the latest; null if there never was one.</summary>
    public LoggedConversation? Find(ChannelName name)
    {
        using var query = new SqliteStatement(
            _connection, $"SELECT {Rows.ConversationColumns} FROM conversations c WHERE c.name_key = ?1 ORDER BY c.closed_at IS NOT NULL, c.id DESC LIMIT 1");
        return query.Bind(1, name.Key).First(Rows.Conversation);
    }

    /// <inheritdoc cref="IMessageLog.ReadAfterAsync"/>
    public List<ChatMessage> ReadAfter(ConversationId conversation, long afterSeq, int limit, CancellationToken cancellation) =>
        _reader.After(conversation, afterSeq, limit, cancellation);

    public void Dispose()
    {
        _reader.Dispose();
        _connection.Dispose();
    }
}
