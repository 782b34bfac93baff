using KaiChat.Shared.Contracts;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

namespace KaiChat.Server.Hosting;

/// <summary>
/// The settings as they were when the server started, which is what all that waits for a restart goes on working with, whatever is read since: Kestrel's endpoints first
/// of all.
/// </summary>
internal sealed class SettingsAtStart
{
    private readonly Dictionary<string, (SettingSource From, string Words)> _sources;

    public SettingsAtStart(IConfiguration configuration)
    {
        var all = configuration.AsEnumerable().Where(setting => setting.Value is not null).ToArray();
        Values = new ConfigurationBuilder().AddInMemoryCollection(all).Build();
        _sources = all.ToDictionary(setting => setting.Key, setting => SourceOf(setting.Key, configuration), StringComparer.OrdinalIgnoreCase);
    }

    public IConfiguration Values { get; }

    /// <summary>Where a setting's value came from.</summary>
    public (SettingSource From, string Words) SourceOf(string key) => _sources.GetValueOrDefault(key, (SettingSource.Default, "default"));

    /// <summary>Where a setting's value comes from: the last provider that has a key is the one that counts.</summary>
    public static (SettingSource From, string Words) SourceOf(string key, IConfiguration configuration) =>
        ((IConfigurationRoot)configuration).Providers.Reverse().FirstOrDefault(provider => provider.TryGet(key, out _)) switch
        {
            JsonConfigurationProvider file => (SettingSource.File, file.Source.Path ?? "appsettings.json"),
            EnvironmentVariablesConfigurationProvider => (SettingSource.Environment, "environment"),
            CommandLineConfigurationProvider => (SettingSource.CommandLine, "command line"),
            _ => (SettingSource.Default, "default"),
        };

    /// <summary>The keys of a section whose values differ between two configurations, in order.</summary>
    public static IEnumerable<string> Differences(IConfiguration one, IConfiguration other, string section)
    {
        return Leaves(one).Concat(Leaves(other)).Distinct(StringComparer.OrdinalIgnoreCase).Where(key => one[key] != other[key]).Order(StringComparer.OrdinalIgnoreCase);

        IEnumerable<string> Leaves(IConfiguration configuration) =>
            configuration.GetSection(section).AsEnumerable().Where(setting => setting.Value is not null).Select(setting => setting.Key);
    }
}
