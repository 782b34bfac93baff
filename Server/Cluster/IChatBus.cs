using KaiChat.Server.Chat;

namespace KaiChat.Server.Cluster;

/// <summary>
/// Carries events between nodes: at least once, in no order. A feed repairs order and gaps from the log by seq. The contract is written as
/// tests in <c>tests/Specification/ChatBusSpecification.cs</c>.
/// </summary>
internal interface IChatBus
{
    /// <summary>Tells every node, this one included. Completes when the event is on its way; a subscriber's fault is not the publisher's.</summary>
    ValueTask PublishAsync(ChatEvent happened, CancellationToken cancellation);

    /// <summary>Hands every event to <paramref name="subscriber"/>, which must not block. Disposing ends it.</summary>
    IDisposable Subscribe(Action<ChatEvent> subscriber);
}
