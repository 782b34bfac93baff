using KaiChat.NativeClient.Conversation;

namespace KaiChat.NativeClient.Scripts;

/// <summary>Sends each line of an input as a message and shows what others write, until the input ends and the server has taken all of it.</summary>
internal sealed class ScriptSession(KaiClient client, TextReader input)
{
    /// <summary>Messages between two answers of the server: enough to fill the way to it, few enough that a server which takes them slowly stays in touch.</summary>
    private const int MessagesAtATime = 10;

    private bool _interrupted;

    /// <param name="stop">The user wants to leave.</param>
    public async Task<ExitCode> RunAsync(CancellationToken stop)
    {
        await client.SignInAsync(stop);
        await Together.RunAsync(CancellationToken.None, client.ListenAsync, client.PollAsync, end => SendAsync(stop, end));
        if (_interrupted) return ExitCode.Interrupted;
        return client.Refused > 0 ? ExitCode.Refused : ExitCode.Ok;
    }

    /// <param name="stop">Ends the work, but not what is being written: half a PDU would garble the goodbye.</param>
    private async Task SendAsync(CancellationToken stop, CancellationToken end)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, end);
        try
        {
            await SendAllAsync(either.Token, end);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            _interrupted = true;
        }

        await client.QuitAsync(end);
    }

    private async Task SendAllAsync(CancellationToken work, CancellationToken writing)
    {
        var sent = 0;
        // A console's or a pipe's read cannot be taken back: when the work ends it is left behind, not waited for.
        while (await input.ReadLineAsync(work).AsTask().WaitAsync(work) is { } line)
        {
            foreach (var piece in OutgoingText.Pieces(line))
            {
                work.ThrowIfCancellationRequested();
                await client.SayAsync(piece, writing);
                if (++sent % MessagesAtATime == 0) await client.KeepPaceAsync(work);
            }
        }

        await client.DrainAsync(work);
    }
}
