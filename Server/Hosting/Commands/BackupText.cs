using System.Globalization;
using KaiChat.Server.Storage.Backup;

namespace KaiChat.Server.Hosting.Commands;

/// <summary>A backup in a sentence.</summary>
internal static class BackupText
{
    public static string Describe(BackupManifest manifest) => string.Create(
        CultureInfo.InvariantCulture,
        $"{manifest.Counts.Messages:N0} messages in {manifest.Counts.Conversations:N0} conversations ({manifest.Counts.OpenConversations:N0} open) of {manifest.CreatedAt:yyyy-MM-dd'T'HH:mm:ss'Z'}, "
        + $"schema {manifest.Schema}, {(manifest.WithSecrets ? "with" : "without")} secrets, made by version {BackupFormat.Shown(manifest.ProductVersion)}.");
}
