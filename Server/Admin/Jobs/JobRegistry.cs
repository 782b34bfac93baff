using System.Collections.Concurrent;
using KaiChat.Server.Chat;
using KaiChat.Server.Storage;
using KaiChat.Server.Storage.Backup;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Admin.Jobs;

/// <summary>The jobs of this run of the server: one of a kind at a time, and the ends of the last ones. A stop of the server cancels them.</summary>
internal sealed class JobRegistry(TimeProvider clock, ILogger<JobRegistry> logger) : IHostedService, IDisposable
{
    /// <summary>Ended jobs that can still be looked at; the oldest are forgotten.</summary>
    private const int MostEnded = 100;

    private readonly ConcurrentDictionary<string, RunningJob> _jobs = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private bool _stopping;

    /// <summary>A job has begun, gone on or ended. Those who listen are quick.</summary>
    public event Action<Job>? Changed;

    /// <summary>All there are, in no order.</summary>
    public IEnumerable<RunningJob> All => _jobs.Values;

    /// <summary>A job by its id; null if there is none, or not any more.</summary>
    public RunningJob? Find(string id) => _jobs.GetValueOrDefault(id);

    /// <summary>Starts a job, on a thread that may block, as soon as it is recorded.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="scope">What a key must be allowed who cancels it: the scope it takes to start it.</param>
    /// <param name="record">Records that a job of this id begins. If it throws, the job has failed before it began.</param>
    /// <param name="work">Does it, and says where the result is. Told how to report, 0 to 1, and when to stop.</param>
    /// <exception cref="ChatRefusedException">One of that kind is at work, or the server is stopping.</exception>
    public async Task<RunningJob> StartAsync(string kind, string scope, Func<string, Task> record, Func<Action<double>, CancellationToken, Task<string>> work)
    {
        var recorded = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var job = Begin(kind, scope, recorded.Task, work);
        try
        {
            await record(job.Shown.Id);
            recorded.SetResult(true);
        }
        finally
        {
            recorded.TrySetResult(false);
        }
        return job;
    }

    private RunningJob Begin(string kind, string scope, Task<bool> recorded, Func<Action<double>, CancellationToken, Task<string>> work)
    {
        lock (_gate)
        {
            if (_stopping) throw new ChatRefusedException(ErrorCodes.ShuttingDown, "The server is stopping. Nothing was begun.");
            if (_jobs.Values.FirstOrDefault(job => !job.HasEnded && job.Shown.Kind == kind) is { } other)
            {
                throw new ChatRefusedException(ErrorCodes.JobRunning, $"A {kind} is at work: job {other.Shown.Id}. Wait for it, or cancel it.");
            }
            Forget();
            var id = Guid.NewGuid().ToString("n")[..16];
            var job = new RunningJob(id, kind, scope, clock.GetUtcNow(), changed => Changed?.Invoke(changed));
            _jobs[id] = job;
            Changed?.Invoke(job.Shown);
            job.Completion = Task.Run(() => RunAsync(job, recorded, work));
            return job;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken)
    {
        RunningJob[] open;
        lock (_gate)
        {
            _stopping = true;
            open = [.. _jobs.Values.Where(job => !job.HasEnded)];
        }
        foreach (var job in open) job.Cancel();
        return Task.WhenAll(open.Select(job => job.Completion)).WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        foreach (var job in _jobs.Values) job.Dispose();
    }

    private async Task RunAsync(RunningJob job, Task<bool> recorded, Func<Action<double>, CancellationToken, Task<string>> work)
    {
        if (!await recorded)
        {
            job.Fail("It could not be recorded in the audit log, and was not begun.", clock.GetUtcNow());
            return;
        }
        var (id, kind) = (job.Shown.Id, job.Shown.Kind);
        AdminLog.JobBegins(logger, id, kind);
        job.Begin();
        try
        {
            var result = await work(job.Advance, job.Cancelled);
            AdminLog.JobDone(logger, id, kind, result);
            job.Succeed(result, clock.GetUtcNow());
        }
        catch (OperationCanceledException) when (job.Cancelled.IsCancellationRequested)
        {
            AdminLog.JobCancelled(logger, id, kind);
            job.EndCancelled(clock.GetUtcNow());
        }
#pragma warning disable CA1031 // The job's outermost place: whoever asked for it has gone on long since.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            AdminLog.JobFailed(logger, id, kind, fault);
            var foreseen = fault is WorkRefusedException or StorageStartException or LogUnavailableException;
            job.Fail(foreseen ? fault.Message : "The server failed. The fault is in its log under the job's id.", clock.GetUtcNow());
        }
    }

    private void Forget()
    {
        foreach (var old in _jobs.Values.Where(job => job.HasEnded).OrderByDescending(job => job.Shown.EndedAt).Skip(MostEnded - 1).ToArray())
        {
            if (_jobs.TryRemove(old.Shown.Id, out _)) old.Dispose();
        }
    }
}
