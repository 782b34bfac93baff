using System.Globalization;
using System.Reflection;
using System.Text.Json.Serialization;
using KaiChat.Shared.Contracts;

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

    /// <summary>Those in force, of a server that runs or would run: of what waits for a restart those of its start, whatever has been read since.</summary>
    public static IReadOnlyList<ShownSetting> Of(IServiceProvider services, IConfiguration configuration)
    {
        var atStart = services.GetRequiredService<SettingsAtStart>();
        return
        [
            .. services.GetServices<CheckedSection>().OrderBy(section => section.Name, StringComparer.Ordinal).SelectMany(section => OfSection(section, services, configuration, atStart)),
            .. FrameworkSections.SelectMany(section => Leaves(section, configuration, LiveSettings.IsTakenUpByFramework(section) ? null : atStart)),
        ];
    }

    private static IEnumerable<ShownSetting> OfSection(CheckedSection section, IServiceProvider services, IConfiguration configuration, SettingsAtStart start)
    {
        var options = section.Read(services);
        foreach (var property in section.Options.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var key = $"{section.Name}:{property.Name}";
            var value = property.GetValue(options);
            var atStart = LiveSettings.IsLive(section.Name, property.Name) ? null : start;
            if (value is not Array) yield return Show(key, value is bool flag ? (flag ? "true" : "false") : Convert.ToString(value, CultureInfo.InvariantCulture), configuration, atStart);
            else if (value is Array { Length: 0 }) yield return new ShownSetting(key, null, "default") { NeedsRestart = atStart is not null };
            else foreach (var item in Leaves(key, configuration, atStart)) yield return item;
        }
    }

    private static IEnumerable<ShownSetting> Leaves(string section, IConfiguration configuration, SettingsAtStart? atStart) =>
        (atStart?.Values ?? configuration).GetSection(section).AsEnumerable().Where(leaf => leaf.Value is not null).OrderBy(leaf => leaf.Key, StringComparer.OrdinalIgnoreCase)
            .Select(leaf => Show(leaf.Key, leaf.Value, configuration, atStart));

    /// <param name="key">Which.</param>
    /// <param name="value">Its value in force.</param>
    /// <param name="configuration">Where it comes from if a change of it is in force when it is read.</param>
    /// <param name="atStart">Where it comes from if a change of it waits for the next start.</param>
    private static ShownSetting Show(string key, string? value, IConfiguration configuration, SettingsAtStart? atStart)
    {
        var isSecret = !string.IsNullOrEmpty(value) && SecretNames.Any(secret => key.EndsWith(secret, StringComparison.OrdinalIgnoreCase));
        var (from, words) = atStart?.SourceOf(key) ?? SettingsAtStart.SourceOf(key, configuration);
        return new ShownSetting(key, isSecret ? Hidden : string.IsNullOrEmpty(value) ? null : value, words) { From = from, IsSecret = isSecret, NeedsRestart = atStart is not null };
    }
}
