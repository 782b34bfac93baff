using KaiChat.Server.Storage;
using KaiChat.Server.Storage.Backup;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Hosting;

/// <summary>Why the process ends, as an operator reads it: one line on standard error and an exit code. Only what nobody foresaw is told in full.</summary>
internal static class Failures
{
    /// <summary>Tells why, and says what the process returns.</summary>
    public static int Tell(Exception failure)
    {
        var (exitCode, lines) = Describe(failure);
        foreach (var line in lines) Console.Error.WriteLine("KaiChat.Server: " + line);
        return exitCode;
    }

    private static (int ExitCode, IReadOnlyList<string> Lines) Describe(Exception failure) => failure switch
    {
        StartupException unmet => (unmet.ExitCode, [unmet.Message]),
        StorageStartException unmet => (ExitCodes.Database, [unmet.Message]),
        BackupDamagedException damaged => (ExitCodes.BackupDamaged, damaged.Faults),
        WorkRefusedException refused => (ExitCodes.Refused, [refused.Message]),
        OperationCanceledException => (ExitCodes.Interrupted, ["Interrupted. Nothing was changed."]),
        AggregateException { InnerExceptions: var several } when several.All(one => one is OptionsValidationException) =>
            (ExitCodes.Configuration, [string.Join(' ', several.Cast<OptionsValidationException>().SelectMany(one => one.Failures))]),
        ConfigurationFaultsException found => (ExitCodes.Configuration, found.Faults),
        OptionsValidationException invalid => (ExitCodes.Configuration, [string.Join(' ', invalid.Failures)]),
        InvalidOperationException { InnerException: InvalidOperationException cause } when failure.Message.Contains("ErrorOnUnknownConfiguration", StringComparison.Ordinal) =>
            Describe(cause),
        InvalidOperationException unreadable when unreadable.Message.StartsWith("Failed to convert configuration value", StringComparison.Ordinal) =>
            (ExitCodes.Configuration, [unreadable.Message]),
        FormatException or InvalidOperationException when failure is FormatException || IsKestrels(failure) =>
            (ExitCodes.Configuration, [$"Kestrel:Endpoints: {failure.Message.ReplaceLineEndings(" ")}"]),
        IOException { InnerException: AddressInUseException } occupied =>
            (ExitCodes.PortInUse, [$"{occupied.Message.TrimEnd('.')}. Stop the program that uses it, or choose another with KaiChat:Port or Kestrel:Endpoints:Web:Url."]),
        UnauthorizedAccessException or System.Net.Sockets.SocketException => (ExitCodes.Configuration, [failure.Message]),
        _ => (ExitCodes.Fault, [failure.ToString()]),
    };

    /// <summary>Whether Kestrel itself refused its settings, such as https without a certificate.</summary>
    private static bool IsKestrels(Exception fault) =>
        fault.TargetSite?.DeclaringType?.Namespace?.StartsWith("Microsoft.AspNetCore.Server.Kestrel", StringComparison.Ordinal) == true;
}
