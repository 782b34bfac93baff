using KaiChat.Server.Chat;
using KaiChat.Server.Connections;

namespace KaiChat.Server.Hosting;

/// <summary>The orderly stop: no more messages are taken, every front-end says goodbye in its own terms, and what is pending goes out.</summary>
internal sealed class Drain(ChatService chat, IEnumerable<IGoodbye> frontEnds)
{
    /// <summary>True from the moment the server begins to stop: it is not ready for anybody any more.</summary>
    public bool HasBegun { get; private set; }

    public void Begin()
    {
        if (HasBegun) return;
        HasBegun = true;
        chat.BeginStop();
        foreach (var frontEnd in frontEnds) frontEnd.SayGoodbye();
    }
}
