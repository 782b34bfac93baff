using KaiChat.Server.Chat.Keeping;
using KaiChat.Shared.Names;

namespace KaiChat.Server.Storage.Sqlite;

/// <summary>Settings of channels in the log's database: what the log's writer commits, they share.</summary>
internal sealed class SqliteChannelSettings(LogWriter writer, ReaderPool<LogReader> readers) : IChannelSettingsStore
{
    public Task<IReadOnlyList<SettledChannel>> ReadAllAsync(CancellationToken cancellation) =>
        readers.ReadAsync<IReadOnlyList<SettledChannel>>(reader => reader.SettledChannels(cancellation), cancellation);

    public Task SaveAsync(SettledChannel settled, AuditEntry record) => DoAsync(tables => tables.Save(settled), record);

    public Task ForgetAsync(ChannelName name, AuditEntry record) => DoAsync(tables => tables.Forget(name), record);

    private Task<bool> DoAsync(Action<ChannelSettingsTables> write, AuditEntry record) => writer.WriteAsync(
        new DoRequest(tables =>
        {
            write(tables.ChannelSettings);
            tables.Audit.Record(record);
        }),
        CancellationToken.None);
}
