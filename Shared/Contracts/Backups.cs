namespace KaiChat.Shared.Contracts;

/// <summary>What a backup is to hold.</summary>
/// <param name="WithSecrets">Whether the admin key, the keys of browsers' sessions and the server's own certificate go in. Default false.</param>
public sealed record BackupRequest(bool WithSecrets = false);

/// <summary>A backup on the server's disk.</summary>
/// <param name="Name">Its file name.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="CreatedAt">When the file was last written.</param>
public sealed record BackupInfo(string Name, long Size, DateTimeOffset CreatedAt);
