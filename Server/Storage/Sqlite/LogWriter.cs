using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KaiChat.Server.Storage.Sqlite;

/// <summary>
/// The one writer: a thread of its own, for it blocks on the disk. It commits whatever is waiting, at once and together: while the disk
/// works, the next batch gathers by itself, and waiting for more would only add to every message's way.
/// </summary>
internal sealed class LogWriter : IAsyncDisposable
{
    /// <summary>The most writes in one commit: what the last of them waits for stays in the milliseconds.</summary>
    private const int MaxBatch = 512;

    /// <summary>After a failed commit, how long until the log is tried without a message, if none comes meanwhile.</summary>
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromSeconds(2);

    private readonly SqliteConnection _connection;
    private readonly LogTables _tables;
    private readonly WriteQueue _queue;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly StorageMetrics _metrics;
    private readonly ITimer _probe;
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _writable = true;

    /// <summary>Whether it was the database's own limit that refused the latest failed commit. Only the writer's thread comes here.</summary>
    private bool _limitReached;

    public LogWriter(SqliteConnection connection, int queueLimit, TimeProvider clock, ILogger logger, StorageMetrics metrics)
    {
        _connection = connection;
        _tables = new LogTables(connection);
        _queue = new WriteQueue(queueLimit);
        _clock = clock;
        _logger = logger;
        _metrics = metrics;
        _probe = clock.CreateTimer(_ => Probe(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        metrics.ObserveQueue(() => _queue.Count);
        new Thread(Run) { Name = "message log writer", IsBackground = true }.Start();
    }

    /// <summary>Called with the id of each record of the audit log when it is on the disk, on the writer's thread, before its change is answered: quick, and throws nothing.</summary>
    public event Action<long>? Recorded;

    /// <summary>Called after each commit, on the writer's thread: quick, and throws nothing.</summary>
    public Action Committed { get; set; } = static () => { };

    /// <summary>
    /// False after a failed commit, until one succeeds. If the database's limit has refused it, there must be room again for more than the one that succeeds
    /// (<see cref="SizeLimit.HasRoom"/>): as long as small texts find a place and larger ones do not, it would be true and false in turns.
    /// </summary>
    public bool IsWritable => _writable;

    /// <summary>Writes in order of the calls.</summary>
    public Task<T> WriteAsync<T>(WriteRequest<T> request, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested) return Task.FromCanceled<T>(cancellation);
        try
        {
            _queue.Add(request);
        }
        catch (LogUnavailableException refusal)
        {
            return Task.FromException<T>(refusal);
        }

        return request.Answer.WaitAsync(cancellation);
    }

    /// <summary>Writes what is waiting and takes no more.</summary>
    public async Task DrainAsync()
    {
        _queue.Close();
        await _drained.Task;
    }

    /// <summary>After <see cref="DrainAsync"/> and when nobody reads any more: moves the write-ahead log into the database and closes it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _probe.DisposeAsync();
        _tables.Dispose();
        try
        {
            _connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (SqliteException error)
        {
            StorageLog.CheckpointFailed(_logger, _connection.DataSource, error);
        }

        await _connection.DisposeAsync();
    }

    private void Run()
    {
        var batch = new List<WriteRequest>(MaxBatch);
        while (_queue.Take(batch, MaxBatch))
        {
            Write(batch);
            batch.Clear();
        }

        _writable = false;
        _drained.SetResult();
    }

    private void Write(List<WriteRequest> batch)
    {
        var started = _clock.GetTimestamp();
        var written = _tables.WrittenRows;
        try
        {
            _tables.Transact(batch);
        }
        // Whatever it was, these writes are not in the log, their senders must hear so, and the writer has to live.
        catch (Exception error)
        {
            Failed(batch, error);
            return;
        }

        if (_tables.WrittenRows != written) Written();
        _metrics.Committed(batch.Count, batch.Count(static request => request is AppendRequest { Appended: true }), _clock.GetElapsedTime(started));
        foreach (var id in _tables.Audit.Recorded) Recorded?.Invoke(id);
        foreach (var request in batch) request.Complete();
        Committed();
    }

    private void Written()
    {
        if (_writable) return;
        if (_limitReached && !SizeLimit.HasRoom(_connection))
        {
            _probe.Change(ProbeInterval, Timeout.InfiniteTimeSpan);
            return;
        }
        _limitReached = false;
        _writable = true;
        StorageLog.WritableAgain(_logger);
    }

    private void Failed(List<WriteRequest> batch, Exception error)
    {
        var reason = error is SqliteException { SqliteErrorCode: raw.SQLITE_FULL }
            ? $"the disk or {StorageOptions.MaxMegabytesKey} is full"
            : error.Message;
        _metrics.CommitFailed();
        _limitReached = error is SqliteException { SqliteErrorCode: raw.SQLITE_FULL } && !SizeLimit.HasRoom(_connection);
        if (_writable) StorageLog.NotWritable(_logger, reason, error);
        else StorageLog.StillNotWritable(_logger, batch.Count, reason);
        _writable = false;
        _probe.Change(ProbeInterval, Timeout.InfiniteTimeSpan);
        var unavailable = new LogUnavailableException($"The log cannot be written: {reason}.", error);
        foreach (var request in batch) request.Fail(unavailable);
    }

    private void Probe()
    {
        if (_writable) return;
        try
        {
            _queue.Add(new ProbeRequest());
        }
        catch (LogUnavailableException)
        {
            // A full queue finds out without a probe; a closing log no longer needs to know.
        }
    }
}
