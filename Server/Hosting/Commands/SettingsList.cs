using System.Globalization;
using System.Reflection;
using System.Text.Json.Serialization;
using KaiChat.Shared.Contracts;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

namespace KaiChat.Server.Hosting.Commands;

/// <summary>A setting as an operator is shown it.</summary>
/// <param name="Key">Its full key.</param>
/// <param name="Value">Its value; null if it has none.</param>
/// <param name="Source">Where the value comes from.</param>
internal sealed record ShownSetting(string Key, string? Value, string Source)
{
    /// <summary>The kind of source.</summary>
    [JsonIgnore]
    public SettingSource From { get; init; }

    /// <summary>Whether it is set and not shown.</summary>
    [JsonIgnore]
    public bool IsSecret { get; init; }

    /// <summary>Whether a change of it waits for the next start.</summary>
    [JsonIgnore]
    public bool NeedsRestart { get; init; }
}

/// <summary>Every setting there is, with the value it has and where that comes from.</summary>
internal static class SettingsList
{
    private const string Hidden = "(hidden)";

    /// <summary>Sections of the framework: only what somebody has set there, or this product for them.</summary>
    private static readonly string[] FrameworkSections = ["AllowedHosts", "Kestrel", "Logging"];

    /// <summary>What secrets are called.</summary>
    private static readonly string[] SecretNames = ["Key", "Password", "Secret", "Token", "ConnectionString"];

    /// <exception cref="StartupException">A setting's name is wrong.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A value is.</exception>
    public static IReadOnlyList<ShownSetting> Read(string[] settings)
    {
        var builder = ServerConfiguration.CreateBuilder(settings);
        Program.AddParts(builder);
        using var services = builder.Services.BuildServiceProvider();
        return Of(services, builder.Configuration);
    }

    /// <summary>Those in force, of a server that runs or would run.</summary>
    public static IReadOnlyList<ShownSetting> Of(IServiceProvider services, IConfiguration configuration) =>
    [
        .. services.GetServices<CheckedSection>().OrderBy(section => section.Name, StringComparer.Ordinal).SelectMany(section => OfSection(section, services, configuration)),
        .. FrameworkSections.SelectMany(section => Leaves(configuration.GetSection(section), configuration, needsRestart: !LiveSettings.IsTakenUpByFramework(section))),
    ];

    private static IEnumerable<ShownSetting> OfSection(CheckedSection section, IServiceProvider services, IConfiguration configuration)
    {
        var options = section.Read(services);
        foreach (var property in section.Options.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var key = $"{section.Name}:{property.Name}";
            var value = property.GetValue(options);
            var needsRestart = !LiveSettings.IsLive(section.Name, property.Name);
            if (value is not Array) yield return Show(key, value is bool flag ? (flag ? "true" : "false") : Convert.ToString(value, CultureInfo.InvariantCulture), configuration, needsRestart);
            else if (value is Array { Length: 0 }) yield return new ShownSetting(key, null, Words(SettingSource.Default)) { NeedsRestart = needsRestart };
            else foreach (var item in Leaves(configuration.GetSection(key), configuration, needsRestart)) yield return item;
        }
    }

    private static IEnumerable<ShownSetting> Leaves(IConfigurationSection section, IConfiguration configuration, bool needsRestart) =>
        section.AsEnumerable().Where(leaf => leaf.Value is not null).OrderBy(leaf => leaf.Key, StringComparer.OrdinalIgnoreCase)
            .Select(leaf => Show(leaf.Key, leaf.Value, configuration, needsRestart));

    private static ShownSetting Show(string key, string? value, IConfiguration configuration, bool needsRestart)
    {
        var isSecret = !string.IsNullOrEmpty(value) && SecretNames.Any(secret => key.EndsWith(secret, StringComparison.OrdinalIgnoreCase));
        var (from, words) = SourceOf(key, configuration);
        return new ShownSetting(key, isSecret ? Hidden : string.IsNullOrEmpty(value) ? null : value, words) { From = from, IsSecret = isSecret, NeedsRestart = needsRestart };
    }

    /// <summary>The last provider that has a key is the one that counts.</summary>
    private static (SettingSource From, string Words) SourceOf(string key, IConfiguration configuration) =>
        ((IConfigurationRoot)configuration).Providers.Reverse().FirstOrDefault(provider => provider.TryGet(key, out _)) switch
        {
            JsonConfigurationProvider file => (SettingSource.File, file.Source.Path ?? "appsettings.json"),
            EnvironmentVariablesConfigurationProvider => (SettingSource.Environment, Words(SettingSource.Environment)),
            CommandLineConfigurationProvider => (SettingSource.CommandLine, Words(SettingSource.CommandLine)),
            _ => (SettingSource.Default, Words(SettingSource.Default)),
        };

    private static string Words(SettingSource source) => source switch
    {
        SettingSource.Environment => "environment",
        SettingSource.CommandLine => "command line",
        _ => "default",
    };
}
