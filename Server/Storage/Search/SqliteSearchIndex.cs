using KaiChat.Server.Chat;
using KaiChat.Server.Chat.Search;
using KaiChat.Server.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KaiChat.Server.Storage.Search;

/// <summary>The index on SQLite's FTS5, in a file of its own beside the log: the log's writer never waits for it, and it can be thrown away.</summary>
internal sealed class SqliteSearchIndex : ISearchIndex, IAsyncDisposable
{
    /// <summary>Searches at a time: they are the only thing here that may take seconds, and the log's own readers must not wait for them.</summary>
    private const int MaxReaders = 2;

    private static readonly ReaderWords ReadingWords = new("The search index", SearchLog.NotReadable, SearchLog.StillNotReadable, SearchLog.ReadableAgain);

    private readonly SearchIndexer _indexer;
    private readonly ReaderPool<SearchReader> _readers;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _clock;
    private readonly Lazy<Task> _closing;

    private SqliteSearchIndex(SearchIndexer indexer, ReaderPool<SearchReader> readers, TimeSpan patience, TimeProvider clock)
    {
        _indexer = indexer;
        _readers = readers;
        _patience = patience;
        _clock = clock;
        _closing = new Lazy<Task>(CloseAsync);
    }

    /// <summary>Opens the index of a log, and makes it first if need be; what is missing in it is taken up behind the caller's back.</summary>
    /// <exception cref="StorageStartException">It cannot be opened.</exception>
    public static SqliteSearchIndex Open(SqliteMessageLog log, StorageOptions options, TimeProvider clock, ILogger logger)
    {
        var file = log.Directory.SearchFile;
        var source = new IndexedLog(log.Directory.DatabaseFile);
        try
        {
            var writer = OpenWriter(file, source.Name, logger);
            SearchLog.Opened(logger, file, Math.Max(0, source.Newest - writer.IndexedThrough));
            var readers = new ReaderPool<SearchReader>(() => new SearchReader(log.Directory.DatabaseFile, file, options.SearchTime), MaxReaders, options.SearchTime, ReadingWords, logger);
            return new SqliteSearchIndex(new SearchIndexer(log, source, writer, logger), readers, options.SearchTime, clock);
        }
        catch (SqliteException error)
        {
            source.Dispose();
            throw new StorageStartException($"{file} cannot be opened ({error.Message}).", error);
        }
    }

    public async Task<SearchResult> SearchAsync(
        SearchQuery query, IReadOnlyCollection<ConversationId>? within, long before, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var late = false;
        try
        {
            await _indexer.CatchUpAsync().WaitAsync(_patience, _clock, cancellation);
        }
        catch (Exception behind) when (behind is TimeoutException or LogUnavailableException)
        {
            late = true;      // it finds what is there, and says so
        }

        var found = await _readers.ReadAsync(reader => reader.Search(query, within, before, limit, cancellation), cancellation);
        return found with { Incomplete = found.Incomplete || late };
    }

    /// <summary>Completes when all that is in the log is in the index.</summary>
    public Task CatchUpAsync() => _indexer.CatchUpAsync();

    /// <summary>The container may ask twice.</summary>
    public ValueTask DisposeAsync() => new(_closing.Value);

    private static SearchWriter OpenWriter(string file, string log, ILogger logger)
    {
        DataDirectory.Provide(file);
        try
        {
            return new SearchWriter(file, log);
        }
        catch (SqliteException damaged) when (damaged.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB)
        {
            SearchLog.Damaged(logger, file, damaged.Message);
            foreach (var part in (ReadOnlySpan<string>)["", "-wal", "-shm"]) File.Delete(file + part);
            DataDirectory.Provide(file);
            return new SearchWriter(file, log);
        }
    }

    private async Task CloseAsync()
    {
        await _readers.DisposeAsync();
        await _indexer.DisposeAsync();
    }
}
