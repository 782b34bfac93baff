using KaiChat.Server.Chat;
using KaiChat.Server.Storage;
using KaiChat.TestKit;
using Xunit;

namespace KaiChat.Specification;

/// <summary>What every <see cref="ISessionStore"/> must do. A store's tests inherit it and say how one is opened and closed.</summary>
public abstract class SessionStoreSpecification : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = Drafts.Noon;
    private static readonly Author Ada = Drafts.Author("Ada", new SessionId(1));
    private static readonly Author Ben = Drafts.Author("ben", new SessionId(2));

    private ISessionStore? _store;

    internal ISessionStore Store => _store ?? throw new InvalidOperationException("The store is closed.");

    public async ValueTask InitializeAsync() => _store = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the test's store: empty the first time, then with what was in it.</summary>
    internal abstract Task<ISessionStore> OpenAsync();

    internal abstract Task CloseAsync();

    [Fact]
    public async Task Keeps_who_holds_a_name()
    {
        await Store.SaveAsync(new StoredSession(Ada, Now.AddDays(7)));
        await Store.SaveAsync(new StoredSession(Ben, Now.AddDays(7)));
        await Store.LeaveAsync(Ben.Session);

        await ReopenAsync();

        Assert.Equal([new StoredSession(Ada, Now.AddDays(7))], await Store.ReadPresentAsync(Now, default));
    }

    [Fact]
    public async Task Whoever_left_may_come_back()
    {
        await Store.SaveAsync(new StoredSession(Ada, Now.AddDays(7)));
        await Store.LeaveAsync(Ada.Session);
        await Store.SaveAsync(new StoredSession(Ada, Now.AddDays(8)));

        Assert.Equal([new StoredSession(Ada, Now.AddDays(8))], await Store.ReadPresentAsync(Now, default));
        Assert.False(await Store.IsSignedOutAsync(Ada.Session, default));
    }

    [Fact]
    public async Task Whoever_signed_out_may_not()
    {
        await Store.SaveAsync(new StoredSession(Ada, Now.AddDays(7)));
        await Store.SignOutAsync(new StoredSession(Ada, Now.AddDays(7)));
        // A tab that was about to come back.
        await Store.SaveAsync(new StoredSession(Ada, Now.AddDays(7)));
        // One the store never heard of.
        await Store.SignOutAsync(new StoredSession(Ben, Now.AddDays(7)));

        await ReopenAsync();

        Assert.True(await Store.IsSignedOutAsync(Ada.Session, default));
        Assert.True(await Store.IsSignedOutAsync(Ben.Session, default));
        Assert.False(await Store.IsSignedOutAsync(new SessionId(3), default));
        Assert.Empty(await Store.ReadPresentAsync(Now, default));
    }

    [Fact]
    public async Task Remembers_who_signed_out_until_the_last_of_the_sessions_tokens_has_expired()
    {
        await Store.SaveAsync(new StoredSession(Ada, Now.AddDays(7)));
        // A token was renewed on the sixth day, without a word to the store.
        await Store.SignOutAsync(new StoredSession(Ada, Now.AddDays(13)));

        await Store.ForgetExpiredAsync(Now.AddDays(8));
        Assert.True(await Store.IsSignedOutAsync(Ada.Session, default));
        await Store.ForgetExpiredAsync(Now.AddDays(13));
        Assert.False(await Store.IsSignedOutAsync(Ada.Session, default));
    }

    [Fact]
    public async Task Forgets_sessions_whose_tokens_have_expired_and_how_far_they_had_read()
    {
        await Store.SaveAsync(new StoredSession(Ada, Now.AddDays(7)));
        await Store.SignOutAsync(new StoredSession(Ben, Now.AddDays(1)));
        await Store.MarkReadAsync([new(Ada.Session, new ConversationId(1), 5), new(Ben.Session, new ConversationId(1), 6)]);
        Assert.Empty(await Store.ReadPresentAsync(Now.AddDays(7), default));

        await Store.ForgetExpiredAsync(Now.AddDays(1));

        Assert.False(await Store.IsSignedOutAsync(Ben.Session, default));
        Assert.Empty(await Store.ReadMarkersAsync(Ben.Session, default));
        Assert.Single(await Store.ReadPresentAsync(Now, default));
        Assert.Single(await Store.ReadMarkersAsync(Ada.Session, default));
    }

    [Fact]
    public async Task Keeps_how_far_each_session_has_read_each_conversation()
    {
        await Store.MarkReadAsync([new(Ada.Session, new ConversationId(1), 5), new(Ada.Session, new ConversationId(2), 7), new(Ben.Session, new ConversationId(1), 9)]);
        // Lower again: marked as unread.
        await Store.MarkReadAsync([new(Ada.Session, new ConversationId(1), 3)]);
        await Store.MarkReadAsync([]);
        await Store.MarkReadAsync([new(Ben.Session, new ConversationId(2), 4)]);
        await Store.MarkReadAsync([new(Ben.Session, new ConversationId(2), null), new(Ben.Session, new ConversationId(3), null)]);

        await ReopenAsync();

        Assert.Equal(
            [(1, 3), (2, 7)],
            (await Store.ReadMarkersAsync(Ada.Session, default)).Select(marker => (marker.Key.Value, marker.Value)).Order());
        Assert.Equal(9, Assert.Single(await Store.ReadMarkersAsync(Ben.Session, default)).Value);
    }

    private async Task ReopenAsync()
    {
        await CloseAsync();
        _store = await OpenAsync();
    }
}
