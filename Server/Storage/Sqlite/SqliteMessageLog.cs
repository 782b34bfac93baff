using KaiChat.Server.Chat;
using KaiChat.Shared.Names;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KaiChat.Server.Storage.Sqlite;

/// <summary>The log in one SQLite database: one writer with group commit, several readers.</summary>
internal sealed class SqliteMessageLog : IMessageLog, ILogRetention, IAsyncDisposable
{
    /// <summary>Queries at a time.</summary>
    private const int MaxReaders = 4;

    /// <summary>How long a query waits for a reader: far longer than those before it take on a disk that works.</summary>
    private static readonly TimeSpan ReaderPatience = TimeSpan.FromSeconds(10);

    private static readonly ReaderWords ReadingWords = new("The log", StorageLog.NotReadable, StorageLog.StillNotReadable, StorageLog.ReadableAgain);

    private readonly DataDirectory _directory;
    private readonly LogWriter _writer;
    private readonly ReaderPool<LogReader> _readers;
    private readonly ILogger _logger;
    private readonly Lazy<Task> _closing;

    private SqliteMessageLog(DataDirectory directory, LogWriter writer, ILogger logger)
    {
        _directory = directory;
        _writer = writer;
        _readers = new ReaderPool<LogReader>(() => new LogReader(directory.DatabaseFile), MaxReaders, ReaderPatience, ReadingWords, logger);
        _logger = logger;
        Sessions = new SqliteSessionStore(_writer, _readers);
        Audit = new SqliteAuditLog(_writer, _readers);
        Keys = new SqliteKeyStore(_writer, _readers);
        ChannelSettings = new SqliteChannelSettings(_writer, _readers);
        var sanctions = new SqliteSanctionStore(_writer, _readers);
        (Sanctions, Settings) = (sanctions, sanctions);
        _closing = new Lazy<Task>(CloseAsync);
    }

    public bool IsWritable => _writer.IsWritable;

    /// <summary>The sessions in the same database.</summary>
    public ISessionStore Sessions { get; }

    /// <summary>The audit log, which shares its database.</summary>
    public IAuditLog Audit { get; }

    /// <summary>The settings of channels in the same database.</summary>
    public IChannelSettingsStore ChannelSettings { get; }

    /// <summary>Operators' keys, likewise.</summary>
    public IKeyStore Keys { get; }

    /// <summary>The bans and mutes, which share it, too.</summary>
    public ISanctionStore Sanctions { get; }

    /// <summary>What operators have settled.</summary>
    public ISettingStore Settings { get; }

    /// <summary>The directory of the database.</summary>
    public DataDirectory Directory => _directory;

    /// <summary>Has something called after each commit, on the writer's thread: quick, and throws nothing.</summary>
    public void WhenCommitted(Action call) => _writer.Committed = call;

    /// <summary>Opens the log, and makes or migrates its database first if need be.</summary>
    /// <exception cref="StorageStartException">It cannot be opened; the message says what to do.</exception>
    public static SqliteMessageLog Open(StorageOptions options, TimeProvider clock, ILogger logger, StorageMetrics metrics)
    {
        var version = SqliteLibrary.Use();
        var directory = DataDirectory.Take(options.Directory);
        SqliteConnection? connection = null;
        try
        {
            connection = SqliteConnections.OpenWriter(directory.DatabaseFile, options.MaxMegabytes);
            var schema = new SchemaMigrator(Schema.Migrations, clock, logger).Migrate(connection);
            if (!SqliteConnections.LetSpaceReturn(connection)) StorageLog.SpaceStays(logger, directory.DatabaseFile);
            var writer = new LogWriter(connection, options.AppendQueue, clock, logger, metrics);
            StorageLog.Opened(logger, directory.DatabaseFile, schema, version);
            return new SqliteMessageLog(directory, writer, logger);
        }
        catch (Exception error)
        {
            connection?.Dispose();
            directory.Dispose();
            if (error is SqliteException sqlite) throw new StorageStartException(Describe(directory.DatabaseFile, sqlite), sqlite);
            throw;
        }
    }

    public Task<IReadOnlyList<LoggedConversation>> ReadOpenConversationsAsync(CancellationToken cancellation) =>
        _readers.ReadAsync<IReadOnlyList<LoggedConversation>>(reader => reader.OpenConversations(cancellation), cancellation);

    public Task<LoggedConversation> OpenAsync(ChannelName name, DateTimeOffset now, CancellationToken cancellation) =>
        _writer.WriteAsync(new OpenRequest(name, now), cancellation);

    public Task CloseAsync(ConversationId conversation, DateTimeOffset now, CancellationToken cancellation) =>
        _writer.WriteAsync(new CloseRequest(conversation, now), cancellation);

    public Task<AppendResult> AppendAsync(MessageDraft draft, CancellationToken cancellation)
    {
        if (draft.ClientMessageId is { } id && !WellFormed.Is(id))
        {
            throw new ArgumentException("Half a surrogate pair in the client message id.", nameof(draft));
        }

        var text = WellFormed.Text(draft.Text);
        var storable = ReferenceEquals(text, draft.Text) ? draft : draft with { Text = text };
        return _writer.WriteAsync(new AppendRequest(storable), cancellation);
    }

    public Task<ChangeResult> ChangeAsync(MessageChange change, CancellationToken cancellation)
    {
        var storable = change switch
        {
            TextEdit edit => edit with { Text = WellFormed.Text(edit.Text) },
            ReactionChange reaction => reaction with { Emoji = WellFormed.Text(reaction.Emoji) },
            _ => change,
        };
        return _writer.WriteAsync(new ChangeRequest(storable), cancellation);
    }

    public Task<ChatMessage?> FindSentAsync(SessionId author, string clientMessageId, CancellationToken cancellation) =>
        _readers.ReadAsync(reader => reader.Sent(author, clientMessageId), cancellation);

    public Task<IReadOnlyList<ChatMessage>> ReadChangesAsync(ConversationId conversation, long afterRev, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return _readers.ReadAsync<IReadOnlyList<ChatMessage>>(reader => reader.Changes(conversation, afterRev, limit, cancellation), cancellation);
    }

    public Task<IReadOnlyList<TextVersion>> ReadVersionsAsync(ConversationId conversation, long seq, CancellationToken cancellation) =>
        _readers.ReadAsync<IReadOnlyList<TextVersion>>(reader => reader.Versions(conversation, seq, cancellation), cancellation);

    public Task<IReadOnlyList<ChatMessage>> ReadBeforeAsync(ConversationId conversation, long beforeSeq, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);      // SQLite would take it for no limit
        return _readers.ReadAsync<IReadOnlyList<ChatMessage>>(
            reader => reader.Before(conversation, beforeSeq, limit, cancellation), cancellation);
    }

    public Task<IReadOnlyList<ChatMessage>> ReadAfterAsync(ConversationId conversation, long afterSeq, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return _readers.ReadAsync<IReadOnlyList<ChatMessage>>(
            reader => reader.After(conversation, afterSeq, limit, cancellation), cancellation);
    }

    public Task<IReadOnlyList<LoggedConversation>> ReadConversationsAsync(long afterId, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return _readers.ReadAsync<IReadOnlyList<LoggedConversation>>(reader => reader.Conversations(afterId, limit, cancellation), cancellation);
    }

    public Task<LoggedConversation?> FindConversationAsync(ConversationId conversation, CancellationToken cancellation) =>
        _readers.ReadAsync(reader => reader.Conversation(conversation), cancellation);

    public Task<long> FindCutAsync(ConversationId conversation, RetentionLimits limits, CancellationToken cancellation) =>
        _readers.ReadAsync(reader => reader.Cut(conversation, limits), cancellation);

    public Task<int> RemoveAsync(ConversationId conversation, long throughSeq, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return _writer.WriteAsync(new RemoveRequest(conversation, throughSeq, limit), cancellation);
    }

    public Task ForgetEmptyAsync(CancellationToken cancellation) =>
        _writer.WriteAsync(new DoRequest(static tables => tables.Removal.ForgetEmpty()), cancellation);

    public Task<bool> ReturnSpaceAsync(CancellationToken cancellation) => _writer.WriteAsync(new ReturnSpaceRequest(), cancellation);

    /// <summary>The search index has followed these removals and changes.</summary>
    public Task FollowedAsync(IReadOnlyList<UnindexedEntry> entries) =>
        _writer.WriteAsync(new DoRequest(tables => tables.Removal.Followed(entries)), CancellationToken.None);

    /// <summary>Writes what is waiting, then closes. The container may ask twice.</summary>
    public ValueTask DisposeAsync() => new(_closing.Value);

    private async Task CloseAsync()
    {
        await _writer.DrainAsync();
        await _readers.DisposeAsync();
        await _writer.DisposeAsync();
        _directory.Dispose();
        StorageLog.Closed(_logger, _directory.DatabaseFile);
    }

    private static string Describe(string file, SqliteException error) => error.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB
        ? $"{file} is damaged ({error.Message}). Put a backup in its place, or move it away to start with an empty history."
        : $"{file} cannot be opened ({error.Message}).";
}
