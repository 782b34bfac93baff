using KaiChat.Server.Storage;
using KaiChat.Server.Storage.Sqlite;
using KaiChat.Specification;
using KaiChat.TestKit;

namespace KaiChat.Server.Tests.Storage;

/// <summary>The SQLite log against the specification of all logs.</summary>
public sealed class SqliteMessageLogTests : MessageLogSpecification
{
    private readonly TemporaryDirectory _directory = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _directory.Dispose();
    }

    internal override Task<IMessageLog> OpenLogAsync() => Task.FromResult<IMessageLog>(TestStorage.Open(_directory.Path));

    internal override Task CloseLogAsync(IMessageLog log) => ((SqliteMessageLog)log).DisposeAsync().AsTask();
}
