using KaiChat.Server.Cluster;
using KaiChat.Specification;
using Microsoft.Extensions.Logging.Abstractions;

namespace KaiChat.Server.Tests.Cluster;

/// <summary>Publishing calls the subscribers, so the fence is already passed.</summary>
public sealed class InProcessChatBusTests : ChatBusSpecification
{
    private protected override (IChatBus Bus, Func<Task> Fence) Create() => (new InProcessChatBus(NullLogger<InProcessChatBus>.Instance), () => Task.CompletedTask);
}

public sealed class InProcessPresenceTests : PresenceSpecification
{
    private protected override IPresence Create() => new InProcessPresence();
}
