using System.Collections;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Configuration.Memory;

namespace KaiChat.Server.Hosting;

/// <summary>Where settings come from: <c>appsettings.json</c>, then the environment (<c>Section__Key</c>), then the command line.</summary>
internal static class ServerConfiguration
{
    private const string SettingsFile = "appsettings.json";

    /// <summary>The framework's settings as this product wants them where nobody says otherwise; those of the product have theirs in their options.</summary>
    private static readonly Dictionary<string, string?> Defaults = new()
    {
        ["Kestrel:Endpoints:Web:Url"] = "http://localhost:8080",
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Warning",
        ["Logging:Console:FormatterName"] = "simple",
        ["Logging:Console:FormatterOptions:SingleLine"] = "true",
        ["Logging:Console:FormatterOptions:TimestampFormat"] = "yyyy-MM-ddTHH:mm:ss.fffZ ",
        ["Logging:Console:FormatterOptions:UseUtcTimestamp"] = "true",
    };

    /// <exception cref="StartupException">A setting's name is not known, or the settings file cannot be read.</exception>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = Read(args);
        return FindFaults(builder.Configuration).FirstOrDefault() is { } fault ? throw StartupException.Configuration(fault) : builder;
    }

    /// <summary>Reads the settings without looking at their names.</summary>
    /// <exception cref="StartupException">The settings file cannot be read.</exception>
    public static WebApplicationBuilder Read(string[] args)
    {
        var besideProgram = AppContext.BaseDirectory;
        var current = Directory.GetCurrentDirectory();
        try
        {
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions
            {
                Args = args,
                // The operator's settings are those of the directory the server is started in; the program brings its own for when there are none.
                ContentRootPath = File.Exists(Path.Combine(current, SettingsFile)) ? current : besideProgram,
                WebRootPath = Path.Combine(besideProgram, "wwwroot"),
            });
            // Read again when somebody asks for it (LiveSettings): the framework would take up a file while it is being written, or without a word empty one that is broken.
            foreach (var file in builder.Configuration.Sources.OfType<JsonConfigurationSource>()) file.ReloadOnChange = false;
            builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
            return builder;
        }
        catch (InvalidDataException unreadable)
        {
            throw new StartupException(ExitCodes.Configuration, $"{SettingsFile} cannot be read: {Describe(unreadable)}", unreadable);
        }
    }

    /// <summary>What is wrong with a settings file that cannot be read, and where.</summary>
    public static string Describe(Exception unreadable) => unreadable.GetBaseException() switch
    {
        JsonException json => string.Create(
            CultureInfo.InvariantCulture, $"line {(json.LineNumber ?? 0) + 1}, byte {(json.BytePositionInLine ?? 0) + 1}: {json.Message.Split(" LineNumber:")[0]}"),
        var cause => cause.Message,
    };

    /// <summary>What is wrong with the settings, but for those inside of the product's own sections, which their options find.</summary>
    public static IEnumerable<string> FindFaults(IConfigurationRoot configuration)
    {
        // ASP.NET Core's own settings (contentRoot, applicationName, ...) come from sources of their own and are not looked at.
        var providers = configuration.Providers.Where(provider => provider is JsonConfigurationProvider or CommandLineConfigurationProvider);
        return UnknownKeys.FindSections(providers.SelectMany(provider => provider.GetChildKeys([], parentPath: null)).Distinct(StringComparer.OrdinalIgnoreCase))
            .Concat(UnknownKeys.FindInEnvironment(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(entry => (string)entry.Key)))
            .Concat(UnknownKeys.FindKestrels(configuration))
            .Concat(LogSettings.FindFaults(configuration))
            .Concat(EndpointSettings.FindFaults(configuration));
    }
}
