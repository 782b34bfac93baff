using KaiChat.Server.Storage.Sqlite;

namespace KaiChat.Server.Storage.Search;

/// <summary>
/// Brings the index up to the log, behind the way of a message: after a commit, in batches, with a pause between them unless somebody waits for it. What a crash
/// leaves behind is caught up with at the next start.
/// </summary>
internal sealed class SearchIndexer : IAsyncDisposable
{
    /// <summary>Messages in one transaction: some milliseconds.</summary>
    private const int Batch = 500;

    /// <summary>From a commit to its indexing: what comes meanwhile shares the transaction.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(250);

    /// <summary>After a failure.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly SqliteMessageLog _log;
    private readonly IndexedLog _source;
    private readonly SearchWriter _index;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _wake = new(1, 1);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private TaskCompletionSource? _waiting;
    private TaskCompletionSource _urgent = NewSource();
    private bool _failing;

    public SearchIndexer(SqliteMessageLog log, IndexedLog source, SearchWriter index, ILogger logger)
    {
        _log = log;
        _source = source;
        _index = index;
        _logger = logger;
        log.WhenCommitted(Wake);
        _running = Task.Run(RunAsync);
    }

    /// <summary>Completes when all that was in the log at the time of the call is in the index.</summary>
    /// <exception cref="LogUnavailableException">The index could not be written.</exception>
    public Task CatchUpAsync()
    {
        lock (_lock)
        {
            if (_stop.IsCancellationRequested) return Task.FromException(new LogUnavailableException("The search index is closing."));
            _waiting ??= NewSource();
            _urgent.TrySetResult();
            Wake();
            return _waiting.Task;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _log.WhenCommitted(static () => { });
        await _stop.CancelAsync();
        await _running;
        Answer(Taken(), new LogUnavailableException("The search index is closing."));
        _index.Dispose();
        _source.Dispose();
        _stop.Dispose();
        // Not the semaphore: a commit that is under way may still wake whoever is no more.
    }

    private void Wake()
    {
        // The semaphore holds one wake-up at most: more would find nothing.
        if (_wake.CurrentCount > 0) return;
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else was quicker.
        }
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await _wake.WaitAsync(_stop.Token);
                await Task.WhenAny(_urgent.Task, Task.Delay(_failing ? RetryAfter : Linger, _stop.Token));
                await IndexAsync(Taken());
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task IndexAsync(TaskCompletionSource? waiting)
    {
        try
        {
            while (!_stop.IsCancellationRequested && await StepAsync())
            {
            }

            if (_failing) SearchLog.WorksAgain(_logger);
            _failing = false;
            Answer(waiting, fault: null);
        }
#pragma warning disable CA1031 // Whatever it was, the log goes on without its index, and the next wake-up tries again.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            if (!_failing) SearchLog.Fails(_logger, fault.Message, fault);
            _failing = true;
            Answer(waiting, new LogUnavailableException($"The search index cannot be written: {fault.Message}", fault));
            Wake();
        }
    }

    /// <returns>Whether there was anything to do.</returns>
    private async Task<bool> StepAsync()
    {
        var through = _index.IndexedThrough;
        var added = _source.After(through, Batch);
        if (added.Count > 0) _index.Add(added);
        var unindexed = _source.Unindexed(Batch);
        if (unindexed.Count > 0)
        {
            // Read after the list: what changes from here on stands in the list again, with another revision, and this is repeated.
            _index.Replace(unindexed.Select(entry => (entry.Id, entry.Rev == 0 ? null : _source.Find(entry.Id))));
            await _log.FollowedAsync(unindexed);
        }

        return added.Count + unindexed.Count > 0;
    }

    /// <summary>Takes those who wait: they are answered by the pass that begins now.</summary>
    private TaskCompletionSource? Taken()
    {
        lock (_lock)
        {
            var taken = _waiting;
            _waiting = null;
            if (_urgent.Task.IsCompleted) _urgent = NewSource();
            return taken;
        }
    }

    private static void Answer(TaskCompletionSource? waiting, LogUnavailableException? fault)
    {
        if (waiting is null) return;
        if (fault is null) waiting.TrySetResult();
        else if (waiting.TrySetException(fault)) _ = waiting.Task.Exception;      // whoever waited may have gone
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
