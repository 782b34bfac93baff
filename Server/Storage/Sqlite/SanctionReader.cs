using KaiChat.Server.Chat.Moderation;
using Microsoft.Data.Sqlite;

namespace KaiChat.Server.Storage.Sqlite;

/// <summary>Reads sanctions and what operators have settled. For one caller at a time.</summary>
internal sealed class SanctionReader(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement _all = new(connection, "SELECT id, kind, name, network, channel, reason, made_by, made_at, until FROM sanctions ORDER BY id");
    private readonly SqliteStatement _setting = new(connection, "SELECT value FROM settings WHERE name = ?1");

    public List<ChatSanction> All(CancellationToken cancellation) => _all.All(Sanction, cancellation);

    public string? Setting(string name) => _setting.Bind(1, name).First(static row => row.Text(0));

    public void Dispose()
    {
        _all.Dispose();
        _setting.Dispose();
    }

    private static ChatSanction Sanction(SqliteStatement row) => new(
        row.Int64(0),
        SanctionTables.KindColumn.To(row.Int64(1)),
        row.IsNull(2) ? null : Rows.Username(row.Text(2)),
        row.IsNull(3) ? null : Network(row.Text(3)),
        row.IsNull(4) ? null : Rows.ChannelName(row.Text(4)),
        row.Text(5),
        row.Text(6),
        TimeColumn.To(row.Int64(7)),
        row.IsNull(8) ? null : TimeColumn.To(row.Int64(8)));

    private static AddressNetwork Network(string text) => AddressNetwork.Parse(text) ?? throw new InvalidDataException($"The database holds '{text}', which is no network.");
}
