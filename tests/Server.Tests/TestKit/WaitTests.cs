using KaiChat.TestKit;
using Xunit.Sdk;

namespace KaiChat.Server.Tests.TestKit;

/// <summary>Waiting for what does not come ends.</summary>
public sealed class WaitTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task What_does_not_come_is_said()
    {
        var looked = await Assert.ThrowsAsync<FailException>(() => Wait.UntilAsync(() => false, "The bus did not come.", Short));
        Assert.Equal("The bus did not come.", looked.Message);
        var asked = await Assert.ThrowsAsync<FailException>(() => Wait.UntilAsync(() => Task.FromResult(false), "Nor did the train.", Short));
        Assert.Equal("Nor did the train.", asked.Message);
    }

    [Fact]
    public async Task What_comes_late_is_waited_for()
    {
        var looks = 0;
        await Wait.UntilAsync(() => ++looks == 150, "It was not looked for often enough.");
        Assert.Equal(150, looks);
    }
}
