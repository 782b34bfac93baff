using System.Buffers;
using KaiChat.Server.Chat;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace KaiChat.Server.Web;

/// <summary>
/// What waits for one hub connection. Rules: posting never blocks and never reorders; one write is in flight at a time and the next one takes what
/// came meanwhile, up to <see cref="MostAtOnce"/>, since the rest is shared with others until then; more than the limits waiting ends the connection, whose page then resumes
/// by seq; and nothing follows a last word.
/// </summary>
internal sealed class HubOutbox(HubConnectionContext connection, LimitsOptions limits, TimeProvider clock, Action onOverflow)
{
    /// <summary>The most bytes that are put together for one write, unless a single message has more.</summary>
    private const int MostAtOnce = 256 * 1024;

    private const long Never = long.MinValue;

    private static readonly SerializedHubMessage Ping = new(PingMessage.Instance);

    private readonly int _most = limits.BrowserBacklog;
    private readonly long _mostBytes = limits.BrowserBacklogMegabytes * 1024L * 1024;
    private readonly Lock _lock = new();
    private readonly Queue<ReadOnlyMemory<byte>> _waiting = new();
    private readonly List<ReadOnlyMemory<byte>> _taken = [];
    private long _waitingBytes;
    private long _writeBegan = Never;
    private long _writes;
    private long _seenWrite;
    private bool _writing;
    private bool _closed;
    private Action? _whenWritten;
    private long _frames;
    private long _bytes;

    /// <summary>How many messages wait behind the write under way.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock) return _waiting.Count;
        }
    }

    /// <summary>How many messages wait, how many were ever taken, and their bytes.</summary>
    public (int Waiting, long Frames, long Bytes) Look()
    {
        lock (_lock) return (_waiting.Count, _frames, _bytes);
    }

    /// <summary>How long the write under way has waited for the peer; null if none is.</summary>
    public TimeSpan? WritingFor => Volatile.Read(ref _writeBegan) is var began && began == Never ? null : clock.GetElapsedTime(began);

    /// <summary>
    /// Whether the write under way has waited so long for the peer, and was under way already when this was asked before: where the clock leaps, or the whole machine stood
    /// still, a write that was about to end is no peer that does not read. For one caller, which asks again and again.
    /// </summary>
    public bool IsStuck(TimeSpan limit)
    {
        var write = Volatile.Read(ref _writes);
        return Interlocked.Exchange(ref _seenWrite, write) == write && WritingFor >= limit;
    }

    /// <summary>Sends a ping, unless something is being written: it is written behind the answers to calls, so it waits if the peer does not read those.</summary>
    public void Probe()
    {
        lock (_lock)
        {
            if (_closed || _writing) return;
            _writing = true;
        }
        Write(Ping);
    }

    /// <summary>Queues an encoded message.</summary>
    /// <param name="frame">The message in the connection's protocol, shared by all who get it.</param>
    public void Post(EncodedFrame frame)
    {
        var overflows = false;
        lock (_lock)
        {
            if (_closed) return;
            _frames++;
            _bytes += frame.Bytes.Length;
            if (_writing)
            {
                _waiting.Enqueue(frame.Bytes);
                _waitingBytes += frame.Bytes.Length;
                if (_waiting.Count <= _most && _waitingBytes <= _mostBytes) return;
                overflows = _closed = true;
                _waiting.Clear();
            }
            else
            {
                _writing = true;
            }
        }
        if (overflows) onOverflow();
        else Write(frame.Message);
    }

    /// <summary>Queues a last word and takes nothing after it. Only the first call counts, and none after an overflow.</summary>
    /// <param name="lastWord">The message; null to end with what is waiting.</param>
    /// <param name="whenWritten">Runs once everything is written. A peer that does not read puts that off for ever.</param>
    public void Finish(EncodedFrame? lastWord, Action whenWritten)
    {
        lock (_lock)
        {
            if (_closed) return;
            _closed = true;
            if (_writing)
            {
                _whenWritten = whenWritten;
                if (lastWord is not null) _waiting.Enqueue(lastWord.Bytes);
                return;
            }
            if (lastWord is not null)
            {
                _whenWritten = whenWritten;
                _writing = true;
            }
        }
        if (lastWord is not null) Write(lastWord.Message);
        else whenWritten();
    }

    private void Write(SerializedHubMessage message)
    {
        while (true)
        {
            Interlocked.Increment(ref _writes);
            Volatile.Write(ref _writeBegan, clock.GetTimestamp());
            var written = connection.WriteAsync(message);
            if (!written.IsCompletedSuccessfully)
            {
                _ = WriteOnAsync(written);
                return;
            }
            if (TakeWaiting() is not { } next) return;
            message = next;
        }
    }

    private async Task WriteOnAsync(ValueTask written)
    {
        // HubConnectionContext handles a failed write itself: it ends the connection and completes the task.
        await written;
        if (TakeWaiting() is { } next) Write(next);
    }

    private SerializedHubMessage? TakeWaiting()
    {
        var bytes = 0;
        Action? whenWritten = null;
        // Only the one writer uses it.
        _taken.Clear();
        lock (_lock)
        {
            while (_waiting.TryPeek(out var next) && (bytes == 0 || bytes + next.Length <= MostAtOnce))
            {
                _taken.Add(_waiting.Dequeue());
                bytes += next.Length;
            }
            _waitingBytes -= bytes;
            if (_taken.Count == 0)
            {
                Volatile.Write(ref _writeBegan, Never);
                _writing = false;
                // Taken under the lock: a last word that comes right after it is yet to be written.
                whenWritten = _whenWritten;
            }
        }
        if (bytes == 0)
        {
            whenWritten?.Invoke();
            return null;
        }
        if (_taken is [var only]) return new EncodedFrame(only).Message;
        var all = new ArrayBufferWriter<byte>(bytes);
        foreach (var frame in _taken) all.Write(frame.Span);
        return new EncodedFrame(all.WrittenMemory).Message;
    }
}
