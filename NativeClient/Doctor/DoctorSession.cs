using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using KaiChat.Shared.KaiChat;

namespace KaiChat.NativeClient.Doctor;

/// <summary>One client on its socket: bytes to a trace, answers to bytes. It judges nothing.</summary>
/// <param name="socket">The accepted connection; owned.</param>
/// <param name="certificate">For a client that begins with TLS.</param>
/// <param name="limit">How long the session may take.</param>
internal sealed class DoctorSession(Socket socket, X509Certificate2 certificate, TimeSpan limit, IDoctorView view, TimeProvider clock) : IDisposable
{
    private const byte TlsRecord = 0x16;

    /// <summary>Between the PING and its answer, to see whether the client waits; about as long as a distant server takes.</summary>
    private static readonly TimeSpan Hold = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan SlowAnswer = TimeSpan.FromSeconds(1.5);

    /// <summary>Between two pieces, so that the client's system hands them out one by one.</summary>
    private static readonly TimeSpan BetweenPieces = TimeSpan.FromMilliseconds(40);

    /// <summary>Where a PDU is cut: within the names, within the command word, within the text.</summary>
    private static readonly int[] Cuts = [1, 30, 258, 300];

    /// <summary>How long a client that has said QUIT may take to close, before the doctor does.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly Trace _trace = new();
    private readonly Playbook _playbook = new();
    private readonly CancellationTokenSource _time = new(limit, clock);
    private readonly long _start = clock.GetTimestamp();
    private int _leftOver;
    private bool _deaf;
    private string? _asked;

    private TimeSpan Elapsed => clock.GetElapsedTime(_start);

    /// <summary>Talks until the client, the time or the person ends it; never throws for what a client does.</summary>
    public async Task<Trace> RunAsync(CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_time.Token, stop);
        try
        {
            await using var stream = await OpenAsync(either.Token);
            End(stream is null ? EndReason.Closed : await TalkAsync(stream, either.Token));
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            End(stop.IsCancellationRequested ? EndReason.Stopped : _trace.State == DoctorState.Over ? EndReason.Quit : EndReason.TimedOut);
        }
        catch (Exception fault) when (fault is IOException or SocketException or AuthenticationException)
        {
            End(EndReason.Lost, (fault.InnerException ?? fault).Message);
        }

        return _trace;
    }

    public void Dispose()
    {
        socket.Dispose();
        _time.Dispose();
    }

    private void End(EndReason reason, string? word = null) => _trace.End ??= new TraceEnd(reason, Elapsed, _leftOver, word);

    /// <summary>Looks at the first byte, which stays where it is; null if none comes.</summary>
    private async Task<Stream?> OpenAsync(CancellationToken cancellation)
    {
        var first = new byte[1];
        if (await socket.ReceiveAsync(first, SocketFlags.Peek, cancellation) == 0) return null;
        _trace.FirstByte = first[0];
        var plain = new NetworkStream(socket, ownsSocket: false);
        if (first[0] != TlsRecord)
        {
            _trace.Security = "plain TCP";
            return plain;
        }

        var secure = new SslStream(plain);
        try
        {
            await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, cancellation);
        }
        catch
        {
            await secure.DisposeAsync();
            throw;
        }

        _trace.Security = $"TLS ({secure.SslProtocol})";
        return secure;
    }

    private async Task<EndReason> TalkAsync(Stream stream, CancellationToken cancellation)
    {
        Ask();
        while (!_trace.IsFull)
        {
            var bytes = new byte[KaiPdu.Length];
            for (_leftOver = 0; _leftOver < bytes.Length;)
            {
                var length = await stream.ReadAsync(bytes.AsMemory(_leftOver), cancellation);
                if (length == 0) return EndReason.Closed;
                _leftOver += length;
            }

            _leftOver = 0;
            var pdu = _trace.AddClient(bytes, Elapsed);
            view.Show(pdu);
            if (pdu.Command == KaiCommand.Quit && pdu.State != DoctorState.Over) _time.CancelAfter(Farewell);
            await AnswerAsync(stream, _playbook.Next(_trace, pdu), cancellation);
            Ask();
        }

        return EndReason.TooMuch;
    }

    private async Task AnswerAsync(Stream stream, Answer answer, CancellationToken cancellation)
    {
        if (answer.Pdus.Count == 0) return;
        if (answer.Trial == Trial.Together)
        {
            await Task.Delay(Hold, clock, cancellation);
            _trace.Hasty = socket.Available > 0;
        }

        if (answer.Trial == Trial.Slow) await Task.Delay(SlowAnswer, clock, cancellation);
        var bytes = new List<byte>();
        foreach (var pdu in answer.Pdus)
        {
            var entry = _trace.AddServer(pdu, answer.Trial, Elapsed);
            bytes.AddRange(entry.Bytes);
            view.Show(entry);
        }

        if (_deaf) return;
        try
        {
            var start = 0;
            foreach (var end in answer.Trial == Trial.Pieces ? [.. Cuts, bytes.Count] : (int[])[bytes.Count])
            {
                if (start > 0) await Task.Delay(BetweenPieces, clock, cancellation);
                await stream.WriteAsync(bytes.GetRange(start, end - start).ToArray(), cancellation);
                start = end;
            }
        }
        catch (IOException)
        {
            // It closed without reading this. What it said before is still to be read.
            _deaf = true;
        }
    }

    /// <summary>Tells the person what to do next, once.</summary>
    private void Ask()
    {
        var next = Prompts.Next(_trace, _playbook.TrialsLeft);
        if (next != _asked) view.Ask(next);
        _asked = next;
    }
}
