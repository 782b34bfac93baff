namespace KaiChat.Server.Hosting;

/// <summary>The server cannot start, for a reason its operator can mend: one line that names the key or path and the cure.</summary>
internal sealed class StartupException(int exitCode, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What the process returns; docs/operations.md lists the codes.</summary>
    public int ExitCode { get; } = exitCode;

    public static StartupException Configuration(string message) => new(ExitCodes.Configuration, message);
}

/// <summary>All that is wrong with the settings.</summary>
internal sealed class ConfigurationFaultsException(IReadOnlyList<string> faults) : Exception(string.Join(' ', faults))
{
    /// <summary>A sentence for each, with its full key.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}

/// <summary>What the process returns.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;
    public const int Fault = 1;
    public const int Usage = 2;
    public const int Configuration = 3;
    public const int PortInUse = 4;
    public const int Database = 5;
    public const int BackupDamaged = 6;
    public const int Refused = 7;
    public const int Interrupted = 130;
}
