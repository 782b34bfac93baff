namespace KaiChat.Shared.Contracts;

/// <summary>How the server has been doing, from its memory: a restart begins anew.</summary>
/// <param name="IntervalSeconds">From one sample to the next.</param>
/// <param name="Items">The samples, oldest first.</param>
public sealed record Stats(double IntervalSeconds, IReadOnlyList<StatsSample> Items);

/// <summary>One sample. Percentiles are of what happened since the sample before, to within a tenth of their value, and null if nothing did.</summary>
/// <param name="At">When it was taken, UTC.</param>
/// <param name="Connections">Open connections.</param>
/// <param name="MessagesPerMinute">Messages taken in the minute before, from both kinds of clients.</param>
/// <param name="PollLatencyMs">From a native client's QUERY to its answer at the socket, in milliseconds.</param>
/// <param name="CommitMs">From taking a batch of messages to its being on the disk, in milliseconds.</param>
/// <param name="LogQueue">Writes that wait for the disk.</param>
/// <param name="StorageBytes">The size of the database and the search index on the disk, their write-ahead logs included.</param>
/// <param name="StorageFreeBytes">How much more can be stored: what is free on the disk, or what <c>Storage:MaxMegabytes</c> leaves, if that is less; null if it cannot be told.</param>
/// <param name="StorageCapacityBytes">The whole of what that is a part of: the disk, or <c>Storage:MaxMegabytes</c>; null if it cannot be told.</param>
/// <param name="Writable">Whether messages can be stored: false after a failed commit, until one succeeds.</param>
/// <param name="MemoryBytes">The process's memory (working set).</param>
/// <param name="CpuPercent">The share of all processors' time that the process used, 0 to 100.</param>
public sealed record StatsSample(
    DateTimeOffset At,
    StatsConnections Connections,
    long MessagesPerMinute,
    PollLatency PollLatencyMs,
    CommitLatency CommitMs,
    long LogQueue,
    long StorageBytes,
    long? StorageFreeBytes,
    long? StorageCapacityBytes,
    bool Writable,
    long MemoryBytes,
    double CpuPercent);

/// <summary>Open connections at a moment.</summary>
/// <param name="Total">All.</param>
/// <param name="Web">Those of browsers.</param>
/// <param name="Native">Those of native clients.</param>
/// <param name="States">How many are in each state of their protocol: <c>native.inChannel</c>, <c>web.connected</c>. States that none is in are absent.</param>
public sealed record StatsConnections(int Total, int Web, int Native, IReadOnlyDictionary<string, int> States);

/// <summary>Percentiles of answers to polls, in milliseconds.</summary>
public sealed record PollLatency(double? P50, double? P95);

/// <summary>Percentiles of commits, in milliseconds.</summary>
public sealed record CommitLatency(double? P50, double? P99);
