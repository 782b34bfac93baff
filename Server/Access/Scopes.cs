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

    /// <summary>All there are, each with what it opens.</summary>
    public static IReadOnlyList<(string Name, string Text)> Described { get; } =
    [
        (ServerRead, "look at the server: counts, settings without secrets, jobs, metrics"),
        (SettingsWrite, "have the settings read again"),
        (ConnectionsRead, "look at connections and their addresses"),
        (ConnectionsWrite, "disconnect"),
        (ChannelsRead, "look at channels and their members"),
        (ChannelsWrite, "make, change and close channels"),
        (MessagesRead, "read, search and export messages, and their former texts"),
        (MessagesWrite, "delete messages, one by one or by purge"),
        (ModerationRead, "look at bans and mutes"),
        (ModerationWrite, "kick, ban, mute, raise the raid level, send notices; in the chat, see former texts and why messages were removed"),
        (AuditRead, "read the audit log"),
        (BackupsWrite, "make, fetch and delete backups, which hold everything"),
        (KeysWrite, "look at keys, make and revoke them"),
    ];

    /// <summary>What the key in <c>data/admin.key</c> may do.</summary>
    public static FrozenSet<string> All { get; } = Described.Select(scope => scope.Name).ToFrozenSet(StringComparer.Ordinal);
}
