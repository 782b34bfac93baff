using KaiChat.Server.Connections;

namespace KaiChat.Server.Protocols.KaiChat;

/// <summary>Ends the native connections when the server stops: each gets what is pending and a word why, from its own loop.</summary>
internal sealed class KaiGoodbye(ConnectionRegistry connections) : IGoodbye
{
    public void SayGoodbye()
    {
        foreach (var connection in connections.All.OfType<KaiConnection>()) connection.Stop();
    }
}
