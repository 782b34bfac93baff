using System.Diagnostics;
using Xunit;

namespace KaiChat.TestKit;

/// <summary>Waits for what can only be looked at, and fails with a word when it does not come.</summary>
public static class Wait
{
    /// <summary>How long a wait lasts if the test does not say: many times what it takes on a busy machine.</summary>
    public static readonly TimeSpan Most = Patience.Limit;

    /// <summary>Looks until it has happened.</summary>
    /// <param name="happened">Whether it has.</param>
    /// <param name="otherwise">What did not come.</param>
    /// <param name="most">How long to look; default <see cref="Most"/>.</param>
    public static Task UntilAsync(Func<bool> happened, string otherwise, TimeSpan? most = null) => UntilAsync(happened, () => otherwise, most);

    /// <inheritdoc cref="UntilAsync(Func{bool}, string, TimeSpan?)"/>
    public static async Task UntilAsync(Func<bool> happened, Func<string> otherwise, TimeSpan? most = null)
    {
        var began = Stopwatch.GetTimestamp();
        for (var looks = 0; !happened(); looks++)
        {
            if (Stopwatch.GetElapsedTime(began) > (most ?? Most)) Assert.Fail(otherwise());
            // What has not happened at once is waited for without taking a processor from whoever is to do it.
            if (looks < 100) await Task.Yield();
            else await Task.Delay(TimeSpan.FromMilliseconds(1));
        }
    }

    /// <summary>Asks until the answer is yes.</summary>
    /// <inheritdoc cref="UntilAsync(Func{bool}, string, TimeSpan?)"/>
    public static async Task UntilAsync(Func<Task<bool>> happened, string otherwise, TimeSpan? most = null)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await happened())
        {
            if (Stopwatch.GetElapsedTime(began) > (most ?? Most)) Assert.Fail(otherwise);
            await Task.Yield();
        }
    }
}
