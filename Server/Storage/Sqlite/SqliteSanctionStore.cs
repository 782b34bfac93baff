using KaiChat.Server.Chat.Moderation;

namespace KaiChat.Server.Storage.Sqlite;

/// <summary>Sanctions and what operators have settled, in the log's database: what the log's writer commits, they share.</summary>
internal sealed class SqliteSanctionStore(LogWriter writer, ReaderPool<LogReader> readers) : ISanctionStore, ISettingStore
{
    public Task<IReadOnlyList<ChatSanction>> ReadAsync(CancellationToken cancellation) =>
        readers.ReadAsync<IReadOnlyList<ChatSanction>>(reader => reader.Sanctions.All(cancellation), cancellation);

    public async Task<ChatSanction> AddAsync(ChatSanction sanction)
    {
        ChatSanction? added = null;
        await DoAsync(tables => added = tables.Add(sanction));
        return added!;
    }

    public Task RemoveAsync(IReadOnlyCollection<long> ids) => DoAsync(tables => tables.Remove(ids));

    public Task<string?> ReadAsync(string name, CancellationToken cancellation) => readers.ReadAsync(reader => reader.Sanctions.Setting(name), cancellation);

    public Task WriteAsync(string name, string value) => DoAsync(tables => tables.Set(name, value));

    private Task<bool> DoAsync(Action<SanctionTables> write) => writer.WriteAsync(new DoRequest(tables => write(tables.Sanctions)), CancellationToken.None);
}
