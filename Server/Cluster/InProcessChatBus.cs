using System.Collections.Immutable;
using KaiChat.Server.Chat;

namespace KaiChat.Server.Cluster;

/// <summary>The bus of a server that is one process: publishing calls the subscribers.</summary>
internal sealed partial class InProcessChatBus(ILogger<InProcessChatBus> log) : IChatBus
{
    private ImmutableArray<Action<ChatEvent>> _subscribers = [];

    public ValueTask PublishAsync(ChatEvent happened, CancellationToken cancellation)
    {
        foreach (var subscriber in _subscribers)
        {
            try
            {
                subscriber(happened);
            }
#pragma warning disable CA1031 // Any fault of a subscriber is logged and costs the publisher and the other subscribers nothing.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                SubscriberFailed(log, happened.GetType().Name, fault);
            }
        }
        return ValueTask.CompletedTask;
    }

    public IDisposable Subscribe(Action<ChatEvent> subscriber)
    {
        // A wrapper of its own makes each subscription distinct, even of the same method.
        Action<ChatEvent> subscription = happened => subscriber(happened);
        ImmutableInterlocked.Update(ref _subscribers, all => all.Add(subscription));
        return new Subscription(() => ImmutableInterlocked.Update(ref _subscribers, all => all.Remove(subscription)));
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }

    [LoggerMessage(1301, LogLevel.Error, "A subscriber failed on {Event}")]
    private static partial void SubscriberFailed(ILogger logger, string @event, Exception fault);
}
