using System.Text.Json;
using KaiChat.Server.Access;
using KaiChat.Server.Storage;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Chat.Moderation;

/// <summary>Sets the raid level, keeps it over restarts, and records when it falls by itself.</summary>
internal sealed partial class RaidControl(ModerationRules rules, ISettingStore store, AuditTrail audit, TimeProvider clock, ILogger<RaidControl> logger) : IDisposable
{
    private const string Setting = "raid-level";
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private ITimer? _fall;
    private RaidState _set = RaidState.Normal;

    /// <summary>The level that holds now.</summary>
    public RaidState Current => rules.Raid;

    /// <summary>Takes up the level of before the start. To be done before any front-end listens.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        if (await store.ReadAsync(Setting, cancellation) is { } kept && JsonSerializer.Deserialize<RaidState>(kept, JsonSerializerOptions.Web) is { } state)
        {
            rules.Raid = _set = state with { Level = Math.Clamp(state.Level, 0, RaidLevels.All.Length - 1), By = state.By ?? "" };
        }
        Arm();
    }

    /// <summary>Sets the level, for a time or until it is set again.</summary>
    public async Task<RaidState> SetAsync(int level, int? minutes, Actor actor)
    {
        if (level < 0 || level >= RaidLevels.All.Length) throw new ChatRefusedException(ErrorCodes.ArgumentInvalid, $"level is from 0 to {RaidLevels.All.Length - 1}.");
        var until = SanctionOrder.ReadUntil(until: null, minutes, clock.GetUtcNow());
        await _gate.WaitAsync(CancellationToken.None);
        try
        {
            var (before, state) = (Current, new RaidState(level, level == 0 ? null : until, actor.Name));
            await WriteAsync(state, audit.EntryOf(actor, "raid-level.update", Setting, before, state)).OrUnchangedAsync();
            rules.Raid = _set = state;
            Arm();
            Changed(logger, before.Level, level, actor.Name);
            return state;
        }
        finally
        {
            _gate.Release();
        }
    }

    private Task WriteAsync(RaidState state, AuditEntry record) => store.WriteAsync(Setting, JsonSerializer.Serialize(state, JsonSerializerOptions.Web), record);

    private void Arm()
    {
        _fall ??= clock.CreateTimer(_ => _ = FallAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var left = _set.Until - clock.GetUtcNow();
        _fall.Change(left is null ? Timeout.InfiniteTimeSpan : TimeSpan.FromTicks(Math.Clamp(left.Value.Ticks, 0, LongestWait.Ticks)), Timeout.InfiniteTimeSpan);
    }

    /// <summary>The rules know by themselves that its time is over; this is for the record.</summary>
    private async Task FallAsync()
    {
        await _gate.WaitAsync(CancellationToken.None);
        try
        {
            var before = _set;
            if (before.Until > clock.GetUtcNow() || before.Until is null)
            {
                Arm();
                return;
            }
            rules.Raid = _set = RaidState.Normal;
            await WriteAsync(RaidState.Normal, audit.EntryOf(Actor.Server, "raid-level.update", Setting, before, RaidState.Normal));
            Changed(logger, before.Level, 0, Actor.Server.Name);
        }
#pragma warning disable CA1031 // Runs on a timer, with nobody above it to catch.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            NotRecorded(logger, fault.Message);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose()
    {
        _fall?.Dispose();
        _gate.Dispose();
    }

    [LoggerMessage(1507, LogLevel.Information, "Raid level {Before} is {After} now, set by {Actor}")]
    private static partial void Changed(ILogger logger, int before, int after, string actor);

    [LoggerMessage(1508, LogLevel.Warning, "The raid level has fallen, but that could not be recorded: {Reason}")]
    private static partial void NotRecorded(ILogger logger, string reason);
}
