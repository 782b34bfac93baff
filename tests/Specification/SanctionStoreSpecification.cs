using KaiChat.Server.Chat.Moderation;
using KaiChat.Server.Storage;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;
using Xunit;

namespace KaiChat.Specification;

/// <summary>What every <see cref="ISanctionStore"/> and <see cref="ISettingStore"/> must do. A store's tests inherit it and say how one is opened and closed.</summary>
public abstract class SanctionStoreSpecification : IAsyncLifetime
{
    private static readonly ChatSanction Ban = new(
        0, SanctionKind.Ban, Drafts.Author("Troll").Name, AddressNetwork.Parse("192.0.2.0/24"), Drafts.Channel("@Dev"), "Späm 👎", "ops as Ada", Drafts.Noon, Drafts.Noon.AddDays(1));

    private static readonly ChatSanction Mute = new(0, SanctionKind.Mute, Name: null, AddressNetwork.Parse("2001:db8::1"), Channel: null, "noise", "ops", Drafts.Noon, Until: null);

    private (ISanctionStore Sanctions, ISettingStore Settings)? _store;

    internal ISanctionStore Store => _store!.Value.Sanctions;

    internal ISettingStore Settings => _store!.Value.Settings;

    public async ValueTask InitializeAsync() => _store = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the test's store: empty the first time, then with what was in it.</summary>
    internal abstract Task<(ISanctionStore Sanctions, ISettingStore Settings)> OpenAsync();

    internal abstract Task CloseAsync();

    [Fact]
    public async Task Keeps_every_word_of_what_was_added_in_order()
    {
        var ban = await Store.AddAsync(Ban, _ => Drafts.Record());
        var mute = await Store.AddAsync(Mute, _ => Drafts.Record());
        Assert.Equal(Ban with { Id = ban.Id }, ban);

        await ReopenAsync();

        var kept = await Store.ReadAsync(default);
        Assert.Equal([ban, mute], kept);
        Assert.Equal(("Troll", "@Dev"), (kept[0].Name!.Value, kept[0].Channel!.Value));
    }

    [Fact]
    public async Task What_was_removed_is_gone_and_its_number_is_never_given_again()
    {
        var first = await Store.AddAsync(Ban, _ => Drafts.Record());
        var second = await Store.AddAsync(Mute, _ => Drafts.Record());
        await Store.RemoveAsync([first.Id, second.Id, 1_000], records: []);
        await Store.RemoveAsync([first.Id], records: []);
        await Store.RemoveAsync([], records: []);

        await ReopenAsync();

        Assert.Empty(await Store.ReadAsync(default));
        Assert.True((await Store.AddAsync(Ban, _ => Drafts.Record())).Id > second.Id);
    }

    [Fact]
    public async Task Keeps_the_latest_of_each_setting()
    {
        Assert.Null(await Settings.ReadAsync("level", default));
        await Settings.WriteAsync("level", "1", Drafts.Record());
        await Settings.WriteAsync("level", "2", Drafts.Record());
        await Settings.WriteAsync("other", "", Drafts.Record());

        await ReopenAsync();

        Assert.Equal(("2", ""), (await Settings.ReadAsync("level", default), await Settings.ReadAsync("other", default)));
    }

    private async Task ReopenAsync()
    {
        await CloseAsync();
        _store = await OpenAsync();
    }
}
