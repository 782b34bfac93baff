using System.Reflection;
using Microsoft.Extensions.Logging.Console;

namespace KaiChat.Server.Hosting;

/// <summary>
/// The values below <c>Logging</c>, looked at before the framework does: of a level its complaint names no key and of the log's form only half of one, and at a reload it
/// complains when it has taken up the rest.
/// </summary>
internal static class LogSettings
{
    public static IEnumerable<string> FindFaults(IConfiguration configuration)
    {
        var logging = configuration.GetSection("Logging");
        var console = logging.GetSection("Console");
        object form = string.Equals(console["FormatterName"], ConsoleFormatterNames.Json, StringComparison.OrdinalIgnoreCase) ? new JsonConsoleFormatterOptions() : new SimpleConsoleFormatterOptions();
        return logging.GetChildren().Select(provider => provider.GetSection("LogLevel")).Prepend(logging.GetSection("LogLevel"))
            .SelectMany(levels => levels.GetChildren())
            .Where(level => level.Value is { Length: > 0 } word && !Enum.TryParse<LogLevel>(word, ignoreCase: true, out _))
            .Select(level => $"{level.Path} is {level.Value}: it is one of {string.Join(", ", Enum.GetNames<LogLevel>())}.")
            .Concat(new[] { FindFault(console, new ConsoleLoggerOptions()), FindFault(console.GetSection("FormatterOptions"), form) }.OfType<string>());
    }

    private static string? FindFault(IConfigurationSection section, object options)
    {
        try
        {
            section.Bind(options);
            return null;
        }
        catch (InvalidOperationException unreadable)
        {
            // Names the whole key.
            return unreadable.Message;
        }
        catch (TargetInvocationException outOfRange)
        {
            return $"{section.Path}: {outOfRange.GetBaseException().Message}";
        }
    }
}
