using KaiChat.Server.Chat;
using KaiChat.Server.Cluster;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.Names;
using Xunit;

namespace KaiChat.Specification;

/// <summary>What every <see cref="IPresence"/> must do.</summary>
public abstract class PresenceSpecification
{
    private static readonly ConversationId Room = new(1);
    private static readonly ConversationId Other = new(2);

    /// <summary>A presence of its own for each test.</summary>
    private protected abstract IPresence Create();

    [Fact]
    public async Task A_name_belongs_to_one_session_in_every_letter_case()
    {
        var presence = Create();
        Assert.True(await presence.ClaimAsync(Name("Anna"), new SessionId(1), CancellationToken.None));
        Assert.False(await presence.ClaimAsync(Name("aNNA"), new SessionId(2), CancellationToken.None));
        Assert.True(await presence.ClaimAsync(Name("Anna"), new SessionId(1), CancellationToken.None));
        Assert.True(await presence.ClaimAsync(Name("Ben"), new SessionId(2), CancellationToken.None));
    }

    [Fact]
    public async Task A_name_that_was_given_back_is_free_and_only_its_owner_can_give_it_back()
    {
        var presence = Create();
        await presence.ClaimAsync(Name("Anna"), new SessionId(1), CancellationToken.None);
        await presence.ReleaseAsync(Name("Anna"), new SessionId(2), CancellationToken.None);
        Assert.False(await presence.ClaimAsync(Name("Anna"), new SessionId(2), CancellationToken.None));
        Assert.False(await presence.IsFreeAsync(Name("aNNa"), CancellationToken.None));
        await presence.ReleaseAsync(Name("ANNA"), new SessionId(1), CancellationToken.None);
        Assert.True(await presence.IsFreeAsync(Name("Anna"), CancellationToken.None));
        Assert.True(await presence.ClaimAsync(Name("Anna"), new SessionId(2), CancellationToken.None));
    }

    [Fact]
    public async Task Of_many_who_claim_a_name_at_once_one_gets_it()
    {
        var presence = Create();
        var claims = await Task.WhenAll(Enumerable.Range(1, 50).Select(i =>
            Task.Run(async () => await presence.ClaimAsync(Name("Anna"), new SessionId(i), CancellationToken.None))));
        Assert.Single(claims, claimed => claimed);
    }

    [Fact]
    public async Task Members_are_listed_in_the_order_in_which_they_entered()
    {
        var presence = Create();
        for (var i = 1; i <= 3; i++) Assert.True(await presence.EnterAsync(Room, Member(i), CancellationToken.None));
        await presence.EnterAsync(Other, Member(9), CancellationToken.None);
        Assert.Equal([Member(1), Member(2), Member(3)], await presence.MembersAsync(Room, CancellationToken.None));
        Assert.Equal(3, await presence.CountAsync(Room, CancellationToken.None));
    }

    [Fact]
    public async Task Entering_again_replaces_what_is_known_and_keeps_the_place()
    {
        var presence = Create();
        await presence.EnterAsync(Room, Member(1), CancellationToken.None);
        await presence.EnterAsync(Room, Member(2), CancellationToken.None);
        var late = Member(1) with { Presence = Presence.Late };
        Assert.False(await presence.EnterAsync(Room, late, CancellationToken.None));
        Assert.Equal([late, Member(2)], await presence.MembersAsync(Room, CancellationToken.None));
    }

    [Fact]
    public async Task Leaving_counts_once_and_in_that_conversation_only()
    {
        var presence = Create();
        await presence.EnterAsync(Room, Member(1), CancellationToken.None);
        await presence.EnterAsync(Other, Member(1), CancellationToken.None);
        Assert.True(await presence.LeaveAsync(Room, new SessionId(1), CancellationToken.None));
        Assert.False(await presence.LeaveAsync(Room, new SessionId(1), CancellationToken.None));
        Assert.Empty(await presence.MembersAsync(Room, CancellationToken.None));
        Assert.Equal(0, await presence.CountAsync(Room, CancellationToken.None));
        Assert.Equal(1, await presence.CountAsync(Other, CancellationToken.None));
    }

    [Fact]
    public async Task Nobody_is_lost_when_many_enter_and_leave_at_once()
    {
        var presence = Create();
        await Task.WhenAll(Enumerable.Range(1, 40).Select(i => Task.Run(async () =>
        {
            for (var round = 0; round < 50; round++)
            {
                Assert.True(await presence.EnterAsync(Room, Member(i), CancellationToken.None));
                Assert.True(await presence.LeaveAsync(Room, new SessionId(i), CancellationToken.None));
            }
            await presence.EnterAsync(Room, Member(i), CancellationToken.None);
        })));
        Assert.Equal(40, await presence.CountAsync(Room, CancellationToken.None));
    }

    private static Username Name(string name) => Username.TryParse(name, out var parsed, out _) ? parsed : throw new InvalidOperationException(name);

    private static PresentMember Member(int i) => new(new Author(new SessionId(i), Name($"user{i}")), Origin.Web, Presence.Live);
}
