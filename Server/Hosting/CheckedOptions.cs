using System.ComponentModel.DataAnnotations;
using System.Reflection;
using KaiChat.Server.Connections;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Hosting;

/// <summary>Options that are checked when the server starts, every message naming the full key.</summary>
internal static class CheckedOptions
{
    /// <summary>Binds a section, and refuses keys in it that are no settings, values that cannot be read and values outside their range.</summary>
    public static OptionsBuilder<T> AddCheckedOptions<T>(this WebApplicationBuilder builder, string section)
        where T : class, new()
    {
        var configuration = builder.Configuration.GetSection(section);
        builder.Services.AddSingleton(new CheckedSection(
            section, typeof(T),
            services => services.GetRequiredService<IOptions<T>>().Value,
            ReadAnew<T>));
        builder.Services.AddSingleton<IValidateOptions<T>>(new KnownKeys<T>(configuration));
        builder.Services.AddSingleton<IValidateOptions<T>>(new Annotations<T>(section));
        // Not by the framework's own Bind, which reads them again, and throws, in the middle of every change of the file. Without the strictness the framework leaves
        // out those members of a list that it cannot read, without a word.
        // Unknown keys themselves are told by the check above, which knows what was meant.
        return builder.Services.AddOptions<T>()
            .Configure(options => configuration.Bind(options, binder => binder.ErrorOnUnknownConfiguration = !UnknownKeys.Find(configuration, typeof(T)).Any()))
            .ValidateOnStart();
    }

    private static T ReadAnew<T>(IServiceProvider services, IConfigurationSection section)
        where T : class, new()
    {
        var unknown = UnknownKeys.Find(section, typeof(T)).ToArray();
        var options = new T();
        section.Bind(options, binder => binder.ErrorOnUnknownConfiguration = unknown.Length == 0);
        var checks = services.GetServices<IValidateOptions<T>>().Where(check => check is not KnownKeys<T>).Select(check => check.Validate(Options.DefaultName, options));
        string[] faults = [.. unknown, .. checks.Where(check => check.Failed).SelectMany(check => check.Failures ?? [])];
        return faults.Length == 0 ? options : throw new OptionsValidationException(Options.DefaultName, typeof(T), faults);
    }

    /// <summary>Checks a list of addresses and networks.</summary>
    public static OptionsBuilder<T> ValidatePeers<T>(this OptionsBuilder<T> options, string key, Func<T, string[]> peers)
        where T : class
    {
        options.Services.AddSingleton<IValidateOptions<T>>(new Peers<T>(key, peers));
        return options;
    }

    private sealed class KnownKeys<T>(IConfigurationSection section) : IValidateOptions<T>
        where T : class
    {
        public ValidateOptionsResult Validate(string? name, T options)
        {
            var unknown = UnknownKeys.Find(section, typeof(T)).ToArray();
            return unknown.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(unknown);
        }
    }

    private sealed class Peers<T>(string key, Func<T, string[]> peers) : IValidateOptions<T>
        where T : class
    {
        public ValidateOptionsResult Validate(string? name, T options) =>
            TrustedPeers.FindBad(peers(options)) is { } bad ? ValidateOptionsResult.Fail(TrustedPeers.Describe(key, bad)) : ValidateOptionsResult.Success;
    }

    /// <summary>Data annotations, reported by key instead of by property.</summary>
    private sealed class Annotations<T>(string section) : IValidateOptions<T>
        where T : class
    {
        public ValidateOptionsResult Validate(string? name, T options)
        {
            var failures = new List<string>();
            foreach (var property in typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance))
            {
                var value = property.GetValue(options);
                foreach (var rule in property.GetCustomAttributes<ValidationAttribute>())
                {
                    if (!rule.IsValid(value)) failures.Add($"{section}:{property.Name} is {value ?? "missing"}: {Describe(rule)}.");
                }
                if (property.PropertyType.IsEnum && !Enum.IsDefined(property.PropertyType, value!))
                {
                    failures.Add($"{section}:{property.Name} is {value}: it is one of {string.Join(", ", Enum.GetNames(property.PropertyType))}.");
                }
            }
            return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
        }

        private static string Describe(ValidationAttribute rule) => rule switch
        {
            RangeAttribute range => $"it must be from {range.Minimum} to {range.Maximum}",
            RequiredAttribute => "it must be given",
            _ => rule.FormatErrorMessage("it"),
        };
    }
}

/// <summary>A section of the settings and the options it becomes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Options">The options' type, each of whose properties is a setting.</param>
/// <param name="Read">The ones in force, read and checked when first asked for.</param>
/// <param name="ReadAnew">Reads and checks those of another configuration's section.</param>
internal sealed record CheckedSection(string Name, Type Options, Func<IServiceProvider, object> Read, Func<IServiceProvider, IConfigurationSection, object> ReadAnew);
