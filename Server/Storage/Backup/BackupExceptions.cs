namespace KaiChat.Server.Storage.Backup;

/// <summary>A file is no good backup: each fault is one line that names what is wrong.</summary>
internal sealed class BackupDamagedException(IReadOnlyList<string> faults) : Exception(string.Join(' ', faults))
{
    public BackupDamagedException(string fault)
        : this([fault])
    {
    }

    /// <summary>What is wrong, a line each; at least one.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}

/// <summary>A backup, restore or export cannot be done as it was asked for; nothing was changed. The message is one line that says why and what helps.</summary>
internal sealed class WorkRefusedException(string message, Exception? inner = null) : Exception(message, inner);
