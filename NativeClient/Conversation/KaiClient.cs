using KaiChat.NativeClient.Connection;
using KaiChat.Shared.KaiChat;
using KaiChat.Shared.Names;

namespace KaiChat.NativeClient.Conversation;

/// <summary>
/// A conversation with a server, of either school: it accepts any number of PDUs at any time. <see cref="SignInAsync"/> first, then
/// <see cref="ListenAsync"/> and <see cref="PollAsync"/> side by side with whatever sends.
/// </summary>
internal sealed class KaiClient(KaiClientConnection connection, KaiClientOptions options, IChatView view, TimeProvider clock)
{
    /// <summary>How long a goodbye may take.</summary>
    private static readonly TimeSpan GoodbyeTimeout = TimeSpan.FromSeconds(2);

    private readonly KaiQuestions _questions = new(connection, clock);
    private readonly KaiPlace _place = new(options.Channel);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile KaiFence? _fence;
    private volatile bool _quitting;
    private int _refused;

    public Username User => options.User;

    /// <summary>The channel the user is in; null if in none.</summary>
    public ChannelName? Channel => _place.Channel;

    /// <summary>How many texts the server has refused.</summary>
    public int Refused => Volatile.Read(ref _refused);

    /// <exception cref="KaiClientException">Refused, or no answer in time.</exception>
    public async Task SignInAsync(CancellationToken cancellation)
    {
        await Deadline.KeepAsync(
            options.Timeout,
            clock,
            async token =>
            {
                await KaiHandshake.ShakeAsync(connection, options, token);
                await KaiHandshake.ConfirmAsync(connection, _questions, Show, token);
            },
            cancellation);
        Say(StatusEvent.Joined, $"You are {User} in {options.Channel}.");
    }

    /// <summary>Reads until the connection ends: by itself, which is an error, or after <see cref="QuitAsync"/>.</summary>
    public async Task ListenAsync(CancellationToken cancellation)
    {
        try
        {
            while (await connection.ReadAsync(cancellation) is { } pdu) await HandleAsync(pdu, cancellation);
            if (!_quitting) throw new KaiClientException(ExitCode.ConnectionLost, "The server closed the connection.");
        }
        catch (KaiClientException) when (_quitting)
        {
            // A server that resets the connection after our goodbye has closed it too.
        }

        _closed.TrySetResult();
    }

    /// <summary>Asks for news at every interval, and gives up on a server that does not answer.</summary>
    public async Task PollAsync(CancellationToken cancellation)
    {
        using var ticks = new PeriodicTimer(options.Poll, clock);
        while (await ticks.WaitForNextTickAsync(cancellation))
        {
            if (_quitting) continue;
            if (_questions.Waiting >= options.Timeout) throw Deadline.Missed(options.Timeout);
            // Behind the fence each answer brings the next question by itself, until nothing is left to ask.
            if (_fence is null) await _questions.AskAsync(cancellation);
        }
    }

    /// <param name="text">One piece of <see cref="OutgoingText"/>.</param>
    public Task SayAsync(string text, CancellationToken cancellation) => connection.SendAsync(KaiPdu.Send(text), cancellation);

    public async Task JoinAsync(ChannelName channel, CancellationToken cancellation)
    {
        _place.Ask(channel);
        await connection.SendAsync(KaiPdu.Join(User.Value, channel.Value), cancellation);
        Say(StatusEvent.Joined, $"You are in {channel}.");
        await _questions.AskAsync(cancellation);
    }

    public async Task LeaveAsync(CancellationToken cancellation)
    {
        if (_place.Leave() is not { } left) return;
        await connection.SendAsync(KaiPdu.Leave, cancellation);
        Say(StatusEvent.Left, $"You left {left}.");
    }

    /// <summary>
    /// Asks once the last QUERY is answered: whoever sends much calls it now and then, so that the server's answers set the pace and no more is under way
    /// than the server is willing to take.
    /// </summary>
    public async Task KeepPaceAsync(CancellationToken cancellation)
    {
        await _questions.WhenAnsweredAsync(cancellation);
        await _questions.AskAsync(cancellation);
    }

    /// <summary>Completes when the server has taken everything sent so far and what it had to say about that has been shown.</summary>
    public async Task DrainAsync(CancellationToken cancellation)
    {
        var fence = new KaiFence();
        _fence = fence;
        await _questions.AskBehindAsync(KaiPdu.Ping, cancellation);
        await fence.Taken.WaitAsync(cancellation);
        try
        {
            await fence.Reached.WaitAsync(options.Timeout, clock, cancellation);
        }
        catch (TimeoutException)
        {
            // Everything is taken, but the channel never falls silent: what it had to say in this time is enough.
        }
    }

    /// <summary>Says goodbye and waits, not for long, until the server has closed the connection, so that the goodbye is not lost with it.</summary>
    public async Task QuitAsync(CancellationToken cancellation)
    {
        _quitting = true;
        try
        {
            await Deadline.KeepAsync(
                GoodbyeTimeout,
                clock,
                async token =>
                {
                    await connection.SendAsync(KaiPdu.Quit, token);
                    await connection.EndSendingAsync(token);
                    await _closed.Task.WaitAsync(token);
                },
                cancellation);
        }
        catch (KaiClientException)
        {
            // A server that is gone, or does not say goodbye, keeps nobody.
        }
    }

    private async Task HandleAsync(KaiPdu pdu, CancellationToken cancellation)
    {
        if (pdu.Command == KaiCommand.PingPong) _fence?.Pong();
        if (pdu.Command != KaiCommand.ReceiveMessage || _quitting) return;
        _questions.Answered();
        if (pdu.UpToDate)
        {
            _fence?.UpToDate();
            // Behind the fence the answers go on until it is reached.
            if (_fence is { Reached.IsCompleted: false }) await _questions.AskAsync(cancellation);
            return;
        }

        Show(pdu);
        // A server in single mode has perhaps more; one in batch mode says that it has not.
        if (!connection.MoreAtHand) await _questions.AskAsync(cancellation);
    }

    private void Show(KaiPdu pdu)
    {
        var now = clock.GetUtcNow();
        if (pdu.Username == Username.Reserved)
        {
            if (pdu.Text.StartsWith(KaiNotice.NotSent, StringComparison.Ordinal)) Interlocked.Increment(ref _refused);
            if (pdu.Text.StartsWith(KaiNotice.NotJoined, StringComparison.Ordinal)) _place.Refuse(pdu.Channel);
            view.Show(new ServerNotice(pdu.Channel, pdu.Text, now));
            return;
        }

        // The author's server sends everybody the messages of all channels and leaves it to the client to drop the others'.
        if (!_place.IsIn(pdu.Channel)) return;
        foreach (var (author, text) in FoldedText.Unfold(pdu.Username, pdu.Text)) view.Show(new ChatLine(pdu.Channel, author, text, now));
    }

    private void Say(StatusEvent statusEvent, string text) => view.Show(new ClientStatus(statusEvent, text, clock.GetUtcNow()));
}
