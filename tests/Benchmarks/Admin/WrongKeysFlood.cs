using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace KaiChat.Benchmarks.Admin;

/// <summary>Sends requests with wrong keys over plain sockets, several at a time on each (HTTP pipelining): a guesser that is cheaper than its guesses.</summary>
/// <param name="server">Where to.</param>
/// <param name="rate">Wrong keys a second on each connection.</param>
internal sealed class WrongKeysFlood(Uri server, int rate)
{
    private const int Batch = 16;

    private readonly byte[] _requests = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, Batch).Select(
        i => $"GET /api/v1/server HTTP/1.1\r\nHost: {server.Authority}\r\nAuthorization: Bearer kck_wrong{i}wrongwrongwrongwrongwrongwrongwrong\r\n\r\n")));

    private long _answered;

    /// <summary>Answers so far.</summary>
    public long Answered => Volatile.Read(ref _answered);

    /// <summary>One connection, until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server.Host, server.Port, CancellationToken.None);
        var buffer = new byte[64 * 1024];
        var started = Stopwatch.GetTimestamp();
        try
        {
            for (var sent = 0L; !stop.IsCancellationRequested; sent += Batch)
            {
                var due = TimeSpan.FromSeconds(sent / (double)rate);
                if (due - Stopwatch.GetElapsedTime(started) is { TotalMilliseconds: > 1 } wait) await Task.Delay(wait, stop);
                await socket.SendAsync(_requests, stop);
                await ReadAsync(socket, buffer, stop);
            }
        }
        catch (OperationCanceledException)
        {
            // Enough.
        }
    }

    /// <summary>Reads as many answers as there were requests, by their status lines.</summary>
    private async Task ReadAsync(Socket socket, byte[] buffer, CancellationToken stop)
    {
        var (missing, kept) = (Batch, 0);
        while (missing > 0)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(kept), stop);
            if (read == 0) throw new InvalidOperationException("The server has closed the connection of a guesser.");
            var held = kept + read;
            var seen = buffer.AsSpan(0, held).Count("HTTP/1.1 4"u8);
            missing -= seen;
            Interlocked.Add(ref _answered, seen);
            // A status line may be cut in two: its beginning is looked at again.
            kept = Math.Min(9, held);
            buffer.AsSpan(held - kept, kept).CopyTo(buffer);
        }
    }
}
