using System.Buffers;
using Microsoft.AspNetCore.SignalR;

namespace KaiChat.Server.Web;

/// <summary>
/// What waits for one hub connection. Rules: posting never blocks and never reorders; one write is in flight at a time and the next one takes all that
/// came meanwhile; more than the limit waiting ends the connection, whose page then resumes by seq; and nothing follows a last word.
/// </summary>
internal sealed class HubOutbox(HubConnectionContext connection, int limit, Action onOverflow)
{
    private readonly Lock _lock = new();
    private List<ReadOnlyMemory<byte>> _waiting = [];
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
                _waiting.Add(frame.Bytes);
                if (_waiting.Count <= limit) return;
                overflows = _closed = true;
                _waiting = [];
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
                if (lastWord is not null) _waiting.Add(lastWord.Bytes);
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
        List<ReadOnlyMemory<byte>> taken;
        Action? whenWritten = null;
        lock (_lock)
        {
            taken = _waiting;
            _waiting = [];
            if (taken.Count == 0)
            {
                _writing = false;
                // Taken under the lock: a last word that comes right after it is yet to be written.
                whenWritten = _whenWritten;
            }
        }
        if (taken.Count == 0)
        {
            whenWritten?.Invoke();
            return null;
        }
        var all = new ArrayBufferWriter<byte>(taken.Sum(frame => frame.Length));
        foreach (var frame in taken) all.Write(frame.Span);
        return new EncodedFrame(all.WrittenMemory).Message;
    }
}
