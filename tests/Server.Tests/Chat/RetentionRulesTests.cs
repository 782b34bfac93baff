using KaiChat.Server.Chat.Retention;
using KaiChat.Server.Storage;
using KaiChat.TestKit;

namespace KaiChat.Server.Tests.Chat;

/// <summary>Which channel keeps what.</summary>
public sealed class RetentionRulesTests
{
    private static readonly RetentionOptions Options = new()
    {
        Rules =
        [
            new RetentionRule { Channels = "@keep*" },
            new RetentionRule { Channels = "@dev?", MaxMessages = 10 },
            new RetentionRule { Channels = "@d*", MaxAge = TimeSpan.FromDays(1), MaxMegabytes = 0.5 },
        ],
    };

    [Theory]
    [InlineData("@keeper")]
    [InlineData("@other")]
    public void Some_keep_everything(string channel) => Assert.Null(Options.LimitsOf(Drafts.Channel(channel), Drafts.Noon));

    [Fact]
    public void The_first_rule_that_fits_counts()
    {
        Assert.Equal(new RetentionLimits(null, 10, null), Options.LimitsOf(Drafts.Channel("@DEV1"), Drafts.Noon));
        Assert.Equal(new RetentionLimits(Drafts.Noon.AddDays(-1), null, 524_288), Options.LimitsOf(Drafts.Channel("@dev12"), Drafts.Noon));
    }
}
