using KaiChat.Shared.KaiChat;
using KaiChat.Shared.Names;

namespace KaiChat.Server.Protocols.KaiChat;

/// <summary>Words of the server that wait for a client's next QUERY. Of more than <paramref name="limit"/> the oldest are dropped.</summary>
internal sealed class KaiNotices(int limit)
{
    private readonly Queue<KaiPdu> _waiting = new();

    /// <param name="channel">The channel the client asked for or is in, in its own spelling: the author's client shows no other.</param>
    /// <param name="text">The sentence. What is not ASCII in it, such as an operator's reason, becomes what it would in a message.</param>
    public void Add(string channel, string text)
    {
        foreach (var line in NativeText.Render(text).Lines)
        {
            if (_waiting.Count == limit) _waiting.Dequeue();
            _waiting.Enqueue(KaiPdu.Receive(Username.Reserved, channel, line));
        }
    }

    /// <summary>A sentence as one line that fits a PDU.</summary>
    public static string OneLine(string text) => NativeText.Render(text).Lines is [var line, ..] ? line : "";

    public bool TryTake(out KaiPdu notice) => _waiting.TryDequeue(out notice);
}
