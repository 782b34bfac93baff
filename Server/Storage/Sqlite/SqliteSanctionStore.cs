using KaiChat.Server.Chat.Moderation;

namespace KaiChat.Server.Storage.Sqlite;

/// <summary>Sanctions and what operators have settled, in the log's database: what the log's writer commits, they share.</summary>
internal sealed class SqliteSanctionStore(LogWriter writer, ReaderPool<LogReader> readers) : ISanctionStore, ISettingStore
{
    public Task<IReadOnlyList<ChatSanction>> ReadAsync(CancellationToken cancellation) =>
        readers.ReadAsync<IReadOnlyList<ChatSanction>>(reader => reader.Sanctions.All(cancellation), cancellation);

    public async Task<ChatSanction> AddAsync(ChatSanction sanction, Func<ChatSanction, AuditEntry> record)
    {
        ChatSanction? added = null;
        await DoAsync(tables => tables.Audit.Record(record(added = tables.Sanctions.Add(sanction))));
        return added!;
    }

    public Task RemoveAsync(IReadOnlyCollection<long> ids, IReadOnlyCollection<AuditEntry> records) => DoAsync(tables =>
    {
        tables.Sanctions.Remove(ids);
        foreach (var record in records) tables.Audit.Record(record);
    });

    public Task<string?> ReadAsync(string name, CancellationToken cancellation) => readers.ReadAsync(reader => reader.Sanctions.Setting(name), cancellation);

    public Task WriteAsync(string name, string value, AuditEntry record) => DoAsync(tables =>
    {
        tables.Sanctions.Set(name, value);
        tables.Audit.Record(record);
    });

    private Task<bool> DoAsync(Action<LogTables> write) => writer.WriteAsync(new DoRequest(write), CancellationToken.None);
}
