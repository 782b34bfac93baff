using KaiChat.Server.Chat;
using KaiChat.TestKit;

namespace KaiChat.Server.Tests.Chat;

public sealed class TokenBucketTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Lets_a_burst_pass_then_the_rate()
    {
        var bucket = new TokenBucket(2, 3, _clock);
        for (var i = 0; i < 3; i++) Assert.Equal(TimeSpan.Zero, bucket.TryTake());
        Assert.Equal(TimeSpan.FromSeconds(0.5), bucket.TryTake());
        _clock.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(TimeSpan.Zero, bucket.TryTake());
        Assert.NotEqual(TimeSpan.Zero, bucket.TryTake());
    }

    [Fact]
    public void Rest_gives_the_burst_back_and_no_more()
    {
        var bucket = new TokenBucket(1, 2, _clock);
        Assert.Equal(TimeSpan.Zero, bucket.TryTake());
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(TimeSpan.Zero, bucket.TryTake());
        Assert.Equal(TimeSpan.Zero, bucket.TryTake());
        Assert.NotEqual(TimeSpan.Zero, bucket.TryTake());
    }
}
