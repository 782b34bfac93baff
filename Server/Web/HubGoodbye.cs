using System.Collections.Immutable;
using KaiChat.Server.Connections;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Web;

/// <summary>Tells every page that the server stops and when to come back, and closes its connection when that is sent.</summary>
internal sealed class HubGoodbye(ConnectionRegistry connections, HubFanOut fanOut) : IGoodbye
{
    /// <summary>A restart takes about this long, in seconds.</summary>
    public const int ComeBackAfter = 2;

    public void SayGoodbye()
    {
        var pages = connections.All.OfType<HubClient>().ToImmutableArray();
        fanOut.SayLast(pages, ConnectionEndReason.ServerShutdown, nameof(IChatClient.ServerRestarting), ComeBackAfter);
    }
}
