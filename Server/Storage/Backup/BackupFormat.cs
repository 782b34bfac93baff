using System.Text.RegularExpressions;

namespace KaiChat.Server.Storage.Backup;

/// <summary>What a backup is called and made of (docs/decisions/0007-backup-format.md).</summary>
internal static partial class BackupFormat
{
    public const string Name = "kaichat-backup";

    /// <summary>The newest version that this release reads, and the one it writes.</summary>
    public const int Version = 1;

    public const string Manifest = "manifest.json";
    public const string Database = "messages.db";
    public const string Keys = "keys";

    /// <summary>The secrets that are a file each; those of <see cref="Keys"/> come on top.</summary>
    public static readonly string[] SecretFiles = ["admin.key", "certificate.pem", "certificate.key"];

    /// <summary>The largest manifest, secret and count of entries that are looked at: a hundred times what there can be.</summary>
    public const int MaxSmallEntry = 1024 * 1024;

    /// <inheritdoc cref="MaxSmallEntry"/>
    public const int MaxEntries = 1_000;

    private const int MaxShown = 100;

    /// <summary>Whether an entry of this name has a place in a data directory. Nothing else is ever written anywhere.</summary>
    public static bool IsKnown(string entry) => entry is Manifest or Database || SecretFiles.Contains(entry) || KeyFile().IsMatch(entry);

    /// <summary>Whether a name could lead out of the directory that it is unpacked into.</summary>
    public static bool LeadsOut(string entry) =>
        entry.Contains('\\') || entry.Contains(':') || entry.StartsWith('/') || entry.Split('/').Contains("..");

    /// <summary>A stranger's word for a line of text: without control characters, and not too long.</summary>
    public static string Shown(string text) => OneLine(text.Length > MaxShown ? text[..MaxShown] + "…" : text);

    /// <summary>A text in which a stranger had a word, as one line of harmless characters.</summary>
    public static string OneLine(string text) => new([.. text.Select(c => char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' ? '?' : c)]);

    // As FileSystemXmlRepository names them; 200 characters are far more than a GUID takes.
    [GeneratedRegex(@"\Akeys/[A-Za-z0-9][A-Za-z0-9._-]{0,200}\.xml\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex KeyFile();
}
