using System.Text.Encodings.Web;
using System.Text.Json;

namespace KaiChat.Server.Storage.Backup;

/// <summary>What a backup says of itself: its first entry, <c>manifest.json</c>.</summary>
/// <param name="Format">Always <see cref="BackupFormat.Name"/>.</param>
/// <param name="FormatVersion">The version of the format.</param>
/// <param name="ProductVersion">The version of the server that made it.</param>
/// <param name="Schema">The version of the database's schema: its <c>user_version</c>.</param>
/// <param name="CreatedAt">When its snapshot of the database was taken, UTC.</param>
/// <param name="WithSecrets">Whether admin key, session keys and certificate were asked for.</param>
/// <param name="Counts">What is in the database.</param>
/// <param name="Tables">The rows of every table of the database.</param>
/// <param name="Entries">All other entries.</param>
internal sealed record BackupManifest(
    string Format,
    int FormatVersion,
    string ProductVersion,
    int Schema,
    DateTimeOffset CreatedAt,
    bool WithSecrets,
    BackupCounts Counts,
    IReadOnlyDictionary<string, long> Tables,
    IReadOnlyList<BackupEntry> Entries)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,      // a file for people, not a page
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Options);

    /// <exception cref="BackupDamagedException">It is no manifest, or one of a newer format.</exception>
    public static BackupManifest Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            // Looked at first: a newer format need not have the members of this one.
            var kind = JsonSerializer.Deserialize<Kind>(json, Options);
            if (kind?.Format != BackupFormat.Name)
            {
                throw new BackupDamagedException($"{BackupFormat.Manifest}: its format is '{BackupFormat.Shown(kind?.Format ?? "")}', not '{BackupFormat.Name}': this is no KaiChat backup.");
            }
            if (kind.FormatVersion is < 1 or > BackupFormat.Version)
            {
                throw new BackupDamagedException(
                    $"{BackupFormat.Manifest}: the backup has format version {kind.FormatVersion}, this release knows versions up to {BackupFormat.Version}. Use the release that made it, or a newer one.");
            }
            var manifest = JsonSerializer.Deserialize<BackupManifest>(json, Options)!;
            return manifest.Entries.All(entry => entry is not null) ? manifest : throw new JsonException("an entry is null");
        }
        catch (JsonException unreadable)
        {
            throw new BackupDamagedException($"{BackupFormat.Manifest}: it cannot be read ({BackupFormat.Shown(unreadable.Message)}).");
        }
    }

    private sealed record Kind(string Format, int FormatVersion);
}

/// <summary>What can be counted in every schema.</summary>
/// <param name="HighestConversation">The highest id of a conversation; 0 if there is none.</param>
/// <param name="HighestMessage">The highest row number of a message; 0 if there is none.</param>
internal sealed record BackupCounts(long Conversations, long OpenConversations, long Messages, long HighestConversation, long HighestMessage);

/// <summary>One file of a backup.</summary>
/// <param name="Size">Its size unpacked, in bytes.</param>
/// <param name="Sha256">The SHA-256 of its content, in lower-case hex.</param>
internal sealed record BackupEntry(string Name, long Size, string Sha256);
