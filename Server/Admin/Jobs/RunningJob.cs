using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Admin.Jobs;

/// <summary>A job, from being asked for to its end. For any thread.</summary>
/// <param name="scope">What a key must be allowed who cancels it.</param>
/// <param name="changed">Told of each state, and of each hundredth that is done.</param>
internal sealed class RunningJob(string id, string kind, string scope, DateTimeOffset createdAt, Action<Job> changed) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _cancelled = new();
    private Job _shown = new(id, kind, JobState.Queued, 0, createdAt, EndedAt: null, Result: null, Error: null);

    /// <summary>How it is now.</summary>
    public Job Shown
    {
        get
        {
            lock (_gate) return _shown;
        }
    }

    public string Scope => scope;

    public bool HasEnded => Shown.EndedAt is not null;

    /// <summary>Completes when it has ended, however it did.</summary>
    public Task Completion { get; set; } = Task.CompletedTask;

    public CancellationToken Cancelled => _cancelled.Token;

    public void Cancel() => _cancelled.Cancel();

    public void Begin() => Change(job => job with { State = JobState.Running });

    public void Advance(double progress) => Change(job => job with { Progress = Math.Max(job.Progress, progress) });

    public void Succeed(string result, DateTimeOffset now) =>
        Change(job => job with { State = JobState.Succeeded, Progress = 1, EndedAt = now, Result = result });

    public void Fail(string error, DateTimeOffset now) => Change(job => job with { State = JobState.Failed, EndedAt = now, Error = error });

    public void EndCancelled(DateTimeOffset now) => Change(job => job with { State = JobState.Cancelled, EndedAt = now });

    public void Dispose() => _cancelled.Dispose();

    private void Change(Func<Job, Job> change)
    {
        lock (_gate)
        {
            var before = _shown;
            _shown = change(before);
            if (before.State != _shown.State || (int)(before.Progress * 100) != (int)(_shown.Progress * 100)) changed(_shown);
        }
    }
}
