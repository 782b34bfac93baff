namespace KaiChat.NativeClient.Conversation;

/// <summary>
/// Tells when the server has dealt with everything that was sent before the fence and has nothing more to say about it. The client sends PING and QUERY;
/// the server answers in order, so an up-to-date PDU behind the PONG answers a QUERY that was sent behind the fence. A server that answers no PING by
/// then (the author's) has to be up to date twice: the first time may answer a QUERY from before the fence.
/// </summary>
internal sealed class KaiFence
{
    private readonly TaskCompletionSource _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _upToDateBefore;

    /// <summary>Completes when the server has dealt with everything before the fence.</summary>
    public Task Taken => _taken.Task;

    /// <summary>Completes when it has nothing more to say either.</summary>
    public Task Reached => _reached.Task;

    public void Pong() => _taken.TrySetResult();

    public void UpToDate()
    {
        if (_upToDateBefore) _taken.TrySetResult();
        if (_taken.Task.IsCompleted) _reached.TrySetResult();
        _upToDateBefore = true;
    }
}
