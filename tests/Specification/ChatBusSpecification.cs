using KaiChat.Server.Chat;
using KaiChat.Server.Cluster;
using Xunit;

namespace KaiChat.Specification;

/// <summary>What every <see cref="IChatBus"/> must do.</summary>
public abstract class ChatBusSpecification
{
    /// <summary>A bus of its own for each test, and a fence: completes when all that was published before has been handed out.</summary>
    private protected abstract (IChatBus Bus, Func<Task> Fence) Create();

    [Fact]
    public async Task Hands_every_event_to_every_subscriber_at_least_once()
    {
        var (bus, fence) = Create();
        var (first, second) = (new List<ChatEvent>(), new List<ChatEvent>());
        using var one = bus.Subscribe(happened => Add(first, happened));
        using var two = bus.Subscribe(happened => Add(second, happened));
        for (var i = 1; i <= 100; i++) await bus.PublishAsync(Event(i), CancellationToken.None);
        await fence();
        var expected = Enumerable.Range(1, 100).Select(i => (ChatEvent)Event(i)).ToHashSet();
        Assert.Equal(expected, first.ToHashSet());
        Assert.Equal(expected, second.ToHashSet());
    }

    [Fact]
    public async Task A_subscription_that_was_ended_gets_nothing_more()
    {
        var (bus, fence) = Create();
        var seen = new List<ChatEvent>();
        var subscription = bus.Subscribe(happened => Add(seen, happened));
        await bus.PublishAsync(Event(1), CancellationToken.None);
        await fence();
        subscription.Dispose();
        subscription.Dispose();
        await bus.PublishAsync(Event(2), CancellationToken.None);
        await fence();
        Assert.Equal([Event(1)], seen);
    }

    [Fact]
    public async Task The_same_handler_may_subscribe_twice_and_end_once()
    {
        var (bus, fence) = Create();
        var seen = new List<ChatEvent>();
        Action<ChatEvent> handler = happened => Add(seen, happened);
        var first = bus.Subscribe(handler);
        using var second = bus.Subscribe(handler);
        first.Dispose();
        await bus.PublishAsync(Event(1), CancellationToken.None);
        await fence();
        Assert.NotEmpty(seen);
    }

    [Fact]
    public async Task A_subscriber_that_fails_harms_neither_the_publisher_nor_the_others()
    {
        var (bus, fence) = Create();
        var seen = new List<ChatEvent>();
        using var failing = bus.Subscribe(_ => throw new InvalidOperationException("A fault of a subscriber."));
        using var sound = bus.Subscribe(happened => Add(seen, happened));
        await bus.PublishAsync(Event(1), CancellationToken.None);
        await fence();
        Assert.Equal([Event(1)], seen);
    }

    [Fact]
    public async Task Loses_nothing_when_many_publish_at_once()
    {
        var (bus, fence) = Create();
        var seen = new List<ChatEvent>();
        using var subscription = bus.Subscribe(happened => Add(seen, happened));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(sender => Task.Run(async () =>
        {
            for (var i = 0; i < 200; i++) await bus.PublishAsync(Event((sender * 1000) + i), CancellationToken.None);
        })));
        await fence();
        Assert.Equal(1600, seen.Distinct().Count());
    }

    private static MemberLeft Event(int i) => new(new ConversationId(1), new SessionId(i));

    private static void Add(List<ChatEvent> seen, ChatEvent happened)
    {
        lock (seen) seen.Add(happened);
    }
}
