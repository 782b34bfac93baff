using KaiChat.Server.Storage;
using KaiChat.Server.Storage.Sqlite;
using KaiChat.Specification;
using KaiChat.TestKit;

namespace KaiChat.Server.Tests.Storage;

/// <summary>Keys in the log's database against the specification of all key stores.</summary>
public sealed class SqliteKeyStoreTests : KeyStoreSpecification
{
    private readonly TemporaryDirectory _directory = new();
    private SqliteMessageLog? _log;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _directory.Dispose();
    }

    internal override Task<IKeyStore> OpenAsync()
    {
        _log = TestStorage.Open(_directory.Path);
        return Task.FromResult(_log.Keys);
    }

    internal override async Task CloseAsync() => await _log!.DisposeAsync();
}
