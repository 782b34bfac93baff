using System.Collections.Frozen;

namespace KaiChat.Server.Access;

/// <summary>What a key may do: each scope is a resource of the admin API and <c>read</c> or <c>write</c>; writing includes reading.</summary>
internal static class Scopes
{
    public const string ServerRead = "server:read";
    public const string SettingsWrite = "settings:write";
    public const string ConnectionsRead = "connections:read";
    public const string ConnectionsWrite = "connections:write";
    public const string ChannelsRead = "channels:read";
    public const string ChannelsWrite = "channels:write";
    public const string MessagesRead = "messages:read";
    public const string MessagesWrite = "messages:write";
    public const string ModerationRead = "moderation:read";
    public const string ModerationWrite = "moderation:write";
    public const string AuditRead = "audit:read";
    public const string BackupsWrite = "backups:write";
    public const string KeysWrite = "keys:write";

    /// <summary>What the key in <c>data/admin.key</c> may do.</summary>
    public static FrozenSet<string> All { get; } = FrozenSet.Create(
        StringComparer.Ordinal,
        ServerRead,
        SettingsWrite,
        ConnectionsRead,
        ConnectionsWrite,
        ChannelsRead,
        ChannelsWrite,
        MessagesRead,
        MessagesWrite,
        ModerationRead,
        ModerationWrite,
        AuditRead,
        BackupsWrite,
        KeysWrite);
}
