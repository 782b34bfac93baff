using KaiChat.Server.Storage;
using KaiChat.Server.Storage.Sqlite;
using KaiChat.Specification;
using KaiChat.TestKit;

namespace KaiChat.Server.Tests.Storage;

/// <summary>Settings of channels in the log's database against the specification of all stores of them.</summary>
public sealed class SqliteChannelSettingsTests : ChannelSettingsSpecification
{
    private readonly TemporaryDirectory _directory = new();
    private SqliteMessageLog? _log;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _directory.Dispose();
    }

    internal override Task<IChannelSettingsStore> OpenAsync()
    {
        _log = TestStorage.Open(_directory.Path);
        return Task.FromResult(_log.ChannelSettings);
    }

    internal override async Task CloseAsync() => await _log!.DisposeAsync();
}
