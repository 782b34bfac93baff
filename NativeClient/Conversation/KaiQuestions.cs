using KaiChat.NativeClient.Connection;
using KaiChat.Shared.KaiChat;

namespace KaiChat.NativeClient.Conversation;

/// <summary>
/// The client's QUERYs: never a second one before something has come back for the first, so that a slow server is not piled upon. How many PDUs answer
/// a QUERY is the server's choice (one in its single mode, any number in its batch mode), so the first one counts as the answer. Safe to use from
/// several loops.
/// </summary>
internal sealed class KaiQuestions(KaiClientConnection connection, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _open;
    private long _askedAt;

    /// <summary>How long the open QUERY has been waiting; zero if none is open.</summary>
    public TimeSpan Waiting
    {
        get
        {
            lock (_gate) return _open is null ? TimeSpan.Zero : clock.GetElapsedTime(_askedAt);
        }
    }

    /// <summary>Asks, unless the last QUERY is still open.</summary>
    public async Task AskAsync(CancellationToken cancellation)
    {
        if (TryOpen()) await connection.SendAsync(KaiPdu.Query, cancellation);
    }

    /// <summary>Sends a PDU and asks behind it, unless the last QUERY is still open when it goes out. However late this gets to run: it asks no more for what has been answered meanwhile.</summary>
    public async Task AskBehindAsync(KaiPdu first, CancellationToken cancellation)
    {
        var opened = TryOpen();
        await connection.SendAsync(first, cancellation);
        if (opened) await connection.SendAsync(KaiPdu.Query, cancellation);
    }

    public void Answered()
    {
        lock (_gate)
        {
            _open?.SetResult();
            _open = null;
        }
    }

    /// <summary>Completes when no QUERY is open.</summary>
    public Task WhenAnsweredAsync(CancellationToken cancellation)
    {
        lock (_gate) return _open?.Task.WaitAsync(cancellation) ?? Task.CompletedTask;
    }

    /// <summary>False if a QUERY is open; otherwise one is now, and the caller sends it.</summary>
    private bool TryOpen()
    {
        lock (_gate)
        {
            if (_open is not null) return false;
            _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _askedAt = clock.GetTimestamp();
            return true;
        }
    }
}
