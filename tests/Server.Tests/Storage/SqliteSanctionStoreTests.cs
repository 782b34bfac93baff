using KaiChat.Server.Storage;
using KaiChat.Server.Storage.Sqlite;
using KaiChat.Specification;
using KaiChat.TestKit;

namespace KaiChat.Server.Tests.Storage;

/// <summary>Sanctions in the log's database against the specification of all their stores.</summary>
public sealed class SqliteSanctionStoreTests : SanctionStoreSpecification
{
    private readonly TemporaryDirectory _directory = new();
    private SqliteMessageLog? _log;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _directory.Dispose();
    }

    internal override Task<(ISanctionStore Sanctions, ISettingStore Settings)> OpenAsync()
    {
        _log = TestStorage.Open(_directory.Path);
        return Task.FromResult((_log.Sanctions, _log.Settings));
    }

    internal override async Task CloseAsync() => await _log!.DisposeAsync();
}
