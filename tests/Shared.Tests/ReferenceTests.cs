using KaiChat.Shared.KaiChat;

namespace KaiChat.Shared.Tests;

public sealed class ReferenceTests
{
    [Fact]
    public void Shared_references_nothing_of_ASPNET_nor_a_socket_or_logger()
    {
        var references = typeof(KaiPduCodec).Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name!).ToList();

        Assert.NotEmpty(references);
        Assert.DoesNotContain(references, name => name.StartsWith("Microsoft.", StringComparison.Ordinal));
        Assert.DoesNotContain(references, name => name.StartsWith("System.Net", StringComparison.Ordinal));
    }
}
