namespace KaiChat.NativeClient;

/// <summary>Loops that live and die together, so that none is started and forgotten.</summary>
internal static class Together
{
    /// <summary>
    /// Runs all of them until the first one ends; the others are then cancelled and awaited. Throws what the first one threw, else what another threw
    /// on its way out.
    /// </summary>
    public static async Task RunAsync(CancellationToken cancellation, params Func<CancellationToken, Task>[] loops)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var running = loops.Select(loop => loop(end.Token)).ToArray();
        var first = await Task.WhenAny(running);
        await end.CancelAsync();
        var faults = new List<Exception>();
        foreach (var loop in running.OrderBy(loop => loop == first ? 0 : 1))
        {
            try
            {
                await loop;
            }
            catch (OperationCanceledException) when (loop != first)
            {
                // as told
            }
            catch (Exception fault)
            {
                faults.Add(fault);
            }
        }

        if (faults.Count > 0) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(faults[0]);
    }
}
