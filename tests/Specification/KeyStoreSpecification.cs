using KaiChat.Server.Storage;
using KaiChat.TestKit;
using Xunit;

namespace KaiChat.Specification;

/// <summary>What every <see cref="IKeyStore"/> must do. A store's tests inherit it and say how one is opened and closed.</summary>
public abstract class KeyStoreSpecification : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = Drafts.Noon;

    private IKeyStore? _store;

    internal IKeyStore Store => _store ?? throw new InvalidOperationException("The store is closed.");

    public async ValueTask InitializeAsync() => _store = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the test's store: empty the first time, then with what was in it.</summary>
    internal abstract Task<IKeyStore> OpenAsync();

    internal abstract Task CloseAsync();

    [Fact]
    public async Task Keeps_a_key_as_it_was_made()
    {
        var made = await Store.AddAsync(Key("ops", 1, expiresAt: Now.AddDays(30)), _ => Drafts.Record());
        await ReopenAsync();

        var kept = Assert.Single(await Store.ReadAsync(default));
        Assert.Equal(made!.Id, kept.Id);
        Assert.Equal(("ops", Now, "admin", Now.AddDays(30)), (kept.Key.Name, kept.Key.MadeAt, kept.Key.MadeBy, kept.Key.ExpiresAt!.Value));
        Assert.Equal(Enumerable.Repeat((byte)1, 32), kept.Key.Hash);
        Assert.Equal(["audit:read", "keys:write"], kept.Key.Scopes);
        Assert.Equal((null, null), (kept.LastUsedAt, kept.RevokedAt));
    }

    [Fact]
    public async Task Gives_no_name_twice_in_whatever_letter_case_also_after_the_first_was_revoked()
    {
        var first = await Store.AddAsync(Key("ops", 1), _ => Drafts.Record());
        Assert.Null(await Store.AddAsync(Key("OPS", 2), _ => Drafts.Record()));
        await Store.RevokeAsync(first!.Id, Now, Drafts.Record());
        Assert.Null(await Store.AddAsync(Key("ops", 3), _ => Drafts.Record()));
        Assert.NotNull(await Store.AddAsync(Key("ops2", 4), _ => Drafts.Record()));

        Assert.Equal(["ops", "ops2"], (await Store.ReadAsync(default)).Select(key => key.Key.Name));
    }

    [Fact]
    public async Task Keys_of_one_name_at_the_same_time_become_one()
    {
        var made = await Task.WhenAll(Enumerable.Range(1, 8).Select(i => Store.AddAsync(Key("ops", (byte)i), _ => Drafts.Record())));
        Assert.Single(made, key => key is not null);
    }

    [Fact]
    public async Task A_revoked_key_stays_so_since_the_first_time()
    {
        var key = await Store.AddAsync(Key("ops", 1), _ => Drafts.Record());
        await Store.RevokeAsync(key!.Id, Now.AddHours(1), Drafts.Record());
        await Store.RevokeAsync(key.Id, Now.AddHours(2), Drafts.Record());
        await Store.RevokeAsync(key.Id + 1, Now, Drafts.Record());

        await ReopenAsync();

        Assert.Equal(Now.AddHours(1), Assert.Single(await Store.ReadAsync(default)).RevokedAt);
    }

    [Fact]
    public async Task Notes_when_a_key_was_last_used()
    {
        var key = await Store.AddAsync(Key("ops", 1), _ => Drafts.Record());
        await Store.NoteUseAsync(key!.Id, Now.AddMinutes(1));
        await Store.NoteUseAsync(key.Id, Now.AddMinutes(2));

        await ReopenAsync();

        Assert.Equal(Now.AddMinutes(2), Assert.Single(await Store.ReadAsync(default)).LastUsedAt);
    }

    private static NewKey Key(string name, byte hash, DateTimeOffset? expiresAt = null) =>
        new(name, [.. Enumerable.Repeat(hash, 32)], ["audit:read", "keys:write"], Now, "admin", expiresAt);

    private async Task ReopenAsync()
    {
        await CloseAsync();
        _store = await OpenAsync();
    }
}
