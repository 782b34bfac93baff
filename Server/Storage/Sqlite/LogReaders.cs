using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace KaiChat.Server.Storage.Sqlite;

/// <summary>The log's readers: made when needed, kept for the next query. They never wait for the writer, nor it for them.</summary>
internal sealed class LogReaders(string file, ILogger logger) : IAsyncDisposable
{
    /// <summary>How many queries run at the same time; more wait. Each may block a thread of the pool on the disk.</summary>
    private const int Most = 4;

    private readonly SemaphoreSlim _free = new(Most);
    private readonly ConcurrentBag<LogReader> _idle = [];
    private volatile bool _closed;
    private int _failing;

    /// <summary>Runs a query on a thread that may block.</summary>
    /// <exception cref="LogUnavailableException">The log is closing, or the database cannot be read.</exception>
    public async Task<T> ReadAsync<T>(Func<LogReader, T> query, CancellationToken cancellation)
    {
        await _free.WaitAsync(cancellation);
        try
        {
            return _closed ? throw new LogUnavailableException("The log is closing.") : await Task.Run(() => Read(query), cancellation);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Waits for the queries under way and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        _closed = true;
        for (var i = 0; i < Most; i++) await _free.WaitAsync();
        foreach (var reader in _idle) reader.Dispose();
        _free.Release(Most);      // whoever still comes finds the log closed
    }

    private T Read<T>(Func<LogReader, T> query)
    {
        try
        {
            if (!_idle.TryTake(out var reader)) reader = new LogReader(file);
            try
            {
                var answer = query(reader);
                if (Interlocked.Exchange(ref _failing, 0) != 0) StorageLog.ReadableAgain(logger);
                return answer;
            }
            finally
            {
                _idle.Add(reader);
            }
        }
        catch (SqliteException error)
        {
            if (Interlocked.Exchange(ref _failing, 1) == 0) StorageLog.NotReadable(logger, error.Message, error);
            else StorageLog.StillNotReadable(logger, error.Message);
            throw new LogUnavailableException($"The log cannot be read: {error.Message}.", error);
        }
    }
}
