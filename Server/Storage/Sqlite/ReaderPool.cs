using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace KaiChat.Server.Storage.Sqlite;

/// <summary>Connections that read: made when needed, kept for the next query. They never wait for the writer, nor it for them.</summary>
/// <param name="open">Makes one.</param>
/// <param name="most">How many queries run at the same time; more wait. Each may block a thread of the pool on the disk.</param>
/// <param name="patience">How long a query waits for one of them; then it fails.</param>
/// <param name="words">How its failures are called.</param>
/// <param name="logger">Hears when reading begins to fail, and when it works again.</param>
internal sealed class ReaderPool<TReader>(Func<TReader> open, int most, TimeSpan patience, ReaderWords words, ILogger logger) : IAsyncDisposable
    where TReader : IDisposable
{
    private readonly SemaphoreSlim _free = new(most);
    private readonly ConcurrentBag<TReader> _idle = [];
    private volatile bool _closed;
    private int _failing;

    /// <summary>Runs a query on a thread that may block.</summary>
    /// <exception cref="LogUnavailableException">The log is closing, too many others read, or the database cannot be read.</exception>
    public async Task<T> ReadAsync<T>(Func<TReader, T> query, CancellationToken cancellation)
    {
        if (!await _free.WaitAsync(patience, cancellation)) throw new LogUnavailableException($"{words.What} is being read by too many others.");
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
        for (var i = 0; i < most; i++) await _free.WaitAsync();
        foreach (var reader in _idle) reader.Dispose();
        _free.Release(most);      // whoever still comes finds the log closed
    }

    private T Read<T>(Func<TReader, T> query)
    {
        try
        {
            if (!_idle.TryTake(out var reader)) reader = open();
            try
            {
                var answer = query(reader);
                if (Interlocked.Exchange(ref _failing, 0) != 0) words.WorksAgain(logger);
                return answer;
            }
            finally
            {
                _idle.Add(reader);
            }
        }
        catch (SqliteException error)
        {
            if (Interlocked.Exchange(ref _failing, 1) == 0) words.Fails(logger, error.Message, error);
            else words.StillFails(logger, error.Message);
            throw new LogUnavailableException($"{words.What} cannot be read: {error.Message}.", error);
        }
    }
}

/// <summary>How the failures of a pool are called in errors and in the log.</summary>
/// <param name="What">What is read, as a sentence begins.</param>
/// <param name="Fails">Reading has begun to fail.</param>
/// <param name="StillFails">It still does.</param>
/// <param name="WorksAgain">It works again.</param>
internal sealed record ReaderWords(string What, Action<ILogger, string, Exception> Fails, Action<ILogger, string> StillFails, Action<ILogger> WorksAgain);
