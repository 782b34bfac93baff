using KaiChat.Server.Chat.Keeping;
using KaiChat.Server.Storage;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;
using Xunit;

namespace KaiChat.Specification;

/// <summary>What every <see cref="IChannelSettingsStore"/> must do. A store's tests inherit it and say how one is opened and closed.</summary>
public abstract class ChannelSettingsSpecification : IAsyncLifetime
{
    private static readonly SettledChannel Dev = new(
        Drafts.Channel("@Dev"), "What is \U0001F6E0", ReadOnly: true, new NativePolicy(NativeNotice.Silent, NativeNotice.Note, NativeNotice.Silent), RetentionDays: 30, Kept: true, Rev: 7);

    private static readonly SettledChannel General = SettledChannel.None(Drafts.Channel("@general")) with { Topic = "All", Rev = 1 };

    private IChannelSettingsStore? _store;

    internal IChannelSettingsStore Store => _store ?? throw new InvalidOperationException("The store is closed.");

    public async ValueTask InitializeAsync() => _store = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the test's store: empty the first time, then with what was in it.</summary>
    internal abstract Task<IChannelSettingsStore> OpenAsync();

    internal abstract Task CloseAsync();

    [Fact]
    public async Task Keeps_all_of_it_in_order_of_name()
    {
        await Store.SaveAsync(General, Drafts.Record());
        await Store.SaveAsync(Dev, Drafts.Record());

        await ReopenAsync();

        Assert.Equal([Dev, General], await Store.ReadAllAsync(default));
        Assert.Equal("@Dev", (await Store.ReadAllAsync(default))[0].Name.Value);
    }

    [Fact]
    public async Task A_name_has_its_last_settings_in_every_letter_case()
    {
        await Store.SaveAsync(Dev, Drafts.Record());
        var changed = SettledChannel.None(Drafts.Channel("@DEV")) with { Topic = "", Kept = true, Rev = 8 };
        await Store.SaveAsync(changed, Drafts.Record());

        await ReopenAsync();

        Assert.Equal(changed, Assert.Single(await Store.ReadAllAsync(default)));
    }

    [Fact]
    public async Task Forgets_a_name_in_every_letter_case_and_no_other()
    {
        await Store.SaveAsync(Dev, Drafts.Record());
        await Store.SaveAsync(General, Drafts.Record());
        await Store.ForgetAsync(Drafts.Channel("@dEV"), Drafts.Record());
        await Store.ForgetAsync(Drafts.Channel("@never"), Drafts.Record());

        await ReopenAsync();

        Assert.Equal([General], await Store.ReadAllAsync(default));
    }

    [Fact]
    public async Task Half_a_surrogate_pair_in_a_topic_is_replaced()
    {
        await Store.SaveAsync(General with { Topic = "half \uD83D" }, Drafts.Record());

        Assert.Equal("half \uFFFD", Assert.Single(await Store.ReadAllAsync(default)).Topic);
    }

    private async Task ReopenAsync()
    {
        await CloseAsync();
        _store = await OpenAsync();
    }
}
