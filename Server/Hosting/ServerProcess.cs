using KaiChat.Server.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Hosting;

/// <summary>The server as a process: what an operator sees when it starts, and why it does not.</summary>
internal static class ServerProcess
{
    private const string Help = """
        KaiChat.Server: native KaiChat clients and browsers in the same channels.

        Usage: KaiChat.Server [--Section:Key=value ...]

          --help       this text
          --version    the version

        Settings come from appsettings.json in the current directory, then from the environment (Section__Key=value), then from the command line.
        They are described in appsettings.json and docs/operations.md.

        Exit codes: 0 stopped in order, 1 fault, 2 wrong command line, 3 configuration, 4 port in use, 5 database.
        """;

    public static async Task<int> RunAsync(string[] args, Func<string[], Action<WebApplicationBuilder>?, WebApplication> build)
    {
        if (args is ["--help"] or ["-h"]) return Say(Help);
        if (args is ["--version"]) return Say(ServerVersion.Text);
        if (args.FirstOrDefault(arg => !arg.StartsWith("--", StringComparison.Ordinal) || !arg.Contains('=', StringComparison.Ordinal)) is { } odd)
        {
            return Fail(ExitCodes.Usage, $"{odd} is not understood. Settings are written --Section:Key=value; see --help.");
        }
        try
        {
            await using var app = build(args, null);
            app.Lifetime.ApplicationStarted.Register(() => app.Services.GetRequiredService<StartupBanner>().Print(Console.Out));
            await app.RunAsync();
            return ExitCodes.Ok;
        }
        catch (StartupException unmet)
        {
            return Fail(unmet.ExitCode, unmet.Message);
        }
        catch (StorageStartException unmet)
        {
            return Fail(ExitCodes.Database, unmet.Message);
        }
        catch (OptionsValidationException invalid)
        {
            return Fail(ExitCodes.Configuration, string.Join(' ', invalid.Failures));
        }
        catch (InvalidOperationException unreadable) when (unreadable.Message.StartsWith("Failed to convert configuration value", StringComparison.Ordinal))
        {
            return Fail(ExitCodes.Configuration, unreadable.Message);
        }
        catch (Exception endpoint) when (endpoint is FormatException || (endpoint is InvalidOperationException && IsKestrels(endpoint)))
        {
            return Fail(ExitCodes.Configuration, $"Kestrel:Endpoints: {endpoint.Message.ReplaceLineEndings(" ")}");
        }
        catch (IOException occupied) when (occupied.InnerException is AddressInUseException)
        {
            return Fail(ExitCodes.PortInUse, $"{occupied.Message.TrimEnd('.')}. Stop the program that uses it, or choose another with KaiChat:Port or Kestrel:Endpoints:Web:Url.");
        }
        catch (Exception denied) when (denied is UnauthorizedAccessException or System.Net.Sockets.SocketException)
        {
            return Fail(ExitCodes.Configuration, denied.Message);
        }
    }

    /// <summary>Whether Kestrel itself refused its settings, such as https without a certificate.</summary>
    private static bool IsKestrels(Exception fault) =>
        fault.TargetSite?.DeclaringType?.Namespace?.StartsWith("Microsoft.AspNetCore.Server.Kestrel", StringComparison.Ordinal) == true;

    private static int Say(string text)
    {
        Console.WriteLine(text);
        return ExitCodes.Ok;
    }

    private static int Fail(int exitCode, string line)
    {
        Console.Error.WriteLine("KaiChat.Server: " + line);
        return exitCode;
    }
}
