namespace KaiChat.Server.Storage;

/// <summary>Where and how messages are kept: the section <c>Storage</c>.</summary>
internal sealed class StorageOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Storage";

    /// <summary>The key of <see cref="Directory"/>, as error messages name it.</summary>
    public const string DirectoryKey = $"{Section}:{nameof(Directory)}";

    /// <summary>The key of <see cref="AppendQueue"/>, as error messages name it.</summary>
    public const string AppendQueueKey = $"{Section}:{nameof(AppendQueue)}";

    /// <summary>The key of <see cref="MaxMegabytes"/>, as error messages name it.</summary>
    public const string MaxMegabytesKey = $"{Section}:{nameof(MaxMegabytes)}";

    /// <summary>
    /// The directory of the database, relative to the working directory. Default <c>data</c>. It is made if it is missing, readable for its
    /// owner only. One server at a time uses it.
    /// </summary>
    public string Directory { get; set; } = "data";

    /// <summary>
    /// How many writes may wait for the disk, 1 to 1,048,576; beyond it a message is refused at once, to be tried again. Default 65,536: a
    /// second of the log's full speed (docs/performance.md), so whoever waits longer waits for a disk that has stopped.
    /// </summary>
    public int AppendQueue { get; set; } = 65_536;

    /// <summary>
    /// How large the database may grow, in MiB, 1 to 4,194,304; beyond it messages are refused as on a full disk, so that talk cannot take the disk
    /// from everything else. Its write-ahead log comes on top, 64 MiB as a rule. Default 0: as large as the disk.
    /// </summary>
    public int MaxMegabytes { get; set; }

    /// <summary>The key of <see cref="SearchTime"/>, as error messages name it.</summary>
    public const string SearchTimeKey = $"{Section}:{nameof(SearchTime)}";

    /// <summary>
    /// How long one search may take, and how long before that it waits for the index to have what was just written, 10 ms to 1 minute; then it answers with what it has found
    /// and says that there may be more. Default 2 s.
    /// </summary>
    public TimeSpan SearchTime { get; set; } = TimeSpan.FromSeconds(2);
}
