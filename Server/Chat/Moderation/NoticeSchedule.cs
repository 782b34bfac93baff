using System.Text.Json;
using KaiChat.Server.Access;
using KaiChat.Server.Storage;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.Names;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Chat.Moderation;

/// <summary>
/// Notices that wait for their time, over restarts. That one is told is on record before it is told, and it is off the list in the same transaction: whatever happens, nobody
/// is told twice. A server that dies in between has told it to nobody, and the record says to how many it would have gone.
/// </summary>
internal sealed partial class NoticeSchedule(
    NoticeService notices, ISettingStore store, AuditTrail audit, IOptions<LimitsOptions> limits, TimeProvider clock, ILogger<NoticeSchedule> logger) : IDisposable
{
    /// <summary>How far ahead a notice may be scheduled.</summary>
    public static readonly TimeSpan Furthest = TimeSpan.FromDays(366);

    /// <summary>After a start, how long until what is due is told: until then pages are on their way back, and would not hear it.</summary>
    public static readonly TimeSpan Arrival = TimeSpan.FromSeconds(15);

    private const string Setting = "scheduled-notices";

    /// <summary>Timers run no longer than about 49 days, and a clock that is set forward is noticed within this time.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>After a write that failed.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile NoticePlan _plan = NoticePlan.Empty;
    private ITimer? _timer;

    /// <summary>When the server started, by the clock that only goes on: the time of day may be set back right after a start.</summary>
    private long _started;

    /// <summary>Those that wait, soonest first.</summary>
    public IReadOnlyList<PlannedNotice> All => _plan.Notices;

    /// <summary>Takes up what was scheduled before the start.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        if (await store.ReadAsync(Setting, cancellation) is { } kept && JsonSerializer.Deserialize<NoticePlan>(kept, JsonSerializerOptions.Web) is { } plan) _plan = plan;
        _started = clock.GetTimestamp();
        _timer = clock.CreateTimer(_ => _ = TellDueAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Arm();
    }

    /// <summary>Schedules a notice whose text is good. Returns when it is on the disk.</summary>
    /// <exception cref="ChatRefusedException">Its time is over or too far away, or too many wait.</exception>
    public async Task<PlannedNotice> AddAsync(Notice notice, ChannelName? channel, Origin? kind, DateTimeOffset sendAt, Actor actor)
    {
        await _gate.WaitAsync(CancellationToken.None);
        try
        {
            Check(sendAt);
            var now = clock.GetUtcNow();
            var planned = new PlannedNotice(_plan.NextId, notice.Text, channel?.Value, kind, notice.Dismissible ?? true, sendAt.ToUniversalTime(), actor.Name, now);
            await KeepAsync(_plan.With(planned), audit.EntryOf(actor, "notice.create", planned.Target, before: null, planned)).OrUnchangedAsync();
            Arm();
            return planned;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Whether a notice could be scheduled now.</summary>
    /// <exception cref="ChatRefusedException">Its time is over or too far away, or too many wait.</exception>
    public void Check(DateTimeOffset sendAt)
    {
        var now = clock.GetUtcNow();
        if (sendAt <= now) throw new ChatRefusedException(ErrorCodes.ArgumentInvalid, "sendAt is over. Leave it out to tell it at once. Nothing was scheduled.");
        if (sendAt - now > Furthest) throw new ChatRefusedException(ErrorCodes.ArgumentInvalid, $"sendAt is at most {Furthest.TotalDays} days ahead. Nothing was scheduled.");
        if (_plan.Notices.Count >= limits.Value.MaxScheduledNotices)
        {
            throw new ChatRefusedException(
                ErrorCodes.LimitReached, $"{_plan.Notices.Count} notices wait for their time, which is the most possible (Limits:MaxScheduledNotices). Cancel some first.");
        }
    }

    /// <summary>Cancels one. What does not wait any more, or never did, stays as it is.</summary>
    public async Task CancelAsync(long id, Actor actor)
    {
        await _gate.WaitAsync(CancellationToken.None);
        try
        {
            if (_plan.Notices.FirstOrDefault(one => one.Id == id) is not { } planned) return;
            await KeepAsync(_plan.Without(id), audit.EntryOf(actor, "notice.delete", planned.Target, planned)).OrUnchangedAsync();
            Arm();
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task KeepAsync(NoticePlan plan, AuditEntry record)
    {
        await store.WriteAsync(Setting, JsonSerializer.Serialize(plan, JsonSerializerOptions.Web), record);
        _plan = plan;
    }

    private TimeSpan UntilArrival => Arrival - clock.GetElapsedTime(_started);

    private void Arm()
    {
        if (_plan.Notices is not [var soonest, ..]) return;
        var wait = Math.Max((soonest.SendAt - clock.GetUtcNow()).Ticks, UntilArrival.Ticks);
        ArmIn(TimeSpan.FromTicks(Math.Clamp(wait, 0, LongestWait.Ticks)));
    }

    private void ArmIn(TimeSpan time) => _timer!.Change(time, Timeout.InfiniteTimeSpan);

    private async Task TellDueAsync()
    {
        await _gate.WaitAsync(CancellationToken.None);
        try
        {
            while (_plan.Notices is [var soonest, ..] && UntilArrival <= TimeSpan.Zero && soonest.SendAt <= clock.GetUtcNow()) await TellAsync(soonest);
            Arm();
        }
        catch (LogUnavailableException unavailable)
        {
            // In this order: who reads in the log that it is tried again finds the time running.
            ArmIn(RetryAfter);
            NotTold(logger, unavailable.Message);
        }
#pragma warning disable CA1031 // Runs on a timer, with nobody above it to catch.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            ArmIn(LongestWait);
            Failed(logger, fault);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task TellAsync(PlannedNotice due)
    {
        var late = clock.GetUtcNow() - due.SendAt;
        if (late > limits.Value.NoticeLateness)
        {
            await KeepAsync(_plan.Without(due.Id), audit.EntryOf(Actor.Server, "notice.drop", due.Target, due));
            Dropped(logger, due.Id, due.By, late);
            return;
        }
        var recipients = notices.RecipientsOf(due.Place, due.Kind);
        await KeepAsync(_plan.Without(due.Id), audit.EntryOf(Actor.Server, "notice.send", due.Target, due, new { Recipients = recipients.Count }));
        notices.Tell(due.ToNotice(), recipients);
        Told(logger, due.Id, due.By, recipients.Count);
    }

    public void Dispose()
    {
        _timer?.Dispose();
        _gate.Dispose();
    }

    [LoggerMessage(1509, LogLevel.Information, "Scheduled notice {NoticeId} by {Actor} was told to {Recipients} users")]
    private static partial void Told(ILogger logger, long noticeId, string actor, int recipients);

    [LoggerMessage(1510, LogLevel.Warning, "Scheduled notice {NoticeId} by {Actor} was not told: it is {Late} late, more than Limits:NoticeLateness")]
    private static partial void Dropped(ILogger logger, long noticeId, string actor, TimeSpan late);

    [LoggerMessage(1511, LogLevel.Warning, "A scheduled notice could not be told yet, since that could not be recorded: {Reason}")]
    private static partial void NotTold(ILogger logger, string reason);

    [LoggerMessage(1512, LogLevel.Error, "A scheduled notice could not be told")]
    private static partial void Failed(ILogger logger, Exception fault);
}
