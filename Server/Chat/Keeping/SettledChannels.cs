using System.Collections.Concurrent;
using KaiChat.Server.Storage;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.Names;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Chat.Keeping;

/// <summary>
/// What is settled for which channel, in memory and in the database. Read by anybody at any time; written by <see cref="ChannelDirectory"/> alone, one change of a name
/// after the other.
/// </summary>
internal sealed class SettledChannels(IChannelSettingsStore store, IOptions<LimitsOptions> limits, TimeProvider clock)
{
    private readonly ConcurrentDictionary<ChannelName, SettledChannel> _all = new();

    /// <summary>The channels that stay open without members, in no order.</summary>
    public IEnumerable<SettledChannel> Kept => _all.Values.Where(settled => settled.Kept);

    /// <summary>All for whose names something is settled, in no order.</summary>
    public IEnumerable<SettledChannel> All => _all.Values;

    /// <summary>What is settled for a channel, whether it is open or not.</summary>
    public SettledChannel Of(ChannelName name) => _all.GetValueOrDefault(name) ?? SettledChannel.None(name);

    /// <summary>Reads what was settled before the start.</summary>
    public async Task LoadAsync(CancellationToken cancellation)
    {
        foreach (var settled in await store.ReadAllAsync(cancellation)) _all[settled.Name] = settled;
    }

    /// <summary>Notes a change together with its record. Returns it with its revision.</summary>
    /// <exception cref="ChatRefusedException">As many channels as may be have settings, or they cannot be stored now.</exception>
    public async Task<SettledChannel> SaveAsync(SettledChannel before, SettledChannel after, AuditEntry record)
    {
        // A name that is forgotten and settled again must not have a revision that it had before: somebody may still hold that.
        after = after with { Rev = Math.Max(before.Rev + 1, clock.GetUtcNow().ToUnixTimeMilliseconds()) };
        if (!after.IsNone && !_all.ContainsKey(after.Name) && _all.Count >= limits.Value.MaxSettledChannels)
        {
            throw new ChatRefusedException(
                ErrorCodes.LimitReached, $"{limits.Value.MaxSettledChannels} channels have settings, which is the most possible. Delete some of them, or raise Limits:MaxSettledChannels.");
        }
        try
        {
            await (after.IsNone ? store.ForgetAsync(after.Name, record) : store.SaveAsync(after, record));
        }
        catch (LogUnavailableException)
        {
            throw new ChatRefusedException(
                ErrorCodes.StorageUnavailable, "The server cannot store settings right now. Nothing was changed; try again in a moment.", TimeSpan.FromSeconds(2));
        }
        if (after.IsNone) _all.TryRemove(after.Name, out _);
        else _all[after.Name] = after;
        return after;
    }
}
