using KaiChat.Server.Chat;
using KaiChat.Server.Connections;

namespace KaiChat.Server.Hosting;

/// <summary>
/// The orderly stop, before the host's own: the server is not ready any more, takes no more messages, and every front-end says goodbye in its own terms; native clients get
/// what is pending, pages are told when to come back.
/// </summary>
internal sealed class Drain(ChatService chat, ConnectionRegistry connections, IEnumerable<IGoodbye> frontEnds, TimeProvider clock)
{
    /// <summary>How long clients may take over their goodbye.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>How long messages that are on their way may take.</summary>
    private static readonly TimeSpan LastMessages = TimeSpan.FromSeconds(2);

    private Task? _running;

    /// <summary>True from the moment the server begins to stop.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Says goodbye to everybody. Completes when all are gone, or will not go. Later calls wait for the first.</summary>
    public Task RunAsync()
    {
        lock (connections) return _running ??= SayGoodbyeAsync();
    }

    private async Task SayGoodbyeAsync()
    {
        HasBegun = true;
        // A message that was stored in the very last moment is to be in what natives get as their last answer. A disk that hangs does not hold up the stop.
        await chat.BeginStopAsync().WaitAsync(LastMessages, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var frontEnd in frontEnds) frontEnd.SayGoodbye();
        await connections.WhenEmptyAsync().WaitAsync(Patience, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // Who has not gone by now does not read; Kestrel would wait for it as long as the host lets it.
        foreach (var connection in connections.All) connection.Close(ConnectionEndReason.ServerShutdown);
    }
}
