namespace KaiChat.Server.Storage.Backup;

/// <summary>Where the server keeps the backups that it makes itself: the section <c>Backup</c>.</summary>
internal sealed class BackupOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Backup";

    /// <summary>The key of <see cref="Directory"/>, as error messages name it.</summary>
    public const string DirectoryKey = $"{Section}:{nameof(Directory)}";

    /// <summary>
    /// The directory of backups made through the admin API, relative to the working directory. Default: <c>backups</c> in <c>Storage:Directory</c>. It is made with
    /// the first backup, readable for its owner only.
    /// </summary>
    public string? Directory { get; set; }

    /// <summary>The directory in force.</summary>
    public string In(StorageOptions storage) => Path.GetFullPath(Directory ?? Path.Combine(storage.Directory, "backups"));
}
