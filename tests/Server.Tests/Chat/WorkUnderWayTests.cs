using KaiChat.Server.Chat;

namespace KaiChat.Server.Tests.Chat;

public sealed class WorkUnderWayTests
{
    [Fact]
    public void Closing_with_nothing_under_way_is_done_at_once()
    {
        var work = new WorkUnderWay();
        Assert.True(work.TryEnter());
        work.Leave();
        Assert.False(work.IsClosed);

        Assert.True(work.CloseAsync().IsCompletedSuccessfully);
        Assert.True(work.IsClosed);
        Assert.False(work.TryEnter());
    }

    [Fact]
    public async Task Closing_waits_for_what_began_and_for_nothing_that_came_too_late()
    {
        var work = new WorkUnderWay();
        Assert.True(work.TryEnter());
        Assert.True(work.TryEnter());
        var closing = work.CloseAsync();

        Assert.False(work.TryEnter());
        work.Leave();
        Assert.False(closing.IsCompleted);
        Assert.False(work.TryEnter());
        work.Leave();

        await closing;
    }

    [Fact]
    public async Task Nothing_is_ever_under_way_after_the_closing()
    {
        for (var round = 0; round < 200; round++)
        {
            var work = new WorkUnderWay();
            var closed = 0;
            var entered = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            {
                while (work.TryEnter())
                {
                    Assert.Equal(0, Volatile.Read(ref closed));
                    work.Leave();
                }
            })).ToArray();
            await work.CloseAsync();
            Volatile.Write(ref closed, 1);
            await Task.WhenAll(entered);
        }
    }
}
