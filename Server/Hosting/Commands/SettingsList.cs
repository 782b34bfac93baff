using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

namespace KaiChat.Server.Hosting.Commands;

/// <summary>A setting as an operator is shown it.</summary>
/// <param name="Key">Its full key.</param>
/// <param name="Value">Its value; null if it has none.</param>
/// <param name="Source">Where the value comes from.</param>
internal sealed record ShownSetting(string Key, string? Value, string Source);

/// <summary>Every setting there is, with the value it has and where that comes from.</summary>
internal static class SettingsList
{
    private const string Default = "default";
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
        var configuration = builder.Configuration;
        return
        [
            .. services.GetServices<CheckedSection>().OrderBy(section => section.Name, StringComparer.Ordinal).SelectMany(section => OfSection(section, services, configuration)),
            .. FrameworkSections.SelectMany(section => Leaves(configuration.GetSection(section), configuration)),
        ];
    }

    private static IEnumerable<ShownSetting> OfSection(CheckedSection section, IServiceProvider services, ConfigurationManager configuration)
    {
        var options = section.Read(services);
        foreach (var property in section.Options.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var key = $"{section.Name}:{property.Name}";
            var value = property.GetValue(options);
            if (value is not Array) yield return new ShownSetting(key, Show(key, value is bool flag ? (flag ? "true" : "false") : Convert.ToString(value, CultureInfo.InvariantCulture)), SourceOf(key, configuration));
            else if (value is Array { Length: 0 }) yield return new ShownSetting(key, null, Default);
            else foreach (var item in Leaves(configuration.GetSection(key), configuration)) yield return item;
        }
    }

    private static IEnumerable<ShownSetting> Leaves(IConfigurationSection section, ConfigurationManager configuration) =>
        section.AsEnumerable().Where(leaf => leaf.Value is not null).OrderBy(leaf => leaf.Key, StringComparer.OrdinalIgnoreCase)
            .Select(leaf => new ShownSetting(leaf.Key, Show(leaf.Key, leaf.Value), SourceOf(leaf.Key, configuration)));

    private static string? Show(string key, string? value)
    {
        if (string.IsNullOrEmpty(value)) return null;
        return SecretNames.Any(secret => key.EndsWith(secret, StringComparison.OrdinalIgnoreCase)) ? Hidden : value;
    }

    /// <summary>The last provider that has a key is the one that counts.</summary>
    private static string SourceOf(string key, ConfigurationManager configuration) =>
        ((IConfigurationRoot)configuration).Providers.Reverse().FirstOrDefault(provider => provider.TryGet(key, out _)) switch
        {
            JsonConfigurationProvider file => file.Source.Path ?? "appsettings.json",
            EnvironmentVariablesConfigurationProvider => "environment",
            CommandLineConfigurationProvider => "command line",
            _ => Default,
        };
}
