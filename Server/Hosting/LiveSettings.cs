using System.Reflection;
using System.Text.Json;
using KaiChat.Server.Chat;
using KaiChat.Server.Chat.Retention;
using KaiChat.Shared.Contracts;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Hosting;

/// <summary>
/// Reads the settings again while the server works, when somebody asks for it and never because a file was saved: half written, it would be taken up too. What is looked up
/// each time it matters is exchanged in place: limits and rules of retention. The log's settings the framework takes up itself. All else, Kestrel's endpoints with it, is told
/// to wait for the next start.
/// </summary>
internal sealed partial class LiveSettings(
    IConfiguration configuration, SettingsAtStart atStart, IEnumerable<CheckedSection> sections, IServiceProvider services, ILogger<LiveSettings> logger)
{
    /// <summary>How often retention looks is its timer's, which is made at the start.</summary>
    private const string MadeAtStart = $"{RetentionOptions.Section}:{nameof(RetentionOptions.Every)}";

    /// <summary>The log, and the names of this server that are answered.</summary>
    private static readonly string[] TakenUpByFramework = ["Logging", "AllowedHosts"];

    private readonly Lock _lock = new();

    /// <summary>Whether a changed setting of the product is in force once it is read again, rather than with the next start.</summary>
    public static bool IsLive(string section, string name) =>
        section is LimitsOptions.Section or RetentionOptions.Section && $"{section}:{name}" != MadeAtStart;

    /// <summary>Whether the framework takes up what changes in a section of its own.</summary>
    public static bool IsTakenUpByFramework(string section) => TakenUpByFramework.Contains(section);

    /// <summary>Reads them again, all or nothing: with one fault, nothing is exchanged. Tells the log.</summary>
    public SettingsReload Reload()
    {
        SettingsReload report;
        lock (_lock) report = ReadAgain();
        if (report.Faults.Count > 0) Refused(logger, string.Join(' ', report.Faults));
        else Reloaded(logger, Words(report.Applied), Words(report.NeedsRestart));
        return report;
    }

    private SettingsReload ReadAgain()
    {
        IConfigurationRoot trial;
        try
        {
            // Apart from those in force, which stay as they are if anything is wrong.
            var sources = new ConfigurationBuilder();
            foreach (var source in ((IConfigurationBuilder)configuration).Sources) sources.Add(source);
            trial = sources.Build();
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return new SettingsReload([], [], [$"The settings file cannot be read: {ServerConfiguration.Describe(unreadable)}"]);
        }
        var (faults, fresh) = (ServerConfiguration.FindFaults(trial).ToList(), new List<(CheckedSection Section, object Options)>());
        foreach (var section in sections)
        {
            try
            {
                fresh.Add((section, section.ReadAnew(services, trial.GetSection(section.Name))));
            }
            catch (OptionsValidationException invalid)
            {
                faults.AddRange(invalid.Failures);
            }
            catch (InvalidOperationException unreadable)
            {
                faults.Add((unreadable.InnerException as InvalidOperationException ?? unreadable).Message);
            }
        }
        return faults.Count > 0 ? new SettingsReload([], [], faults) : Apply(trial, fresh);
    }

    private SettingsReload Apply(IConfigurationRoot trial, List<(CheckedSection Section, object Options)> fresh)
    {
        var applied = TakenUpByFramework.SelectMany(section => SettingsAtStart.Differences(configuration, trial, section)).ToList();
        var waiting = SettingsAtStart.Differences(atStart.Values, trial, "Kestrel").ToList();
        try
        {
            ((IConfigurationRoot)configuration).Reload();
        }
        catch (Exception refused) when (refused is InvalidDataException or AggregateException or InvalidOperationException or FormatException)
        {
            // The file was changed between the two readings, or has a word of the framework's that the check does not know.
            return new SettingsReload([], [], [refused.GetBaseException().Message]);
        }
        foreach (var (section, options) in fresh)
        {
            var inForce = section.Read(services);
            foreach (var property in section.Options.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            {
                var (key, value) = ($"{section.Name}:{property.Name}", property.GetValue(options));
                if (AreEqual(value, property.GetValue(inForce))) continue;
                if (!IsLive(section.Name, property.Name))
                {
                    waiting.Add(key);
                    continue;
                }
                property.SetValue(inForce, value);
                applied.Add(key);
            }
        }
        return new SettingsReload(applied, waiting, []);
    }

    /// <summary>Lists by what is in them.</summary>
    private static bool AreEqual(object? one, object? other) => one is Array ? JsonSerializer.Serialize(one) == JsonSerializer.Serialize(other) : Equals(one, other);

    private static string Words(IReadOnlyList<string> keys) => keys.Count == 0 ? "nothing" : string.Join(", ", keys);

    [LoggerMessage(5004, LogLevel.Information, "The settings were read again. In force now: {Applied}; with the next start: {NeedsRestart}")]
    private static partial void Reloaded(ILogger logger, string applied, string needsRestart);

    [LoggerMessage(5005, LogLevel.Warning, "The settings were read again and are wrong; those in force stay: {Faults}")]
    private static partial void Refused(ILogger logger, string faults);
}
