using KaiChat.Server.Storage;
using KaiChat.TestKit;
using Xunit;

namespace KaiChat.Specification;

/// <summary>What every <see cref="IAuditLog"/> must do. A log's tests inherit it and say how one is opened and closed.</summary>
public abstract class AuditLogSpecification : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = Drafts.Noon;

    private IAuditLog? _log;

    internal IAuditLog Log => _log ?? throw new InvalidOperationException("The log is closed.");

    public async ValueTask InitializeAsync() => _log = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the test's log: empty the first time, then with what was in it.</summary>
    internal abstract Task<IAuditLog> OpenAsync();

    internal abstract Task CloseAsync();

    [Fact]
    public async Task Keeps_all_of_a_change()
    {
        AuditEntry full = new(Now.AddTicks(1), "ops as anna", "ban.create", "tro\0ll 👋", "{\"a\":1}", "{\"b\":2}", "2001:db8::1", "00-1");
        AuditEntry bare = new(Now, "server", "raid.update", "raid", null, null, null, null);
        await Log.RecordAsync(full);
        await Log.RecordAsync(bare);

        await CloseAsync();
        _log = await OpenAsync();

        Assert.Equal([bare, full], (await ReadAsync(new AuditFilter())).Select(record => record.Entry));
    }

    [Fact]
    public async Task Is_read_newest_first_by_page()
    {
        for (var i = 0; i < 5; i++) await Log.RecordAsync(Change(target: $"{i}"));
        var first = await Log.ReadAsync(new AuditFilter(), long.MaxValue, 3, default);
        Assert.Equal(["4", "3", "2"], first.Select(record => record.Entry.Target));
        await Log.RecordAsync(Change(target: "new"));
        Assert.Equal(["1", "0"], (await Log.ReadAsync(new AuditFilter(), first[^1].Id, 3, default)).Select(record => record.Entry.Target));
    }

    [Fact]
    public async Task Filters_narrow_down_together()
    {
        await Log.RecordAsync(Change("ops", "ban.create", "troll", Now));
        await Log.RecordAsync(Change("ops", "ban.delete", "troll", Now.AddHours(1)));
        await Log.RecordAsync(Change("eve", "banner.create", "troll", Now.AddHours(2)));
        await Log.RecordAsync(Change("eve", "ban.create", "other", Now.AddHours(3)));

        Assert.Equal(2, (await ReadAsync(new AuditFilter(Actor: "ops"))).Count);
        Assert.Equal(["ban.create", "ban.create"], await ActionsAsync(new AuditFilter(Action: "ban.create")));
        // A dot at the end means all that begin so, and no word that is only longer.
        Assert.Equal(["ban.create", "ban.delete", "ban.create"], await ActionsAsync(new AuditFilter(Action: "ban.")));
        Assert.Equal(3, (await ReadAsync(new AuditFilter(Target: "troll"))).Count);
        Assert.Equal(["banner.create", "ban.delete"], await ActionsAsync(new AuditFilter(From: Now.AddHours(1), Until: Now.AddHours(3))));
        Assert.Equal(["ban.delete"], await ActionsAsync(new AuditFilter("ops", "ban.", "troll", Now.AddHours(1), Now.AddHours(2))));
        Assert.Empty(await ReadAsync(new AuditFilter(Actor: "OPS")));
        Assert.Empty(await ReadAsync(new AuditFilter(Actor: "' OR 1=1 --")));
    }

    private static AuditEntry Change(string actor = "ops", string action = "key.create", string target = "x", DateTimeOffset? at = null) =>
        new(at ?? Now, actor, action, target, null, null, null, null);

    private Task<IReadOnlyList<AuditRecord>> ReadAsync(AuditFilter filter) => Log.ReadAsync(filter, long.MaxValue, 100, default);

    private async Task<IEnumerable<string>> ActionsAsync(AuditFilter filter) => (await ReadAsync(filter)).Select(record => record.Entry.Action);
}
