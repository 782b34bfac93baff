namespace KaiChat.NativeClient;

/// <summary>Work that the server must make possible in time.</summary>
internal static class Deadline
{
    /// <exception cref="KaiClientException">The time is over.</exception>
    public static async Task KeepAsync(
        TimeSpan time, TimeProvider clock, Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        using var over = new CancellationTokenSource(time, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellation);
        try
        {
            await work(either.Token);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw Missed(time);
        }
    }

    public static KaiClientException Missed(TimeSpan time) =>
        new(ExitCode.ConnectionLost, $"The server does not answer: nothing came within {time.TotalSeconds:0.###} s.");
}
