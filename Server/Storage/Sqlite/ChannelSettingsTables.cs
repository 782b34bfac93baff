using System.Globalization;
using System.Text.Json;
using KaiChat.Server.Chat.Keeping;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.Names;
using Microsoft.Data.Sqlite;

namespace KaiChat.Server.Storage.Sqlite;

/// <summary>What the writer does to the settings of channels. Only its thread comes here.</summary>
internal sealed class ChannelSettingsTables(SqliteConnection connection) : IDisposable
{
    /// <summary>The columns <see cref="Row"/> reads.</summary>
    public const string Columns = "name, topic, read_only, native, retention_days, kept, rev";

    private readonly SqliteStatement _save = new(
        connection, $"INSERT OR REPLACE INTO channel_settings (name_key, {Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");

    private readonly SqliteStatement _forget = new(connection, "DELETE FROM channel_settings WHERE name_key = ?1");

    public static SettledChannel Row(SqliteStatement row) => new(
        Rows.ChannelName(row.Text(0)),
        row.Text(1),
        row.Int64(2) != 0,
        row.IsNull(3) ? null : JsonSerializer.Deserialize<NativePolicy>(row.Text(3), JsonSerializerOptions.Web),
        row.IsNull(4) ? null : (int)row.Int64(4),
        row.Int64(5) != 0,
        row.Int64(6));

    public void Save(SettledChannel settled) => _save
        .Bind(1, settled.Name.Key)
        .Bind(2, settled.Name.Value)
        .Bind(3, WellFormed.Text(settled.Topic))
        .Bind(4, settled.ReadOnly ? 1 : 0)
        .Bind(5, settled.Native is { } native ? JsonSerializer.Serialize(native, JsonSerializerOptions.Web) : null)
        // The column's affinity makes a number of it; SqliteStatement binds null as a text only.
        .Bind(6, settled.RetentionDays?.ToString(CultureInfo.InvariantCulture))
        .Bind(7, settled.Kept ? 1 : 0)
        .Bind(8, settled.Rev)
        .Execute();

    public void Forget(ChannelName name) => _forget.Bind(1, name.Key).Execute();

    public void Dispose()
    {
        _save.Dispose();
        _forget.Dispose();
    }
}
