using KaiChat.Server.Chat;
using KaiChat.Server.Chat.Moderation;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;

namespace KaiChat.Server.Tests.Chat.Moderation;

/// <summary>What every message is asked.</summary>
public sealed class ModerationRulesTests
{
    [Fact]
    public void While_nothing_is_restricted_a_message_costs_no_look_at_the_clock()
    {
        var clock = new CountingClock();
        var rules = new ModerationRules(new SanctionBook(clock), clock);
        using var session = Session(clock);
        rules.ThrowIfMayNotPost(session, Drafts.Channel("@dev"));
        Assert.Equal(0, clock.Looks);

        // Not by accident: a level with an end looks.
        rules.Raid = new RaidState(1, Drafts.Noon.AddYears(100), "admin");
        rules.ThrowIfMayNotPost(session, Drafts.Channel("@dev"));
        Assert.NotEqual(0, clock.Looks);
    }

    [Fact]
    public void A_level_holds_until_its_end_and_one_without_an_end_until_it_is_set_again()
    {
        var clock = new FakeTimeProvider();
        var rules = new ModerationRules(new SanctionBook(clock), clock);
        rules.Raid = new RaidState(3, clock.GetUtcNow().AddMinutes(1), "admin");
        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(3, rules.Raid.Level);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, rules.Raid.Level);
        rules.Raid = new RaidState(2, Until: null, "admin");
        clock.Advance(TimeSpan.FromDays(400));
        Assert.Equal(2, rules.Raid.Level);
    }

    private static ChatSession Session(TimeProvider clock) => new(
        Drafts.Author("anna"), Origin.Native, Drafts.Noon, new TokenBucket(1, 1, clock), new TokenBucket(1, 1, clock), new TokenBucket(1, 1, clock), clock)
    {
        Began = clock.GetTimestamp(),
        Newcomer = new TokenBucket(1, 1, clock),
        Reads = new TokenBucket(1, 1, clock),
    };

    private sealed class CountingClock : TimeProvider
    {
        public int Looks { get; private set; }

        public override DateTimeOffset GetUtcNow()
        {
            Looks++;
            return base.GetUtcNow();
        }
    }
}
