using System.Collections.Immutable;
using KaiChat.Server.Connections;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Web;

/// <summary>Tells every page that the server stops and when to come back.</summary>
internal sealed class HubGoodbye(ConnectionRegistry connections, HubFanOut fanOut) : IGoodbye
{
    /// <summary>A restart takes about this long, in seconds.</summary>
    private const int ComeBackAfter = 2;

    public void SayGoodbye()
    {
        var pages = connections.All.OfType<HubClient>().ToImmutableArray();
        foreach (var page in pages) page.SetReason(ConnectionEndReason.ServerShutdown);
        fanOut.Post(pages, nameof(IChatClient.ServerRestarting), ComeBackAfter);
    }
}
