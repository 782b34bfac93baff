using KaiChat.Shared.KaiChat;
using KaiChat.Shared.Names;

namespace KaiChat.Server.Protocols.KaiChat;

/// <summary>Words of the server that wait for a client's next QUERY. Of more than <paramref name="limit"/> the oldest are dropped.</summary>
internal sealed class KaiNotices(int limit)
{
    private readonly Queue<KaiPdu> _waiting = new();

    /// <param name="channel">The channel the client asked for or is in, in its own spelling: the author's client shows no other.</param>
    /// <param name="text">The sentence, ASCII.</param>
    public void Add(string channel, string text)
    {
        if (_waiting.Count == limit) _waiting.Dequeue();
        _waiting.Enqueue(KaiPdu.Receive(Username.Reserved, channel, text));
    }

    public bool TryTake(out KaiPdu notice) => _waiting.TryDequeue(out notice);
}
