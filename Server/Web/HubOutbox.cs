using System.Buffers;
using Microsoft.AspNetCore.SignalR;

namespace KaiChat.Server.Web;

/// <summary>
/// What waits for one hub connection. Rules: posting never blocks and never reorders; one write is in flight at a time and the next one takes all that
/// came meanwhile; more than the limit waiting ends the connection, whose page then resumes by seq.
/// </summary>
internal sealed class HubOutbox(HubConnectionContext connection, int limit, Action onOverflow)
{
    private readonly Lock _lock = new();
    private List<ReadOnlyMemory<byte>> _waiting = [];
    private bool _writing;
    private bool _closed;

    /// <summary>Messages that wait behind the one in flight.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock) return _waiting.Count;
        }
    }

    /// <summary>Queues an encoded message.</summary>
    /// <param name="frame">The message in the connection's protocol, shared by all who get it.</param>
    public void Post(EncodedFrame frame)
    {
        lock (_lock)
        {
            if (_closed) return;
            if (_writing)
            {
                _waiting.Add(frame.Bytes);
                if (_waiting.Count <= limit) return;
                _closed = true;
                _waiting = [];
            }
            else
            {
                _writing = true;
            }
        }
        if (_closed) onOverflow();
        else Write(frame.Message);
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
        lock (_lock)
        {
            if (_waiting.Count == 0)
            {
                _writing = false;
                return null;
            }
            taken = _waiting;
            _waiting = [];
        }
        var all = new ArrayBufferWriter<byte>(taken.Sum(frame => frame.Length));
        foreach (var frame in taken) all.Write(frame.Span);
        return new EncodedFrame(all.WrittenMemory).Message;
    }
}
